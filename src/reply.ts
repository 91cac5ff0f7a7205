import type { ReplyJob } from "./model/job.ts";
import { renderPlanSkeletonComment } from "./render/plan-skeleton.ts";
import { renderRiskForm } from "./render/risk-form.ts";
import type { ReviewPorts } from "./judge-pull-request.ts";
import { reviewSnapshot } from "./review-snapshot.ts";
import { backendReliability } from "./rubrics/backend-reliability/index.ts";

/** Answers a button of the check run with a comment: the plan skeleton made from the diff, or the risk form. A closed pull request gets none. */
export async function replyToButton(
  job: ReplyJob,
  { source, inspector, publisher }: Pick<ReviewPorts, "source" | "inspector" | "publisher">,
): Promise<void> {
  const fetched = await source.fetchPullRequest(job);
  if (fetched.state !== "open") return;
  const review = await reviewSnapshot(fetched.pullRequest, inspector);
  const latestRetrofitOn = addDays(fetched.pullRequest.now, fetched.pullRequest.policy.horizonDays);
  const body =
    job.reply === "plan-skeleton" ? renderPlanSkeletonComment(review, backendReliability) : renderRiskForm(review, { latestRetrofitOn });
  await publisher.publishComment(job, body, job.deliveryId);
}

/** The calendar date, UTC, that many days after an instant: YYYY-MM-DD. */
function addDays(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * 86_400_000).toISOString().slice(0, 10);
}
