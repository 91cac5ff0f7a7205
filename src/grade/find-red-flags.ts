import type { Comment } from "../model/pull-request.ts";
import type { RedFlag } from "../model/red-flag.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { recogniseRequirement } from "./recognise-requirement.ts";

const DEFERRAL = /[^.\n]{0,80}\b(?:later|follow-up)\b[^.\n]{0,40}/iu;

/** The thoughts that put reliability off, in title, description and comments. */
export function findRedFlags(
  input: { readonly title: string; readonly body: string; readonly comments: readonly Comment[] },
  rubric: Rubric,
): readonly RedFlag[] {
  return (["title", "body"] as const).flatMap((where) => {
    const match = DEFERRAL.exec(input[where]);
    if (!match) return [];
    const { requirement } = recogniseRequirement(match[0], rubric);
    return requirement === null ? [] : [{ id: "add-reliability-later" as const, where, quote: match[0].trim(), blocks: true, requirement }];
  });
}
