import { detectTouch } from "./detect/detect-touch.ts";
import { plansOfOtherChanges } from "./grade/earned-plans.ts";
import { findRedFlags } from "./grade/find-red-flags.ts";
import { gradePlan } from "./grade/grade-plan.ts";
import { findPlannedItems, judgeNotApplicable, judgeReview, type RubricPlan } from "./judge/judge-review.ts";
import type { Inspector, StageTimer } from "./model/inspector.ts";
import type { PullRequest } from "./model/pull-request.ts";
import type { Review } from "./model/review.ts";
import { backendReliability } from "./rubrics/backend-reliability/index.ts";
import { paymentOperations } from "./rubrics/payment-operations/index.ts";
import type { Rubric } from "./rubrics/rubric.ts";

/** Measures nothing: for the command line and for snapshots that are judged beside a review. */
const UNTIMED: StageTimer = { time: (_stage, work) => work() };

/**
 * Reviews one snapshot: touch -> grade -> findings -> verdict. The same snapshot gives the same review.
 * Rejects only when the inspector does, which is a fault of ours.
 */
export async function reviewSnapshot(pullRequest: PullRequest, inspector: Inspector, stages: StageTimer = UNTIMED): Promise<Review> {
  const touch = stages.time("detect", () => detectTouch(pullRequest));
  const { policy, author } = pullRequest;
  if (touch.notApplicable !== null) return judgeNotApplicable(pullRequest, touch, touch.notApplicable);
  if (author !== null && policy.exemptAuthors.some((exempt) => exempt.toLowerCase() === author.toLowerCase()))
    return judgeNotApplicable(pullRequest, touch, `Pull requests of ${author} need no plan (policy: exempt-authors)`);

  const plans = stages.time("grade", () => gradePlans(pullRequest, touch.payments.touched));
  const planned = findPlannedItems(plans.backend, plans.payments);
  const inspection = await stages.time("inspect", () => inspector.inspect(pullRequest, planned));
  return stages.time("judge", () => judgeReview({ pullRequest, touch, ...plans, inspection }));
}

/** The description against the rubrics that apply, and what it says that no plan should. */
function gradePlans(pullRequest: PullRequest, paid: boolean) {
  const { thresholds, paymentThresholds } = pullRequest.policy;
  return {
    backend: gradeFor(backendReliability, thresholds, pullRequest, paid ? paymentOperations : null),
    payments: paid ? gradeFor(paymentOperations, paymentThresholds, pullRequest, backendReliability) : null,
    redFlags: findRedFlags(pullRequest, paid ? [paymentOperations, backendReliability] : [backendReliability]),
  };
}

/** The description against one rubric; `neighbour` is the other rubric whose plan it may hold too. */
function gradeFor(
  rubric: Rubric,
  thresholds: PullRequest["policy"]["thresholds"],
  pullRequest: PullRequest,
  neighbour: Rubric | null,
): RubricPlan {
  const { repo, number, body, policy } = pullRequest;
  const identity = repo !== "" && number !== null ? `${repo}#${number}` : "";
  return {
    rubric,
    plan: gradePlan({
      body,
      identity,
      rubric,
      thresholds,
      openItems: policy.openItems,
      tools: policy.tools,
      earnedPlans: plansOfOtherChanges(pullRequest),
      ...(neighbour ? { neighbour } : {}),
    }),
  };
}
