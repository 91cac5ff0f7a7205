import type { Review } from "../../../src/model/review.ts";

/** A small passing review, with what a test cares about put in. */
export function buildReview(given: Partial<Review> = {}): Review {
  return {
    schemaVersion: 1,
    verdict: "passed",
    why: "The plan earns 8 of 8 points.",
    backend: { touched: true, score: 3, evidence: [] },
    payments: { touched: false, score: 0, evidence: [] },
    grade: null,
    items: [],
    draw: [],
    findings: [],
    notRead: [],
    redFlags: [],
    shortfalls: [],
    policyOrigin: "default",
    nextSteps: [],
    repo: "acme/api",
    number: 1,
    headSha: "a".repeat(40),
    reviewedAt: "2027-01-10T09:00:00.000Z",
    grid: [],
    operations: [],
    nearestMiss: null,
    policyProblems: [],
    acceptance: null,
    observed: null,
    sharedHead: [],
    decisionMakers: "",
    ...given,
  };
}
