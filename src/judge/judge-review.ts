import { planEdits } from "../grade/plan-edits.ts";
import type { NotRead } from "../model/changed-file.ts";
import type { Grade, GradedPlan } from "../model/grade.ts";
import type { Inspection } from "../model/inspection.ts";
import type { PullRequest } from "../model/pull-request.ts";
import type { PlanItem } from "../model/plan-item.ts";
import type { RedFlag } from "../model/red-flag.ts";
import { PAYMENT_REQUIREMENTS, type RequirementId } from "../model/requirement-id.ts";
import type { Review } from "../model/review.ts";
import type { Touch } from "../model/touch.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { coverShortfalls } from "./cover-shortfalls.ts";
import { describeDecisionMakers } from "./describe-decision-makers.ts";
import { explainVerdict } from "./explain-verdict.ts";
import { buildGrade, diffBox, neverAloneBox, paymentBox } from "./grade-points.ts";
import { buildGrid } from "./grid.ts";
import { findNeverAloneEdits, findNextSteps, findPaymentSteps } from "./next-steps.ts";
import { nameVerdict } from "./name-verdict.ts";
import { findShortfalls } from "./shortfalls.ts";
import { stepBack } from "./step-back.ts";

/** A plan graded against its rubric. */
export interface RubricPlan {
  readonly rubric: Rubric;
  readonly plan: GradedPlan;
}

/** All that the earlier stages found about a pull request that needs a plan. */
export interface Evidenced {
  readonly pullRequest: PullRequest;
  readonly touch: Touch;
  readonly backend: RubricPlan;
  /** null when payments are not touched, or when no payment rubric is at hand. */
  readonly payments: RubricPlan | null;
  readonly inspection: Inspection;
  readonly redFlags: readonly RedFlag[];
}

/** Points 7 and 8: their own steps earn them, so the plan's edits count on both. */
const OTHER_POINTS = 2;

const isPayment = (id: RequirementId) => (PAYMENT_REQUIREMENTS as readonly RequirementId[]).includes(id);

/** The verdict on a pull request that needs a plan. Pure: the same evidence gives the same bytes. */
export function judgeReview(evidenced: Evidenced): Review {
  const { pullRequest, touch, redFlags } = evidenced;
  const { policy } = pullRequest;
  const { findings, notRead } = evidenced.inspection;
  const planned = {
    ...evidenced.inspection,
    findings: evidenced.payments ? stepBack(findings) : findings,
    notRead: mergeNotRead(pullRequest.notRead, notRead),
  };
  const inspection = { ...planned, items: planned.items.slice(0, evidenced.backend.plan.items.length) };
  const payments = judgePayments(evidenced, planned);
  const paymentGrade = payments?.grade ?? null;
  const grade = buildGrade(
    evidenced.backend.plan,
    paymentBox(touch.payments.touched, paymentGrade),
    diffBox(inspection, (id) => !isPayment(id)),
    policy.thresholds.passing,
  );
  const openItems = policy.openItems === "block" ? inspection.items.filter((item) => item.counted && !item.done) : [];
  const neverAlone = evidenced.payments?.rubric.neverAlone ?? [];
  const { shortfalls, isCovered, acceptance } = coverShortfalls(
    findShortfalls({ grade, paymentGrade, inspection: planned, redFlags, openItems, neverAlone, headSha: pullRequest.headSha }),
    pullRequest.acceptances,
    pullRequest.now,
  );
  const named = nameVerdict(shortfalls, isCovered);
  const observed = policy.mode === "observe" && named !== "passed" ? named : null;
  const review: Review = {
    ...frameOf(pullRequest, touch),
    verdict: observed ? "observed" : named,
    why: "",
    payments: payments ? { ...touch.payments, ...payments } : touch.payments,
    grade,
    items: inspection.items,
    draw: evidenced.backend.plan.draw,
    findings: inspection.findings,
    notRead: inspection.notRead,
    redFlags,
    shortfalls,
    nextSteps: findNextSteps({
      paymentSteps: payments?.nextSteps ?? [],
      planEdits: editsOf(evidenced.backend, grade, policy.thresholds),
      inspection: { ...inspection, findings: inspection.findings.filter((finding) => !payments || !isPayment(finding.requirement)) },
      redFlags,
      openItems,
      paymentsUnjudged: touch.payments.touched && !paymentGrade,
    }),
    grid: buildGrid(evidenced.backend.rubric, inspection.items, inspection.findings),
    operations: inspection.operations,
    acceptance: named === "risk-accepted" ? acceptance : null,
    observed,
  };
  return { ...review, why: explainVerdict(review) };
}

/** The verdict on a pull request that needs no plan, and the sentence that says why. */
export function judgeNotApplicable(pullRequest: PullRequest, touch: Touch, why: string): Review {
  const unread = pullRequest.notRead.filter((file) => file.undetermined);
  const review: Review = {
    ...frameOf(pullRequest, touch),
    verdict: unread.length > 0 ? "undetermined" : "not-applicable",
    why,
    notRead: pullRequest.notRead,
    shortfalls: findShortfalls({
      grade: { points: 0, outOf: 8, passing: 0, passed: true, boxes: [] },
      paymentGrade: null,
      inspection: { findings: [], notRead: unread, operations: [], items: [] },
      redFlags: [],
      openItems: [],
      neverAlone: [],
      headSha: pullRequest.headSha,
    }),
  };
  if (unread.length === 0) return review;
  const observed = pullRequest.policy.mode === "observe" ? review.verdict : null;
  const settled: Review = { ...review, verdict: observed ? "observed" : review.verdict, observed };
  return { ...settled, why: explainVerdict(settled) };
}

/** All items whose promises the code has to keep: the backend plan's, then those that only the payment plan counts. */
export function findPlannedItems(backend: RubricPlan, payments: RubricPlan | null): readonly PlanItem[] {
  const known = new Set(backend.plan.items.filter((item) => item.counted).map((item) => item.line));
  return [...backend.plan.items, ...(payments?.plan.items ?? []).filter((item) => item.counted && !known.has(item.line))];
}

/** The payment rubric's part of the review, with its own steps; null when payments are not touched or their rubric is not at hand. */
function judgePayments(
  { payments, pullRequest }: Evidenced,
  planned: Inspection,
): Required<Pick<Review["payments"], "grade" | "items" | "draw" | "grid" | "nextSteps">> | null {
  if (!payments) return null;
  const { rubric, plan } = payments;
  const promises = new Map(planned.items.filter((item) => item.counted).map((item) => [item.line, item.promise]));
  const items = plan.items.map((item) => {
    const promise = item.counted ? promises.get(item.line) : undefined;
    return promise ? { ...item, promise } : item;
  });
  const inspection = { ...planned, items, findings: planned.findings.filter((finding) => isPayment(finding.requirement)) };
  const { paymentThresholds } = pullRequest.policy;
  const grade = buildGrade(plan, neverAloneBox(items, rubric), diffBox(inspection, isPayment), paymentThresholds.passing);
  const edits = [...findNeverAloneEdits(items, rubric), ...editsOf(payments, grade, paymentThresholds)];
  return {
    grade,
    items,
    draw: plan.draw,
    grid: buildGrid(rubric, items, inspection.findings),
    nextSteps: findPaymentSteps(edits, inspection),
  };
}

/** Each file once: what fetching could not read the inspection names again. */
function mergeNotRead(fetched: readonly NotRead[], inspected: readonly NotRead[]): readonly NotRead[] {
  const known = new Set(fetched.map((file) => file.path));
  return [...fetched, ...inspected.filter((file) => !known.has(file.path))];
}

function editsOf(graded: RubricPlan | null, grade: Grade | null, thresholds: PullRequest["policy"]["thresholds"]): readonly string[] {
  if (!graded || !grade || grade.passed) return [];
  return planEdits(graded.plan, graded.rubric, thresholds, OTHER_POINTS);
}

function frameOf(pullRequest: PullRequest, touch: Touch): Omit<Review, "verdict" | "why"> {
  return {
    schemaVersion: 1,
    ...(pullRequest.id === undefined ? {} : { id: pullRequest.id }),
    backend: touch.backend,
    payments: touch.payments,
    grade: null,
    items: [],
    draw: [],
    findings: [],
    notRead: [],
    redFlags: [],
    shortfalls: [],
    policyOrigin: pullRequest.policyOrigin,
    nextSteps: [],
    repo: pullRequest.repo,
    number: pullRequest.number,
    headSha: pullRequest.headSha,
    ...(pullRequest.base === null ? {} : { base: pullRequest.base }),
    reviewedAt: pullRequest.now,
    grid: [],
    operations: [],
    nearestMiss: touch.nearestMiss,
    policyProblems: pullRequest.policyProblems,
    acceptance: null,
    observed: null,
    sharedHead: [],
    decisionMakers: describeDecisionMakers(pullRequest.policy.decisionMakers),
  };
}
