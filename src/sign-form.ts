import { readFacts } from "./check-authority.ts";
import { findSeen } from "./find-seen.ts";
import type { Shortfall } from "./model/acceptance.ts";
import type { Signature } from "./model/recorded-acceptance.ts";
import type { RiskForm } from "./model/risk-form.ts";
import { readSignatures } from "./read-signatures.ts";
import type { RiskReply } from "./render/risk-reply.ts";
import { applyAcceptances } from "./risks/covers.ts";
import { maySign, type SigningAnswer, type SigningFacts, type SigningRefusal } from "./risks/may-sign.ts";
import type { RiskComment } from "./risks/read-risk-comment.ts";
import type { SigningDesk } from "./signing-desk.ts";

/** The form that is signed: a complete one, in whose comment it stands, under its code. */
export interface FormToSign {
  readonly comment: RiskComment;
  readonly code: string;
  readonly form: RiskForm;
}

/** Refusals after which a reader wants to know whether anybody is left to sign. */
const ABOUT_PEOPLE: readonly SigningRefusal[] = ["bot", "author", "commit-author", "pusher", "no-authority"];

/**
 * Signs a form in the name of the comment's author, if that person may: records the acceptance of every shortfall that
 * is open now and that the check showed when the comment was written, at the head that was just read, with the job that
 * judges again. The same signature twice is one.
 */
export async function signForm(form: FormToSign, desk: SigningDesk): Promise<RiskReply> {
  const { author, comment } = desk.comment;
  const refuse = (because: string): Extract<RiskReply, { kind: "signature-refused" }> => ({ kind: "signature-refused", because });
  const isOwnText = form.comment.comment.nodeId === comment.nodeId;

  const active = desk.signatures.counted.find((each) => isSame(each, form, desk));
  if (active) return signedReply(form, desk, active.fingerprints);
  if (isOwnText && comment.othersEditedAt !== null)
    return refuse("Somebody else has edited this comment, so it cannot be one person's word: post the form in a new comment.");
  if (!isOwnText && comment.editor !== null && comment.editor.id !== author.id)
    return refuse(`@${comment.editor.login} edited this comment, so it is no longer the word of @${author.login}: post it again.`);
  if (isOvertaken(form, desk)) return refuse("This signature has ended since it was written. To sign again, post it in a new comment.");
  const { open, covered } = applyAcceptances(desk.review.shortfalls, desk.signatures.counted, desk.context.now);
  if (open.length === 0) return { kind: "form-asked", review: { ...desk.review, shortfalls: covered } };
  const answer = await askWhetherMaySign(form, isOwnText, desk);
  if (!answer.allowed) return { ...refuse(answer.reason), mayNever: ABOUT_PEOPLE.includes(answer.refusal) };
  const seen = await findSeen(desk.job, { open, base: desk.context.base ?? undefined }, desk.comment.writtenAt, desk.ports);
  if (seen.length === 0) return refuse(await explainUnseen(open, desk));

  const signature: Signature = {
    signer: { githubId: author.id, login: author.login },
    shortfalls: seen.map(({ id, fingerprint, detail }) => ({ id, fingerprint, detail })),
    retrofitOn: form.form.retrofitOn,
    engineerWeeks: form.form.engineerWeeks,
    mitigation: form.form.mitigation,
    headSha: desk.context.headSha,
    base: desk.context.base,
    formCode: form.code,
    formCommentId: form.comment.comment.commentId,
    formNodeId: form.comment.comment.nodeId,
    commentId: comment.commentId,
    nodeId: comment.nodeId,
    commentUrl: comment.url,
    signedAt: desk.comment.writtenAt,
  };
  const cause = {
    actor: signature.signer,
    at: desk.comment.writtenAt,
    deliveryId: desk.job.deliveryId,
    commentUrl: comment.url,
    headSha: desk.context.headSha,
  };
  const recorded = await desk.ports.acceptances.recordAcceptance(desk.job, signature, cause, desk.reviewJob);
  desk.signatures = await readSignatures(desk.job, desk.context, desk.ports);
  if (desk.signatures.ended.some(({ id }) => id === recorded.id))
    return refuse("The form was changed before this was read, so the signature does not count: sign it in a new comment as it reads now.");
  return signedReply(
    form,
    desk,
    signature.shortfalls.map(({ fingerprint }) => fingerprint),
  );
}

/** Why nothing that is open now was there to be signed for. */
async function explainUnseen(open: readonly Shortfall[], { job, context: { base }, comment, ports }: SigningDesk): Promise<string> {
  const elsewhere = base === null ? [] : await findSeen(job, { open, base: undefined }, comment.writtenAt, ports);
  const what = elsewhere.length > 0 ? "The base branch of now" : "What is open now";
  return `${what} was not on the check when this was written: look at the check, then sign in a new comment.`;
}

function isSame(each: { acceptedById: number; nodeId: string; formCode: string }, form: FormToSign, { comment }: SigningDesk): boolean {
  return each.acceptedById === comment.author.id && each.nodeId === comment.comment.nodeId && each.formCode === form.code;
}

/**
 * Whether this signature, or what was withdrawn, ended after the comment was written: a delivery that comes late or
 * twice never revives it.
 */
function isOvertaken(form: FormToSign, desk: SigningDesk): boolean {
  const { comment, signatures } = desk;
  const writtenAt = Date.parse(comment.writtenAt);
  if (signatures.ended.some((each) => isSame(each, form, desk) && Date.parse(each.endedAt ?? "") >= writtenAt)) return true;
  return [...signatures.comments.values()].some(
    (other) =>
      other.comment.nodeId !== comment.comment.nodeId &&
      (other.author.id === comment.author.id || other.author.id === form.comment.author.id) &&
      other.commands.some((command) => command.kind === "withdraw") &&
      Date.parse(other.writtenAt) >= writtenAt,
  );
}

async function askWhetherMaySign(form: FormToSign, isOwnText: boolean, desk: SigningDesk): Promise<SigningAnswer> {
  const { policy } = desk.context;
  const { involvement } = desk.signatures;
  const facts: SigningFacts = {
    ...(await readFacts(desk.job, desk.comment.author, policy, { ports: desk.ports, involvement })),
    how: isOwnText ? "own-text" : "code",
    text: { author: form.comment.author, lastEditor: form.comment.comment.editor },
    acceptedBy: form.form.acceptedBy,
  };
  const answer = maySign(facts);
  if (answer.allowed || !ABOUT_PEOPLE.includes(answer.refusal)) return answer;
  const candidates = await desk.ports.signing.fetchCandidates(desk.job, policy.decisionMakers);
  return candidates ? maySign({ ...facts, candidates }) : answer;
}

function signedReply({ form }: FormToSign, desk: SigningDesk, fingerprints: readonly string[]): RiskReply {
  const { review, signatures, context, comment } = desk;
  const { covered, open } = applyAcceptances(review.shortfalls, signatures.counted, context.now);
  const given = covered.filter((shortfall) => fingerprints.includes(shortfall.fingerprint));
  return { kind: "signed", by: comment.author.login, form, covered: given, open };
}
