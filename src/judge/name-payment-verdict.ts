import type { Grade } from "../model/grade.ts";
import type { Review, VerdictName } from "../model/review.ts";

/** What a review says of its payments alone; null where it touches none. */
export function namePaymentVerdict({ payments, verdict }: Review): VerdictName | null {
  if (!payments.touched) return null;
  if (verdict === "not-applicable") return "not-applicable";
  const { grade } = payments;
  if (grade?.passed) return "passed";
  if (verdict === "risk-accepted" || verdict === "observed") return verdict;
  return !grade || isOnlyUndetermined(grade) ? "undetermined" : "blocked";
}

/** Every point that must be earned is, or could not be judged: nothing here is the author's fault. */
function isOnlyUndetermined({ boxes, points, passing }: Grade): boolean {
  const unjudged = boxes.filter((box) => box.earned === null).length;
  return unjudged > 0 && points + unjudged >= passing && boxes.every((box) => !box.mustEarn || box.earned !== false);
}
