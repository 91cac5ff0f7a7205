import { judgePullRequest, type ReviewPorts } from "./judge-pull-request.ts";
import type { HeadJob, ReviewJob } from "./model/job.ts";
import type { Review } from "./model/review.ts";
import { publishReview } from "./publish-review.ts";
import { retractClosed } from "./retract-closed.ts";

/**
 * Reviews a pull request at its newest head and says so on GitHub: snapshot -> signatures -> verdict -> published. The
 * verdict is saved before it is published, so that a pull request with the same head cannot miss it; `onJudged` hears of it
 * in between.
 * Rejects when an edge fails; the queue then tries again.
 */
export async function reviewPullRequest(
  job: ReviewJob,
  ports: ReviewPorts,
  onJudged: (review: Review) => Promise<void> = async () => {},
): Promise<Review | null> {
  const headBefore = await ports.pullRequests.loadHead(job);
  const judged = await judgePullRequest(job, job.deliveryId, ports);
  if (judged.state !== "open") {
    if (judged.state === "closed") {
      await (judged.isMerged ? ports.plans.confirmEarnedPlan(job) : retractClosed(job, judged.headSha, ports));
      await reviewOthers(job, judged.headSha, ports);
    } else if (headBefore !== null) await reviewOthers(job, headBefore, ports);
    return null;
  }
  const { review } = judged;
  await onJudged(review);
  // It moved away from a commit that others may share: their check no longer carries its verdict.
  if (headBefore !== null && headBefore !== review.headSha) await reviewOthers(job, headBefore, ports);
  await ports.stages.time("publish", () => publishReview(job, judged, ports));
  return review;
}

/** Reviews every open pull request with a head, for a webhook that names none. */
export async function reviewHead(job: HeadJob, { source, reviews, queue }: ReviewPorts): Promise<void> {
  const listed = await source.fetchOpenPullRequestsOfHead(job.installationId, job.repo, job.headSha);
  const known = (await reviews.loadReviewsOfHead(job.repo, job.headSha)).flatMap((review) => review.number ?? []);
  for (const number of new Set([...listed, ...known])) await queue.enqueue({ ...job, kind: "review", number });
}

/** A closed pull request no longer weighs on its head: those that share it are judged again. */
async function reviewOthers(job: ReviewJob, headSha: string, { reviews, queue }: ReviewPorts): Promise<void> {
  const others = await reviews.loadReviewsOfHead(job.repo, headSha);
  for (const { number } of others) if (number !== null && number !== job.number) await queue.enqueue({ ...job, number, headSha });
}
