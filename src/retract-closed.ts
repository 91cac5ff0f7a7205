import type { EarnedPlanStore } from "./model/earned-plan.ts";
import type { PullRequestRef } from "./model/job.ts";
import type { Publisher } from "./model/publisher.ts";
import type { ReviewStore } from "./model/review-store.ts";
import { renderClosedRuns } from "./render/closed-runs.ts";

/**
 * Takes back what a pull request that was closed without merging still opens: a verdict is about its description, its base and
 * its signatures, and whoever proposes the same commit again would find it green before it is judged. A commit that
 * another open pull request has as its head is left to that one's own verdict, and looked at again when that one leaves it.
 */
export async function retractClosed(
  ref: PullRequestRef,
  headSha: string,
  { reviews, publisher, plans }: { readonly reviews: ReviewStore; readonly publisher: Publisher; readonly plans: EarnedPlanStore },
): Promise<void> {
  await plans.deleteEarnedPlan(ref);
  const newest = await reviews.loadReview(ref.repo, ref.number, headSha);
  // The newest verdict may not have reached GitHub: what stands there is taken back whatever it was.
  const judged = [...(newest ? [newest] : []), ...(await reviews.loadOpenedReviews(ref.repo, ref.number))];
  for (const sha of new Set(judged.flatMap((review) => review.headSha ?? []))) {
    if ((await reviews.loadReviewsOfHead(ref.repo, sha)).some(({ number }) => number !== ref.number)) continue;
    // Another that had the commit, and has left it too, may have written the run that stands there.
    for (const number of new Set([ref.number, ...(await reviews.findNumbersOfHead(ref.repo, sha))]))
      for (const run of renderClosedRuns(number)) await publisher.publishCheckRun({ ...ref, number }, sha, run);
    await reviews.forgetOpened(ref, sha);
  }
}
