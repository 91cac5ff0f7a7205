import { detectTouch } from "./detect/detect-touch.ts";
import { findRedFlags } from "./grade/find-red-flags.ts";
import { gradePlan } from "./grade/grade-plan.ts";
import { judgeNotApplicable, judgeReview, type RubricPlan } from "./judge/judge-review.ts";
import type { Inspector } from "./model/ports.ts";
import type { PullRequest } from "./model/pull-request.ts";
import type { Review } from "./model/review.ts";
import { backendReliability } from "./rubrics/backend-reliability/index.ts";
import type { Rubric } from "./rubrics/rubric.ts";

/**
 * Reviews one snapshot: touch -> grade -> findings -> verdict. The same snapshot gives the same review.
 * Rejects only when the inspector does, which is a fault of ours.
 */
export async function reviewSnapshot(pullRequest: PullRequest, inspector: Inspector): Promise<Review> {
  const touch = detectTouch(pullRequest);
  const { policy, author } = pullRequest;
  if (touch.notApplicable !== null) return judgeNotApplicable(pullRequest, touch, touch.notApplicable);
  if (author !== null && policy.exemptAuthors.some((exempt) => exempt.toLowerCase() === author.toLowerCase()))
    return judgeNotApplicable(pullRequest, touch, `Pull requests of ${author} need no plan (policy: exempt-authors)`);

  const backend = gradeFor(backendReliability, policy.thresholds, pullRequest);
  const redFlags = findRedFlags(pullRequest, backendReliability);
  const inspection = await inspector.inspect(pullRequest, backend.plan.items);
  return judgeReview({ pullRequest, touch, backend, payments: null, inspection, redFlags });
}

function gradeFor(rubric: Rubric, thresholds: PullRequest["policy"]["thresholds"], pullRequest: PullRequest): RubricPlan {
  const { repo, number, body, policy } = pullRequest;
  const identity = repo !== "" && number !== null ? `${repo}#${number}` : "";
  return { rubric, plan: gradePlan({ body, identity, rubric, thresholds, openItems: policy.openItems, tools: policy.tools }) };
}
