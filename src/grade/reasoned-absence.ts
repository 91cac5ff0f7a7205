import type { PlanItem } from "../model/plan-item.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { judgeItems } from "./judge-item.ts";

/**
 * An item may say that a requirement does not apply: "Transactions: not needed, because each request is one PutItem in DynamoDB;
 * a second one gets 409". It counts when the reason itself has a number, a tool and an outcome, for as many items as there are
 * sections: a team must not be stuck on what its change has no place for, and a plan is not made of absences.
 */
const REASON =
  /^.{0,100}?\b(?:(?:is |are )?(?:not|isn't|aren't) (?:really |strictly )?(?:needed|applicable|required|relevant|necessary)|do(?:es)?(?: not|n't) apply|n\/a|no need)\b[^:;,.()—–]{0,40}?(?:\s(?:because|since|as)\s|\s?[:;,—–(]\s?(?:because |since |as )?|\s-\s)(.{20,})$/iu;

/** Shown for an item beyond the number that may say so. */
const TOO_MANY_ABSENCES = "more items than sections say that something is not needed";
/** Shown for an item whose reason is not specific. */
const VAGUE_ABSENCE = "it says that this is not done; a reason with a number, a tool and what happens instead would count";

/** What was found about an item that says something is not needed. */
export interface Absence {
  /** The item judged by its reason; null when its reason is not specific. */
  readonly reason: Pick<PlanItem, "numbers" | "tools" | "outcome" | "missing" | "unsure" | "specific"> | null;
  /** Set when it does not count. */
  readonly whyNot: string | null;
}

/** The absences among the items at the given places, by place. Texts without a reason are left out. */
export function findAbsences(
  texts: readonly string[],
  places: readonly number[],
  rubric: Rubric,
  tools: readonly string[],
): ReadonlyMap<number, Absence> {
  const reasons = places.flatMap((place) => {
    const reason = REASON.exec(texts[place]?.slice(0, READ_CHARACTERS) ?? "")?.[1];
    return reason === undefined ? [] : [{ place, text: reason }];
  });
  const judged = judgeItems(reasons, rubric, tools);
  const found = new Map<number, Absence>();
  let counted = 0;
  for (const [index, { place }] of reasons.entries()) {
    const item = judged[index];
    if (!item?.specific) found.set(place, { reason: null, whyNot: VAGUE_ABSENCE });
    else if (counted >= rubric.sections.length) found.set(place, { reason: null, whyNot: TOO_MANY_ABSENCES });
    else {
      counted += 1;
      const { numbers, tools: named, outcome, missing, unsure, specific } = item;
      found.set(place, { reason: { numbers, tools: named, outcome, missing, unsure, specific }, whyNot: null });
    }
  }
  return found;
}

const READ_CHARACTERS = 1200;
