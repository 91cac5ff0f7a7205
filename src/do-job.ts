import { answerComment, type CommentPorts } from "./accept-risk.ts";
import { doRound, type RoundPorts } from "./do-round.ts";
import { judgeAgain, type JudgeAgainPorts } from "./judge-again.ts";
import { judgeMergeGroup } from "./judge-merge-group.ts";
import type { CommentJob, Job, MergeGroupJob, PullRequestRef, ReplyJob, ReviewJob } from "./model/job.ts";
import { RepositoryRenamed } from "./model/repository-renamed.ts";
import { replyToButton } from "./reply.ts";
import { unjudgedReview } from "./judge/unjudged-review.ts";
import { renderServiceFault } from "./render/service-fault.ts";
import { reviewHead, reviewPullRequest } from "./review.ts";

/** Which try of a job this is. */
export interface Attempt {
  /** true when a failure now puts the job aside. */
  readonly last: boolean;
}

/** What went wrong, in words for the author of the pull request. */
export interface Fault {
  readonly reason: string;
  /** GitHub's id of the failed request, if there was one. */
  readonly requestId: string | null;
  /** true when the next try is due in any case, so that nobody needs to hear of it. */
  readonly passing: boolean;
}

/** The edges of a job, and what puts its errors into words. */
export interface JobPorts extends CommentPorts, JudgeAgainPorts, RoundPorts {
  readonly describeFault: (error: unknown) => Fault;
}

/**
 * Does one job. When a review fails the head says that we could not look, so that nobody waits in the dark; a
 * later try replaces it with the verdict. The failure itself is always rethrown: the queue decides on the next try.
 */
export async function doJob(job: Job, attempt: Attempt, ports: JobPorts): Promise<void> {
  try {
    await run(job, ports);
  } catch (error) {
    const renamed = error instanceof RepositoryRenamed && isOfPullRequest(job) ? await confirmRename(job, ports) : null;
    if (renamed && isOfPullRequest(job)) return doUnderNewName(job, renamed, ports);
    if (error instanceof RepositoryRenamed && isOfPullRequest(job) && (await moveComment(error, job, ports)))
      return ports.queue.enqueue(job);
    // The next round is due in any case, and every try of this one is in the log.
    if (job.kind === "round" && attempt.last) return;
    const fault = ports.describeFault(error);
    const isAwaited = job.kind === "review" || job.kind === "merge-group";
    const headSha = isAwaited ? (job.headSha ?? (attempt.last ? await ports.pullRequests.loadHead(job).catch(() => null) : null)) : null;
    if (isAwaited && headSha !== null && (!fault.passing || attempt.last)) {
      const run = renderServiceFault({ ...fault, retryAt: null, willRetry: !attempt.last });
      // GitHub may be what fails: then this cannot be said, and the first error is the one to report.
      await ports.publisher.publishCheckRun(job, headSha, run).catch(() => undefined);
      if (job.kind === "review") await saveUnjudged(job, headSha, fault, ports).catch(() => undefined);
    }
    throw error;
  }
}

/** Whoever shares the head is not free before this one was looked at. What was judged before at another head stays as it is. */
async function saveUnjudged(job: ReviewJob, headSha: string, { reason }: Fault, { reviews, pullRequests }: JobPorts): Promise<void> {
  const known = await pullRequests.loadHead(job);
  if (known === null || known === headSha)
    await reviews.saveReview(job, unjudgedReview({ ...job, headSha }, reason, new Date().toISOString()));
}

type PullRequestJob = ReviewJob | CommentJob | MergeGroupJob | ReplyJob;

function isOfPullRequest(job: Job): job is PullRequestJob {
  return "number" in job;
}

/** A comment that stands elsewhere proves nothing: the old name may be another repository's by now. The pull request itself decides. */
async function confirmRename(job: PullRequestJob, { source }: JobPorts): Promise<RepositoryRenamed | null> {
  try {
    await source.fetchPullRequest(job);
    return null;
  } catch (error) {
    if (error instanceof RepositoryRenamed) return error;
    throw error;
  }
}

/** The old name is another repository's by now, which has a pull request of this number too: what stands elsewhere goes there. */
async function moveComment(
  { commentNodeId, to }: RepositoryRenamed,
  { repo, number }: PullRequestRef,
  { repositories }: JobPorts,
): Promise<boolean> {
  return commentNodeId !== null && repositories.moveComment({ repo, number, nodeId: commentNodeId }, to);
}

/** The webhook of the new name may come later, or never; GitHub's word for it is as good. */
async function doUnderNewName(job: PullRequestJob, { from, to }: RepositoryRenamed, ports: JobPorts): Promise<void> {
  await ports.repositories.renameRepository(from, to, job.installationId);
  await ports.queue.enqueue({ ...job, repo: to });
}

async function run(job: Job, ports: JobPorts): Promise<void> {
  switch (job.kind) {
    case "review": {
      // What the merge queue holds cannot wait until all of this is written.
      const review = await reviewPullRequest(job, ports, async ({ verdict }) => {
        if (verdict === "blocked" || verdict === "undetermined") await judgeGroupsAgain(job, ports);
      });
      return finish(job, review?.headSha ?? null, ports);
    }
    case "head":
      return reviewHead(job, ports);
    case "reply":
      return replyToButton(job, ports);
    case "comment":
      return answerComment(job, ports);
    case "merge-group":
      await ports.heads.saveMergeGroup(job, job.headSha);
      await judgeMergeGroup(job, ports);
      return finish(job, job.headSha, ports);
    case "policy":
    case "signers":
    case "repository":
      return judgeAgain(job, ports);
    case "round":
      return doRound(job, ports);
  }
}

/**
 * Commits of the merge queue that this pull request is in were judged when they were made: what has ended since takes
 * their green back, if the queue has not merged them yet.
 */
async function judgeGroupsAgain(job: ReviewJob, { heads, queue }: JobPorts): Promise<void> {
  const { installationId, repo, number, deliveryId, cause } = job;
  for (const headSha of await heads.findRecentMergeGroups(job))
    await queue.enqueue({ kind: "merge-group", installationId, repo, number, headSha, deliveryId, cause });
}

/** The commit has its run: nothing needs to look for it. */
async function finish(ref: PullRequestRef, headSha: string | null, { heads }: JobPorts): Promise<void> {
  if (headSha !== null) await heads.saveFinished(ref, headSha);
}
