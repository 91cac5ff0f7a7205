import type { Shortfall } from "../model/acceptance.ts";
import type { VerdictName } from "../model/review.ts";

/**
 * The verdict that shortfalls leave after acceptances. What an author can repair comes before what we
 * could not look at, so that nobody waits for us with work left to do.
 */
export function nameVerdict(shortfalls: readonly Shortfall[], isCovered: (shortfall: Shortfall) => boolean): VerdictName {
  const open = shortfalls.filter((each) => !isCovered(each));
  if (open.some((each) => each.id !== "undetermined")) return "blocked";
  if (open.length > 0) return "undetermined";
  return shortfalls.length > 0 ? "risk-accepted" : "passed";
}

const WORST_FIRST: readonly VerdictName[] = ["blocked", "undetermined", "risk-accepted", "observed", "passed", "not-applicable"];

/** Orders verdicts, the one that stands most against a merge first. */
export function compareVerdicts(left: VerdictName, right: VerdictName): number {
  return WORST_FIRST.indexOf(left) - WORST_FIRST.indexOf(right);
}
