import type { Review } from "../model/review.ts";

const NOTHING_SEEN = { touched: false, score: 0, evidence: [] } as const;

/** The review of a pull request that could not be looked at: undetermined, so that it weighs on a head that it shares. `at`: ISO 8601 UTC. */
export function unjudgedReview(
  { repo, number, headSha }: { readonly repo: string; readonly number: number; readonly headSha: string },
  because: string,
  at: string,
): Review {
  return {
    schemaVersion: 1,
    verdict: "undetermined",
    why: `Could not review yet: ${because}.`,
    backend: NOTHING_SEEN,
    payments: NOTHING_SEEN,
    grade: null,
    items: [],
    draw: [],
    findings: [],
    notRead: [],
    redFlags: [],
    shortfalls: [],
    policyOrigin: "default",
    nextSteps: [],
    repo,
    number,
    headSha,
    reviewedAt: at,
    grid: [],
    operations: [],
    nearestMiss: null,
    policyProblems: [],
    acceptance: null,
    observed: null,
    sharedHead: [],
    decisionMakers: "",
  };
}
