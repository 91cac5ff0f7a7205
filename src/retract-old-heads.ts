import type { Acceptance } from "./model/acceptance.ts";
import type { PullRequestRef } from "./model/job.ts";
import type { Publisher } from "./model/publisher.ts";
import type { ReviewStore } from "./model/review-store.ts";
import type { Review } from "./model/review.ts";
import { renderCheckRun } from "./render/check-run.ts";
import { applyAcceptances } from "./risks/covers.ts";

/**
 * Blocks again the commits that a pull request moved away from and that an acceptance had opened, where the signatures
 * that count now no longer cover them: pushed once more, such a commit would be free to merge until it is judged. So is one
 * that was judged again but whose new verdict never reached GitHub. One that another open pull request has as its head is
 * left to that one's own verdict.
 */
export async function retractOldHeads(
  ref: PullRequestRef,
  { review, counted }: { readonly review: Review; readonly counted: readonly Acceptance[] },
  { reviews, publisher }: { readonly reviews: ReviewStore; readonly publisher: Publisher },
): Promise<void> {
  for (const old of await reviews.loadOpenedReviews(ref.repo, ref.number)) {
    const { headSha } = old;
    if (headSha === null || headSha === review.headSha) continue;
    const shortfalls = old.shortfalls.map(({ id, fingerprint, signersNeeded, detail }) => ({ id, fingerprint, signersNeeded, detail }));
    const isUndetermined = old.verdict === "undetermined";
    if (!isUndetermined && applyAcceptances(shortfalls, counted, review.reviewedAt).open.length === 0) continue;
    const blocked: Review = {
      ...old,
      verdict: isUndetermined ? "undetermined" : "blocked",
      acceptance: null,
      shortfalls,
      reviewedAt: review.reviewedAt,
    };
    if ((await reviews.loadReviewsOfHead(ref.repo, headSha)).length === 0)
      await publisher.publishCheckRun(ref, headSha, renderCheckRun(blocked));
    await reviews.saveOldReview(ref, blocked);
    await reviews.forgetOpened(ref, headSha);
  }
}
