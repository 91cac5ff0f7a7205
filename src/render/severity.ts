import type { Finding } from "../model/finding.ts";
import type { Review } from "../model/review.ts";

/** Whether a finding stands against the merge by itself: blocking, and not silenced by a reason in the code. */
export function isBlocking(finding: Finding): boolean {
  return finding.severity === "blocking" && finding.suppressed === undefined;
}

/** Who accepted the finding as a risk, or null. */
export function acceptedBy(finding: Finding, review: Pick<Review, "shortfalls">): string | null {
  return review.shortfalls.find((shortfall) => shortfall.fingerprint === finding.fingerprint)?.acceptedBy ?? null;
}

/** Blocking first, then undetermined, advisory and suppressed; the given order within each. */
export function findingsByWeight(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((left, right) => rankOf(left) - rankOf(right));
}

const RANKS: Readonly<Record<Finding["severity"], number>> = { blocking: 0, undetermined: 1, advisory: 2 };

function rankOf(finding: Finding): number {
  return finding.suppressed === undefined ? RANKS[finding.severity] : 3;
}
