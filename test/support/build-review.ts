import type { Finding } from "../../src/model/finding.ts";
import type { Box, Grade } from "../../src/model/grade.ts";
import type { PlanItem } from "../../src/model/plan-item.ts";
import type { Review } from "../../src/model/review.ts";

/** A review that passed, with nothing special about it; a test states what it is about. */
export function buildReview(overrides: Partial<Review> = {}): Review {
  return {
    schemaVersion: 1,
    verdict: "passed",
    why: "The plan earns 8 of 8 points, and nothing found in the diff contradicts it.",
    backend: {
      touched: true,
      score: 12,
      evidence: [
        { signal: "path: routes/", weight: 6, path: "src/routes/parcels.ts" },
        { signal: "import of `express`", weight: 6, path: "src/routes/parcels.ts", line: 1 },
      ],
    },
    payments: { touched: false, score: 0, evidence: [] },
    grade: buildGrade(),
    items: [buildItem()],
    draw: [],
    findings: [],
    notRead: [],
    redFlags: [],
    shortfalls: [],
    policyOrigin: "default",
    nextSteps: [],
    repo: "harbour/parcels",
    number: 7,
    headSha: "0123456789abcdef0123456789abcdef01234567",
    reviewedAt: "2026-10-01T09:30:00Z",
    grid: [],
    operations: [],
    nearestMiss: null,
    policyProblems: [],
    acceptance: null,
    observed: null,
    sharedHead: [],
    decisionMakers: "@harbour/architects or a person with the role admin",
    ...overrides,
  };
}

/** An item that has a number, a tool and an outcome. */
export function buildItem(overrides: Partial<PlanItem> = {}): PlanItem {
  return {
    line: 12,
    section: "fault-tolerance",
    text: "Courier calls use undici with a 4s timeout and answer 504",
    requirement: "timeouts",
    done: true,
    counted: true,
    numbers: ["4s"],
    tools: ["undici"],
    outcome: "answer 504",
    specific: true,
    missing: [],
    unsure: [],
    ...overrides,
  };
}

/** A blocking finding about an outbound call. */
export function buildFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    rule: "http-call-has-timeout",
    requirement: "timeouts",
    severity: "blocking",
    path: "src/clients/courier.ts",
    line: 27,
    endLine: 27,
    message: "`fetch(courierUrl)` has no timeout",
    why: "A courier that hangs keeps every worker waiting.",
    fix: "Pass `AbortSignal.timeout(4000)`.",
    fingerprint: "f1f1f1f1f1f1f1f1",
    ...overrides,
  };
}

const POINT_IDS = [
  "total-items",
  "section-items",
  "concrete-numbers",
  "specific-tools",
  "measurable-outcomes",
  "specificity-checkpoint",
  "payment-operations",
  "diff",
];

/** A grade of eight points, all earned but those named in `missed`. */
export function buildGrade(missed: readonly string[] = []): Grade {
  const boxes = POINT_IDS.map((id): Box => {
    const earned = !missed.includes(id);
    return {
      id,
      earned,
      mustEarn: ["total-items", "section-items", "payment-operations", "diff"].includes(id),
      detail: earned ? "met" : "not met",
    };
  });
  const points = boxes.filter((box) => box.earned).length;
  return { points, outOf: boxes.length, passing: 7, passed: points >= 7 && boxes.every((box) => box.earned || !box.mustEarn), boxes };
}
