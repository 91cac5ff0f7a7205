import type { Acceptance } from "./model/acceptance.ts";
import type { ReviewJob } from "./model/job.ts";
import type { JobQueue } from "./model/job-queue.ts";
import type { Publisher } from "./model/publisher.ts";
import type { ReviewStore } from "./model/review-store.ts";
import type { Review } from "./model/review.ts";
import { renderRuns } from "./render/runs.ts";
import { applyAcceptances } from "./risks/covers.ts";

/** The edges that older heads meet. */
interface OldHeadPorts {
  readonly reviews: ReviewStore;
  readonly publisher: Publisher;
  readonly queue: JobQueue;
}

/**
 * Blocks again the commits that a pull request moved away from and that an acceptance had opened, where the signatures
 * that count now no longer cover them: pushed once more, such a commit would be free to merge until it is judged. So is one
 * that was judged again but whose new verdict never reached GitHub. One that another open pull request has as its head is
 * left to that one's own verdict, and looked at again when that one leaves it.
 */
export async function retractOldHeads(
  job: ReviewJob,
  { review, counted }: { readonly review: Review; readonly counted: readonly Acceptance[] },
  ports: OldHeadPorts,
): Promise<void> {
  for (const old of await ports.reviews.loadOpenedReviews(job.repo, job.number)) {
    const { headSha } = old;
    if (headSha === null || headSha === review.headSha) continue;
    const shortfalls = old.shortfalls.map(({ id, fingerprint, signersNeeded, detail }) => ({ id, fingerprint, signersNeeded, detail }));
    const isUndetermined = old.verdict === "undetermined";
    if (!isUndetermined && applyAcceptances(shortfalls, counted, review.reviewedAt).open.length === 0) continue;
    if ((await ports.reviews.loadReviewsOfHead(job.repo, headSha)).length > 0) continue;
    const verdict = isUndetermined ? "undetermined" : "blocked";
    await block(job, headSha, { ...old, verdict, acceptance: null, shortfalls, reviewedAt: review.reviewedAt }, ports);
  }
}

async function block(job: ReviewJob, headSha: string, blocked: Review, { reviews, publisher, queue }: OldHeadPorts): Promise<void> {
  for (const run of renderRuns(blocked)) await publisher.publishCheckRun(job, headSha, run);
  await reviews.saveOldReview(job, blocked);
  await reviews.forgetOpened(job, headSha);
  // Another that came to this commit meanwhile has been written over.
  for (const { number } of await reviews.loadReviewsOfHead(job.repo, headSha))
    if (number !== null && number !== job.number) await queue.enqueue({ ...job, number, headSha });
}
