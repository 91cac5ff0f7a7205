import type { Acceptance } from "./model/acceptance.ts";
import { planKey } from "./grade/earned-plans.ts";
import type { EarnedPlanStore } from "./model/earned-plan.ts";
import type { PullRequestRef } from "./model/job.ts";
import type { Inspector, StageTimer } from "./model/inspector.ts";
import type { JobQueue } from "./model/job-queue.ts";
import type { Published, Publisher } from "./model/publisher.ts";
import type { FetchedPullRequest, PullRequestSource } from "./model/pull-request-source.ts";
import type { PullRequestStore } from "./model/pull-request-store.ts";
import type { ReviewStore, ShownShortfallStore } from "./model/review-store.ts";
import type { PullRequest } from "./model/pull-request.ts";
import type { Review } from "./model/review.ts";
import { readNews } from "./read-news.ts";
import { readSignatures, type SignaturePorts } from "./read-signatures.ts";
import { reviewSnapshot } from "./review-snapshot.ts";

/** The edges that a review meets. */
export interface ReviewPorts extends SignaturePorts {
  readonly source: PullRequestSource;
  readonly inspector: Inspector;
  readonly publisher: Publisher;
  readonly reviews: ReviewStore;
  readonly shown: ShownShortfallStore;
  readonly plans: EarnedPlanStore;
  readonly stages: StageTimer;
  readonly pullRequests: PullRequestStore;
  readonly queue: JobQueue;
}

/** A pull request that was judged just now, with the policy file that it proposes, if it does. */
export type Judged = {
  readonly review: Review & { readonly headSha: string };
  /** The signatures that count now. */
  readonly counted: readonly Acceptance[];
  readonly policyChange: PullRequest["policyChange"];
  /** What of ours stood on GitHub when it was read. */
  readonly published?: Published;
};

/**
 * Judges a pull request at its newest head under the signatures that are valid now, and saves the verdict. Publishes
 * nothing. One that is closed or gone no longer weighs on its head.
 */
export async function judgePullRequest(
  ref: PullRequestRef,
  deliveryId: string,
  ports: ReviewPorts,
): Promise<({ readonly state: "open" } & Judged) | Exclude<FetchedPullRequest, { readonly state: "open" }>> {
  const fetched = await ports.stages.time("fetch", () => ports.source.fetchPullRequest(ref));
  if (fetched.state !== "open") {
    await ports.reviews.closePullRequest(ref);
    return fetched;
  }
  const { pullRequest } = fetched;
  const { policy, now, headSha, base } = pullRequest;
  const signatures = await ports.stages.time("signatures", () =>
    readSignatures(ref, { policy, now, headSha, base, deliveryId, comments: pullRequest.comments }, ports),
  );
  const judged = await reviewSnapshot({ ...pullRequest, acceptances: signatures.counted }, ports.inspector, ports.stages);
  const news = await readNews(ref, judged, signatures, { policy, authorship: fetched.authorship, ports });
  const review = { ...judged, headSha, ...(news ? { signatures: news } : {}) };
  await ports.reviews.saveReview(ref, review);
  await (review.verdict === "passed" ? saveEarnedPlan(ref, pullRequest, review, ports.plans) : ports.plans.deleteEarnedPlan(ref));
  return {
    state: "open",
    review,
    counted: signatures.counted,
    policyChange: pullRequest.policyChange,
    ...(fetched.published ? { published: fetched.published } : {}),
  };
}

async function saveEarnedPlan(ref: PullRequestRef, { files }: PullRequest, review: Review, plans: EarnedPlanStore): Promise<void> {
  const items = [...review.items, ...(review.payments.items ?? [])].filter(({ counted }) => counted);
  await plans.saveEarnedPlan(ref, { paths: files.map(({ path }) => path), keys: items.map(planKey) }, review.reviewedAt);
}
