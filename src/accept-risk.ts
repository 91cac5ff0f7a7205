import { describeDecisionMakers } from "./judge/describe-decision-makers.ts";
import type { CommentJob, JobOrigin, PullRequestRef } from "./model/job.ts";
import type { RiskReplyPublisher } from "./model/publisher.ts";
import { readOwnComments } from "./read-own-comments.ts";
import { readSignatures, type SignaturePorts } from "./read-signatures.ts";
import { renderClosedReply } from "./render/closed-reply.ts";
import { renderRiskReply } from "./render/render-risk-reply.ts";
import type { RiskReply } from "./render/risk-reply.ts";
import type { ReviewPorts } from "./judge-pull-request.ts";
import { reviewSnapshot } from "./review-snapshot.ts";
import { addDays, utcDateOf } from "./risks/calendar.ts";
import { isAboutRisk, type RiskCommand } from "./risks/find-commands.ts";
import { readRiskComment } from "./risks/read-risk-comment.ts";
import { runCommand } from "./run-command.ts";
import type { SigningDesk } from "./signing-desk.ts";

/** The edges that a comment meets. */
export interface CommentPorts extends ReviewPorts, SignaturePorts {
  readonly replies: RiskReplyPublisher;
}

/**
 * Does what a comment asks for and answers it with one comment of ours, edited in place as the text changes. The text,
 * its author and its editor are read from GitHub now; our own comments and bots' ask for nothing. A signature is in the
 * register before GitHub hears of it. Rejects when an edge fails; the queue then tries again, and does nothing twice.
 */
export async function answerComment(job: CommentJob, ports: CommentPorts): Promise<void> {
  const [read = null] = await readOwnComments(job, [job], ports.comments);
  if (read !== null && read.author?.type !== "User") return;
  const known = await isKnown(job, ports);
  // Commands are found without the policy; their meaning is read once it is at hand.
  const commands = read ? (readRiskComment(read, { now: read.createdAt, horizonDays: 0 })?.commands ?? []) : [];
  const concernsRisk = commands.some(isAboutRisk);
  if (concernsRisk) await ports.riskComments.saveRiskComment(job, job);
  if (read === null && job.withdrawal) await endWithdrawn(job, job.withdrawal, ports);
  if (read === null || commands.length === 0) {
    if (known) await ports.queue.enqueue(reviewOf(job));
    await ports.replies.publishReply(job, job, null);
    return;
  }

  const fetched = await ports.source.fetchPullRequest(job);
  // Its closing may have been missed: what it opened is taken back.
  if (fetched.state === "closed") await ports.queue.enqueue(reviewOf(job));
  // What was said while it was open stays said.
  if (fetched.state === "closed" && known) return;
  if (fetched.state === "closed") return answerOnClosed(job, commands, fetched.isMerged, ports);
  if (fetched.state === "gone") return;
  const { pullRequest } = fetched;
  const { policy, now, headSha, base } = pullRequest;
  const comment = readRiskComment(read, { now, horizonDays: policy.horizonDays });
  if (!comment) return;
  const context = { policy, now, headSha, base, deliveryId: job.deliveryId, comments: pullRequest.comments };
  const desk: SigningDesk = {
    job,
    context,
    comment,
    ports,
    review: await reviewSnapshot({ ...pullRequest, acceptances: [] }, ports.inspector),
    signatures: await readSignatures(job, context, ports),
    reviewJob: reviewOf(job),
  };
  const replies = await runCommands(desk);
  if (concernsRisk || known) await ports.queue.enqueue(reviewOf(job));
  await ports.replies.publishReply(job, job, renderRiskReply(replies, replyContext(desk)));
}

/** Ends what the author of a withdrawal had signed before it, though the comment is gone. Deleting it never revives a signature. */
async function endWithdrawn(
  job: CommentJob,
  { by, login, at }: NonNullable<CommentJob["withdrawal"]>,
  { acceptances }: CommentPorts,
): Promise<void> {
  const actor = { githubId: by, login };
  for (const { id, acceptedById, signedAt, url } of await acceptances.loadAcceptances(job.repo, job.number)) {
    if (acceptedById !== by || Date.parse(signedAt) > Date.parse(at)) continue;
    const cause = { actor, at, deliveryId: job.deliveryId, commentUrl: url, headSha: null, reason: "withdrawn" } as const;
    await acceptances.endAcceptance(id, "withdrawn", cause, reviewOf(job));
  }
}

/** Nothing is signed or judged on a closed pull request; what is asked for is answered all the same. */
async function answerOnClosed(
  job: CommentJob,
  commands: readonly RiskCommand[],
  isMerged: boolean,
  { replies }: CommentPorts,
): Promise<void> {
  const isWithdrawal = commands.some((command) => command.kind === "withdraw");
  await replies.publishReply(job, job, renderClosedReply({ isMerged, isWithdrawal }));
}

async function runCommands(desk: SigningDesk): Promise<readonly RiskReply[]> {
  const replies: RiskReply[] = [];
  for (const command of desk.comment.commands) replies.push(await runCommand(command, desk));
  return replies;
}

/** Whether this comment ever held a form, a signature or a withdrawal. */
async function isKnown(job: CommentJob, { riskComments, acceptances }: CommentPorts): Promise<boolean> {
  const pointers = await riskComments.loadRiskComments(job.repo, job.number);
  if (pointers.some((pointer) => pointer.nodeId === job.nodeId)) return true;
  return (await acceptances.findAcceptancesOfComment(job.repo, job.commentId)).length > 0;
}

function reviewOf({ installationId, repo, number, deliveryId, cause }: PullRequestRef & JobOrigin) {
  return { kind: "review", installationId, repo, number, headSha: null, deliveryId, cause } as const;
}

function replyContext({ context: { policy, now } }: SigningDesk) {
  const today = utcDateOf(now) ?? "";
  return {
    earliest: addDays(today, 1),
    latest: addDays(today, policy.horizonDays),
    decisionMakers: describeDecisionMakers(policy.decisionMakers),
  };
}
