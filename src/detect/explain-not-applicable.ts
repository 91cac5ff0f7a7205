import type { PullRequest } from "../model/pull-request.ts";
import type { TouchAnswer } from "../model/touch.ts";
import { isLayoutOnly } from "./is-layout-only.ts";
import type { FileScore } from "./score-file.ts";

/** The sentence that says why no plan is asked for; null when one is. */
export function explainNotApplicable(pullRequest: PullRequest, files: readonly FileScore[], backend: TouchAnswer): string | null {
  if (pullRequest.revertOf !== null) return `Revert of ${pullRequest.revertOf.slice(0, 7)}`;
  if (!backend.touched) return `Not a backend change: ${countFiles(files.length)}${kindsOf(files)}`;
  const code = files.filter(({ settled }) => !settled);
  if (code.length > 0 && code.every(({ file, language }) => isLayoutOnly(file, language)))
    return `Only comments and layout change in the code: ${countFiles(code.length)}, no statement differs`;
  return null;
}

function countFiles(count: number): string {
  return count === 1 ? "1 file" : `${count} files`;
}

/** ", all docs and tests", or " of docs" for one file, when every file's path says what it is. */
function kindsOf(files: readonly FileScore[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of files) counts.set(kind ?? "other", (counts.get(kind ?? "other") ?? 0) + 1);
  if (counts.size === 0 || counts.has("other")) return "";
  if (files.length === 1) return ` of ${[...counts.keys()].join("")}`;
  const kinds = [...counts].toSorted((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).map(([kind]) => kind);
  const last = kinds.pop() ?? "";
  return `, all ${kinds.length > 0 ? `${kinds.join(", ")} and ` : ""}${last}`;
}
