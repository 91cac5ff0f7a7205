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
  const weight = (finding: Finding) =>
    finding.suppressed !== undefined ? 3 : finding.severity === "blocking" ? 0 : finding.severity === "undetermined" ? 1 : 2;
  return findings.toSorted((left, right) => weight(left) - weight(right));
}
