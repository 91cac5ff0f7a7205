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
  const judged = await judgePullRequest(job, job.deliveryId, ports);
  if (judged.state !== "open") {
    if (judged.state === "closed") await (judged.isMerged ? settleMerged(job, ports) : retractClosed(job, judged.headSha, ports));
    const known = await ports.pullRequests.loadHead(job);
    await reviewOthers(job, judged.state === "closed" ? [judged.headSha, known] : [known], ports);
    return null;
  }
  const { review } = judged;
  await onJudged(review);
  await reviewOthers(job, [], ports);
  await ports.stages.time("publish", () => publishReview(job, judged, ports));
  return review;
}

/** What it opened was merged: nothing is to be closed. Its plan is used up. */
async function settleMerged(job: ReviewJob, { plans, reviews }: ReviewPorts): Promise<void> {
  await plans.confirmEarnedPlan(job);
  for (const { headSha } of await reviews.loadOpenedReviews(job.repo, job.number))
    if (headSha !== null) await reviews.forgetOpened(job, headSha);
}

/** Reviews every open pull request with a head, for a webhook that names none. */
export async function reviewHead(job: HeadJob, { source, reviews, queue }: ReviewPorts): Promise<void> {
  const listed = await source.fetchOpenPullRequestsOfHead(job.installationId, job.repo, job.headSha);
  const known = (await reviews.loadReviewsOfHead(job.repo, job.headSha)).flatMap((review) => review.number ?? []);
  for (const number of new Set([...listed, ...known])) await queue.enqueue({ ...job, kind: "review", number });
}

/**
 * Judges those again that share one of these heads, or one that the pull request moved away from: their check no longer
 * carries its verdict.
 */
async function reviewOthers(
  job: ReviewJob,
  heads: readonly (string | null)[],
  { reviews, pullRequests, queue }: ReviewPorts,
): Promise<void> {
  const left = await pullRequests.loadLeftHeads(job);
  for (const headSha of new Set([...heads, ...left])) {
    if (headSha === null) continue;
    const others = await reviews.loadReviewsOfHead(job.repo, headSha);
    for (const { number } of others) if (number !== null && number !== job.number) await queue.enqueue({ ...job, number, headSha });
    // Where nobody has it as a head any more, what an acceptance opened there is for its own pull request to close.
    const opened = others.length === 0 ? await reviews.findOpened(job.repo, headSha) : [];
    for (const number of opened) if (number !== job.number) await queue.enqueue({ ...job, number, headSha: null });
    if (left.includes(headSha)) await pullRequests.forgetLeftHead(job, headSha);
  }
}
