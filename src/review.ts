import { detectTouch } from "./detect/detect-touch.ts";
import { findRedFlags } from "./grade/find-red-flags.ts";
import { gradePlan } from "./grade/grade-plan.ts";
import { carryWorst } from "./judge/carry-worst.ts";
import { findPlannedItems, judgeNotApplicable, judgeReview, type RubricPlan } from "./judge/judge-review.ts";
import type { HeadJob, ReviewJob } from "./model/job.ts";
import type { Inspector, JobQueue, Publisher, PullRequestSource, ReviewStore } from "./model/ports.ts";
import type { PullRequest } from "./model/pull-request.ts";
import type { Review } from "./model/review.ts";
import { renderCheckRun } from "./render/check-run.ts";
import { renderPaymentCheckRun } from "./render/payment-check-run.ts";
import { renderQuietComment, renderStickyComment } from "./render/sticky-comment.ts";
import { backendReliability } from "./rubrics/backend-reliability/index.ts";
import { paymentOperations } from "./rubrics/payment-operations/index.ts";
import type { Rubric } from "./rubrics/rubric.ts";

/** The edges that a review meets. */
export interface ReviewPorts {
  readonly source: PullRequestSource;
  readonly inspector: Inspector;
  readonly publisher: Publisher;
  readonly reviews: ReviewStore;
  readonly queue: JobQueue;
}

/**
 * Reviews a pull request at its newest head and says so on GitHub: snapshot -> verdict -> published. The
 * verdict is saved before it is published, so that a pull request with the same head cannot miss it.
 * Rejects when an edge fails; the queue then tries again.
 */
export async function reviewPullRequest(job: ReviewJob, ports: ReviewPorts): Promise<Review | null> {
  const fetched = await ports.source.fetchPullRequest(job);
  if (fetched.state !== "open") {
    await ports.reviews.closePullRequest(job);
    if (fetched.state === "closed") await reviewOthers(job, fetched.headSha, ports);
    return null;
  }
  const { headSha } = fetched.pullRequest;
  const review = await reviewSnapshot(fetched.pullRequest, ports.inspector);
  await ports.reviews.saveReview(job, review);
  const carried = carryWorst(review, await ports.reviews.loadReviewsOfHead(job.repo, headSha));
  const url = await ports.publisher.publishCheckRun(job, headSha, renderCheckRun(carried));
  const payments = renderPaymentCheckRun(carried, paymentOperations);
  if (payments) await ports.publisher.publishCheckRun(job, headSha, payments);
  await ports.publisher.publishStickyComment(job, renderStickyComment(review, url), renderQuietComment(review, url));
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

  const { touched } = touch.payments;
  const backend = gradeFor(backendReliability, policy.thresholds, pullRequest, touched ? paymentOperations : null);
  const payments = touched ? gradeFor(paymentOperations, policy.paymentThresholds, pullRequest, backendReliability) : null;
  const redFlags = findRedFlags(pullRequest, backendReliability);
  const inspection = await inspector.inspect(pullRequest, findPlannedItems(backend, payments));
  return judgeReview({ pullRequest, touch, backend, payments, inspection, redFlags });
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
