import { carryWorst, carryWorstPayments } from "./judge/carry-worst.ts";
import { judgePullRequest, type Judged, type ReviewPorts } from "./judge-pull-request.ts";
import type { ReviewJob } from "./model/job.ts";
import type { Review } from "./model/review.ts";
import { renderCheckRun } from "./render/check-run.ts";
import { renderPaymentCheckRun, renderPaymentsUntouched } from "./render/payment-check-run.ts";
import { renderPolicyCheckRun } from "./render/policy-check-run.ts";
import { renderQuietComment, renderStickyComment } from "./render/sticky-comment.ts";
import { retractOldHeads } from "./retract-old-heads.ts";
import { describeShown } from "./risks/shown.ts";

/** How often runs are written again because a pull request with the same head was judged meanwhile. */
const MOST_REPETITIONS = 3;

/** The commit that a verdict was for is gone: the pull request was pushed to, and its new head is judged by the next try. */
class HeadGone extends Error {
  override readonly name = "HeadMoved";
}

/** It was judged again meanwhile, and differently, or is no longer at this head: the next try says what holds then. */
class VerdictOvertaken extends Error {
  override readonly name = "VerdictOvertaken";
}

/** Others kept changing the verdict of a shared head: the next try says what holds then. */
class SharedHeadBusy extends Error {
  override readonly name = "SharedHeadBusy";
}

/**
 * Says a saved verdict in check runs and in the comment, remembers what was shown, and takes back what older heads still
 * show. Where others share the head, the runs are written until no other was judged in between: whoever writes last has
 * seen every verdict. Rejects when an edge fails, and when the pull request itself was judged otherwise meanwhile, as when
 * a process was so slow that another took its job.
 */
export async function publishReview(job: ReviewJob, judged: Judged, ports: ReviewPorts): Promise<void> {
  const { review } = judged;
  const loadOfHead = async () => {
    const ofHead = await ports.reviews.loadReviewsOfHead(job.repo, review.headSha);
    // Whoever judged it since may not publish: the merge queue, or a review of another with the same head.
    if (isOvertaken(review, ofHead)) throw new VerdictOvertaken(`${job.repo}#${job.number} was judged again meanwhile`);
    return ofHead;
  };
  await loadOfHead();
  let others = await loadOthersOfHead(job, review.headSha, ports);
  let url = await publishRuns(job, judged, others, ports);
  for (let again = 0; ; again += 1) {
    const now = await loadOfHead();
    if (isSame(others, now, job.number)) break;
    if (again === MOST_REPETITIONS) throw new SharedHeadBusy(`${job.repo}@${review.headSha} is judged by several at once`);
    others = await loadOthersOfHead(job, review.headSha, ports);
    url = await publishRuns(job, judged, others, ports);
  }
  await retractOldHeads(job, judged, ports);
  await ports.publisher.publishStickyComment(job, renderStickyComment(review, url), renderQuietComment(review, url), judged.published);
}

/** Returns the address of the run that branch protection requires. */
async function publishRuns(job: ReviewJob, judged: Judged, others: readonly Review[], ports: ReviewPorts): Promise<string> {
  const { review, policyChange } = judged;
  const shows = describeShown(review);
  // Where the head is shared, another review may have published since.
  const published = others.length === 0 ? judged.published : undefined;
  const run = { ...renderCheckRun(carryWorst(review, others)), shows };
  const taken = await ports.publisher.publishCheckRun(job, review.headSha, run, published);
  if (taken === null) throw new HeadGone(`${job.repo}@${review.headSha} is gone`);
  if (run.conclusion !== "success" && run.conclusion !== "neutral") await ports.reviews.forgetOpened(job, review.headSha);
  await ports.shown.saveShown(job, shows, taken.shownSince);
  const paid = carryWorstPayments(review, others);
  const payments = (paid ? renderPaymentCheckRun(paid) : null) ?? renderPaymentsUntouched();
  await ports.publisher.publishCheckRun(job, review.headSha, payments, published);
  if (policyChange) await ports.publisher.publishCheckRun(job, review.headSha, renderPolicyCheckRun(policyChange), published);
  return taken.url;
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

/** Whether the pull request is no longer open at this head, or was judged there later with another result. */
function isOvertaken(review: Review, ofHead: readonly Review[]): boolean {
  const own = ofHead.find(({ number }) => number === review.number);
  if (!own) return true;
  return Date.parse(own.reviewedAt) > Date.parse(review.reviewedAt) && resultOf(own) !== resultOf(review);
}

function resultOf({ verdict, shortfalls, acceptance }: Review): string {
  return JSON.stringify([verdict, shortfalls.map(({ fingerprint }) => fingerprint).toSorted(), acceptance]);
}

/** Whether the others on a head are those that were published, with the same results. */
function isSame(published: readonly Review[], now: readonly Review[], own: number): boolean {
  const named = (reviews: readonly Review[]) =>
    reviews
      .filter(({ number }) => number !== own)
      .map((review) => `${review.number} ${resultOf(review)}`)
      .toSorted()
      .join("\n");
  return named(published) === named(now);
}
