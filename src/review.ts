import { detectTouch } from "./detect/detect-touch.ts";
import { findRedFlags } from "./grade/find-red-flags.ts";
import { gradePlan } from "./grade/grade-plan.ts";
import { carryWorst, carryWorstPayments } from "./judge/carry-worst.ts";
import { findPlannedItems, judgeNotApplicable, judgeReview, type RubricPlan } from "./judge/judge-review.ts";
import type { Acceptance } from "./model/acceptance.ts";
import type { HeadJob, PullRequestRef, ReviewJob } from "./model/job.ts";
import type {
  Inspector,
  JobQueue,
  Published,
  Publisher,
  PullRequestSource,
  PullRequestStore,
  ReviewStore,
  ShownShortfallStore,
  StageTimer,
} from "./model/ports.ts";
import type { PullRequest } from "./model/pull-request.ts";
import type { Review } from "./model/review.ts";
import { readNews } from "./read-news.ts";
import { readSignatures, type SignaturePorts } from "./read-signatures.ts";
import { renderCheckRun } from "./render/check-run.ts";
import { renderPaymentCheckRun, renderPaymentsUntouched } from "./render/payment-check-run.ts";
import { renderPolicyCheckRun } from "./render/policy-check-run.ts";
import { renderQuietComment, renderStickyComment } from "./render/sticky-comment.ts";
import { retractOldHeads } from "./retract-old-heads.ts";
import { backendReliability } from "./rubrics/backend-reliability/index.ts";
import { paymentOperations } from "./rubrics/payment-operations/index.ts";
import type { Rubric } from "./rubrics/rubric.ts";

/** The edges that a review meets. */
export interface ReviewPorts extends SignaturePorts {
  readonly source: PullRequestSource;
  readonly inspector: Inspector;
  readonly publisher: Publisher;
  readonly reviews: ReviewStore;
  readonly shown: ShownShortfallStore;
  readonly stages: StageTimer;
  readonly pullRequests: PullRequestStore;
  readonly queue: JobQueue;
}

/** Measures nothing: for the command line and for snapshots that are judged beside a review. */
const UNTIMED: StageTimer = { time: (_stage, work) => work() };

/** A pull request that was judged just now, with the policy file that it proposes, if it does. */
type Judged = {
  readonly review: Review & { readonly headSha: string };
  /** The signatures that count now. */
  readonly counted: readonly Acceptance[];
  readonly policyChange: PullRequest["policyChange"];
  /** What of ours stood on GitHub when it was read. */
  readonly published?: Published;
};

/** The commit that a verdict was for is gone: the pull request was pushed to, and its new head is judged by the next try. */
class HeadGone extends Error {
  override readonly name = "HeadMoved";
}

/**
 * Reviews a pull request at its newest head and says so on GitHub: snapshot -> signatures -> verdict -> published. The
 * verdict is saved before it is published, so that a pull request with the same head cannot miss it.
 * Rejects when an edge fails; the queue then tries again.
 */
export async function reviewPullRequest(job: ReviewJob, ports: ReviewPorts): Promise<Review | null> {
  const headBefore = await ports.pullRequests.loadHead(job);
  const judged = await judgePullRequest(job, job.deliveryId, ports);
  if (judged.state !== "open") {
    if (judged.state === "closed") await reviewOthers(job, judged.headSha, ports);
    return null;
  }
  const { review } = judged;
  // It moved away from a commit that others may share: their check no longer carries its verdict.
  if (headBefore !== null && headBefore !== review.headSha) await reviewOthers(job, headBefore, ports);
  const others = await loadOthersOfHead(job, review.headSha, ports);
  await ports.stages.time("publish", () => publishReview(job, judged, others, ports));
  return review;
}

/** Says it in check runs and in the comment, remembers what was shown, and takes back what older heads still show. */
async function publishReview(job: ReviewJob, judged: Judged, others: readonly Review[], ports: ReviewPorts): Promise<void> {
  const { review, policyChange } = judged;
  const carried = carryWorst(review, others);
  // Where the head is shared, another review may have published since.
  const published = others.length === 0 ? judged.published : undefined;
  const url = await ports.publisher.publishCheckRun(job, review.headSha, renderCheckRun(carried), published);
  if (url === null) throw new HeadGone(`${job.repo}@${review.headSha} is gone`);
  await ports.shown.saveShown(
    job,
    review.shortfalls.map(({ fingerprint }) => fingerprint),
  );
  await retractOldHeads(job, judged, ports);
  const paid = carryWorstPayments(review, others);
  const payments = (paid ? renderPaymentCheckRun(paid) : null) ?? renderPaymentsUntouched();
  await ports.publisher.publishCheckRun(job, review.headSha, payments, published);
  if (policyChange) await ports.publisher.publishCheckRun(job, review.headSha, renderPolicyCheckRun(policyChange), published);
  await ports.publisher.publishStickyComment(job, renderStickyComment(review, url), renderQuietComment(review, url), judged.published);
}

/**
 * Judges a pull request at its newest head under the signatures that are valid now, and saves the verdict. Publishes
 * nothing. One that is closed or gone no longer weighs on its head.
 */
export async function judgePullRequest(
  ref: PullRequestRef,
  deliveryId: string,
  ports: ReviewPorts,
): Promise<({ readonly state: "open" } & Judged) | { readonly state: "closed"; readonly headSha: string } | { readonly state: "gone" }> {
  const fetched = await ports.stages.time("fetch", () => ports.source.fetchPullRequest(ref));
  if (fetched.state !== "open") {
    await ports.reviews.closePullRequest(ref);
    return fetched;
  }
  const { pullRequest } = fetched;
  const { policy, now, headSha } = pullRequest;
  const signatures = await ports.stages.time("signatures", () =>
    readSignatures(ref, { policy, now, headSha, deliveryId, comments: pullRequest.comments, authorship: fetched.authorship }, ports),
  );
  const judged = await reviewSnapshot({ ...pullRequest, acceptances: signatures.counted }, ports.inspector, ports.stages);
  const news = await readNews(ref, judged, signatures, { policy, authorship: fetched.authorship, ports });
  const review = { ...judged, headSha, ...(news ? { signatures: news } : {}) };
  await ports.reviews.saveReview(ref, review);
  return {
    state: "open",
    review,
    counted: signatures.counted,
    policyChange: pullRequest.policyChange,
    ...(fetched.published ? { published: fetched.published } : {}),
  };
}

/** The newest reviews of the others on this head. An acceptance among them is validated again before it is shown. */
async function loadOthersOfHead(job: ReviewJob, headSha: string, ports: ReviewPorts): Promise<readonly Review[]> {
  const others = (await ports.reviews.loadReviewsOfHead(job.repo, headSha)).filter((other) => other.number !== job.number);
  const current: Review[] = [];
  for (const other of others) {
    if (other.verdict !== "risk-accepted" || other.number === null) current.push(other);
    else {
      const judged = await judgePullRequest({ ...job, number: other.number }, job.deliveryId, ports);
      if (judged.state === "open" && judged.review.headSha === headSha) current.push(judged.review);
    }
  }
  return current;
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
      ...(neighbour ? { neighbour } : {}),
    }),
  };
}
