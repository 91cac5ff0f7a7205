import type { CommentRef, PullRequestRef } from "./model/job.ts";
import type { AcceptanceStore, RiskCommentStore } from "./model/ports.ts";
import type { Policy } from "./model/policy.ts";
import type { Comment } from "./model/pull-request.ts";
import type { RecordedAcceptance, RegisterCause, SignatureEnd } from "./model/recorded-acceptance.ts";
import type { Authorship, CommentSourcePort, GitHubAccount, Involvement, SigningSource } from "./model/signing.ts";
import type { AcceptanceEvent } from "./risks/acceptance-event.ts";
import { findWaitingForms } from "./risks/acceptance-state.ts";
import { findAuthors } from "./risks/find-authors.ts";
import { findCommands, isAboutRisk } from "./risks/find-commands.ts";
import { maySign, type SigningFacts } from "./risks/may-sign.ts";
import { readRiskComment, type RiskComment } from "./risks/read-risk-comment.ts";
import { type SigningHistory, signatureEvents, type SigningWorld } from "./risks/signature-events.ts";
import { type SignatureStanding, standingOf } from "./risks/signature-end.ts";

/** The edges that signatures are read through. */
export interface SignaturePorts {
  readonly acceptances: AcceptanceStore;
  readonly riskComments: RiskCommentStore;
  readonly comments: CommentSourcePort;
  readonly signing: SigningSource;
}

/** Against what signatures are read: the policy in force, and the one clock. */
export interface SigningContext {
  readonly policy: Policy;
  /** ISO 8601 UTC. */
  readonly now: string;
  readonly deliveryId: string | null;
  readonly headSha: string;
  /** The conversation, where what a lost webhook did not tell of is found. */
  readonly comments: readonly Comment[];
  /** The snapshot's commits, with co-authors by the addresses that GitHub links to accounts; absent where only REST answered. */
  readonly authorship?: Authorship | undefined;
}

/** Where the signatures of a pull request stand, read from GitHub just now. */
export interface Signatures {
  /** Valid and not run out. */
  readonly counted: readonly RecordedAcceptance[];
  /** Valid, and their date is over. */
  readonly expired: readonly RecordedAcceptance[];
  /** Could not be checked, so they do not count now; `because` is one sentence. */
  readonly unchecked: readonly { readonly acceptance: RecordedAcceptance; readonly because: string }[];
  /** Ended now or before, newest last. */
  readonly ended: readonly RecordedAcceptance[];
  /** Complete forms that nobody has signed as they read now. */
  readonly waiting: readonly RiskComment[];
  /** All comments that hold forms, signatures or withdrawals, as they read now, by global id. */
  readonly comments: ReadonlyMap<string, RiskComment>;
  readonly events: readonly AcceptanceEvent[];
  readonly involvement: () => Promise<Involvement>;
}

/**
 * Reads all signatures of a pull request again: comments and their editors, roles, teams, authors and pushers. What no
 * longer holds is ended in the register, with its reason, before this resolves; so nothing is shown as accepted that is
 * not. Asks GitHub nothing where nobody ever proposed or signed anything. Throws when GitHub cannot answer.
 */
export async function readSignatures(ref: PullRequestRef, context: SigningContext, ports: SignaturePorts): Promise<Signatures> {
  const [active, pointers, ended] = await Promise.all([
    ports.acceptances.loadAcceptances(ref.repo, ref.number),
    ports.riskComments.loadRiskComments(ref.repo, ref.number),
    ports.acceptances.loadEndedAcceptances(ref.repo, ref.number),
  ]);
  const nodes = new Map(pointers.map((pointer) => [pointer.nodeId, pointer]));
  for (const pointer of findUntold(context.comments, nodes)) {
    await ports.riskComments.saveRiskComment(ref, pointer);
    nodes.set(pointer.nodeId, pointer);
  }
  for (const { nodeId, commentId, formNodeId, formCommentId } of active) {
    if (!nodes.has(nodeId)) nodes.set(nodeId, { source: "issue_comment", nodeId, commentId });
    if (!nodes.has(formNodeId)) nodes.set(formNodeId, { source: "issue_comment", nodeId: formNodeId, commentId: formCommentId });
  }
  const comments = await readComments(ref, [...nodes.values()], context, ports);
  const involvement = once(async () => withAuthors(await ports.signing.fetchInvolvement(ref), context.authorship));
  const authority = await checkAuthority(ref, active, comments, context, { ports, involvement });
  const world: SigningWorld = { acceptances: active, comments, lostAuthority: authority.lost, now: context.now };
  const history = signatureEvents(world);
  const standings = active.map((acceptance) => ({ acceptance, standing: stand(acceptance, history, context.now) }));
  const endedNow: RecordedAcceptance[] = [];
  for (const { acceptance, standing } of standings)
    if (standing.end !== null && standing.end !== "expired")
      endedNow.push(await endAcceptance(ref, acceptance, standing.end, world, context, ports));

  const unchecked = active.flatMap((acceptance) => {
    const because = authority.unread.get(acceptance.acceptedById);
    return because === undefined || endedNow.some(({ id }) => id === acceptance.id) ? [] : [{ acceptance, because }];
  });
  const isUnchecked = (acceptance: RecordedAcceptance) => unchecked.some((each) => each.acceptance.id === acceptance.id);
  const counted = standings.filter(({ acceptance, standing }) => standing.end === null && !isUnchecked(acceptance));
  const waiting = findWaitingForms(
    history.events,
    counted.map(({ standing }) => standing),
    context.now,
  );
  return {
    counted: counted.map(({ acceptance }) => acceptance),
    expired: standings.filter(({ standing }) => standing.end === "expired").map(({ acceptance }) => acceptance),
    unchecked,
    ended: [...ended, ...endedNow],
    waiting: [...comments].flatMap(([node, comment]) =>
      waiting.some((form) => form.formId === history.eventIds.get(node) && form.code === comment.form?.code) ? [comment] : [],
    ),
    comments,
    // What does not count now counts nowhere.
    events: history.events.filter((event) => event.kind !== "signed" || !authority.unread.has(event.by)),
    involvement,
  };
}

/** REST names a commit's author and committer only: the snapshot adds its co-authors. */
function withAuthors(involvement: Involvement, authorship: Authorship | undefined): Involvement {
  if (involvement.commitAuthors === null || !authorship) return involvement;
  return { ...involvement, commitAuthors: [...involvement.commitAuthors, ...findAuthors(authorship.commits)] };
}

/** Comments of the conversation with commands about risks that no webhook told of. */
function findUntold(comments: readonly Comment[], known: ReadonlyMap<string, CommentRef>): readonly CommentRef[] {
  return comments.flatMap(({ ref, body }) => (ref && !known.has(ref.nodeId) && findCommands(body).some(isAboutRisk) ? [ref] : []));
}

function stand(acceptance: RecordedAcceptance, { events, signatures }: SigningHistory, now: string): SignatureStanding {
  const signature = signatures.get(acceptance.id);
  if (!signature) throw new TypeError(`acceptance ${acceptance.id} has no signature`);
  return standingOf(signature, events, now);
}

async function readComments(
  { installationId, repo, number }: PullRequestRef,
  pointers: Parameters<CommentSourcePort["fetchComments"]>[1],
  { now, policy }: SigningContext,
  { comments }: SignaturePorts,
): Promise<ReadonlyMap<string, RiskComment>> {
  if (pointers.length === 0) return new Map();
  const found = await comments.fetchComments(installationId, pointers);
  const own = found.flatMap((comment) =>
    comment && comment.number === number && comment.repo.toLowerCase() === repo.toLowerCase()
      ? (readRiskComment(comment, { now, horizonDays: policy.horizonDays }) ?? [])
      : [],
  );
  return new Map(own.map((each) => [each.comment.nodeId, each]));
}

interface AuthorityCheck {
  readonly lost: ReadonlySet<number>;
  readonly unread: ReadonlyMap<number, string>;
}

/** Asks of every signer whether they may still sign here. */
async function checkAuthority(
  ref: PullRequestRef,
  active: readonly RecordedAcceptance[],
  comments: ReadonlyMap<string, RiskComment>,
  { policy }: SigningContext,
  { ports, involvement }: { ports: SignaturePorts; involvement: () => Promise<Involvement> },
): Promise<AuthorityCheck> {
  const lost = new Set<number>();
  const unread = new Map<number, string>();
  // An acceptance whose comment is gone or another's ends without asking.
  const signers = new Map(
    active.flatMap(({ acceptedById, nodeId }) => {
      const author = comments.get(nodeId)?.author;
      return author?.id === acceptedById ? [[acceptedById, author] as const] : [];
    }),
  );
  for (const [id, signer] of signers) {
    const facts = await readFacts(ref, signer, policy, { ports, involvement });
    const answer = maySign({ ...facts, how: "code", text: { author: signer, lastEditor: null }, acceptedBy: [signer.login] });
    if (answer.allowed) continue;
    if (answer.refusal === "could-not-read") unread.set(id, answer.reason);
    else lost.add(id);
  }
  return { lost, unread };
}

/** What `maySign` asks about a person, read now, without the form. */
export async function readFacts(
  ref: PullRequestRef,
  signer: GitHubAccount,
  policy: Policy,
  { ports, involvement }: { ports: Pick<SignaturePorts, "signing">; involvement: () => Promise<Involvement> },
): Promise<Omit<SigningFacts, "how" | "text" | "acceptedBy">> {
  const [authority, involved] = await Promise.all([ports.signing.fetchAuthority(ref, signer, policy.decisionMakers), involvement()]);
  return { signer, ...authority, ...involved, decisionMakers: policy.decisionMakers };
}

async function endAcceptance(
  ref: PullRequestRef,
  acceptance: RecordedAcceptance,
  end: SignatureEnd,
  world: SigningWorld,
  { now, deliveryId, headSha }: SigningContext,
  { acceptances }: SignaturePorts,
): Promise<RecordedAcceptance> {
  const state = end === "withdrawn" ? "withdrawn" : "voided";
  const by = whoEnded(acceptance, end, world);
  const cause: RegisterCause = {
    actor: by?.account.id ? { githubId: by.account.id, login: by.account.login } : null,
    at: by?.at ?? now,
    deliveryId,
    commentUrl: by?.url ?? acceptance.url,
    headSha,
    reason: end,
  };
  // Whoever found it may publish nothing: a command that only asks, or the merge queue. The check has to hear of it.
  const again = {
    kind: "review",
    ...refOf(ref),
    headSha: null,
    deliveryId: deliveryId ?? `end-${acceptance.id}`,
    cause: "acceptance.ended",
  } as const;
  await acceptances.endAcceptance(acceptance.id, state, cause, again);
  return { ...acceptance, state, endedAt: cause.at, endedBecause: end };
}

function refOf({ installationId, repo, number }: PullRequestRef): PullRequestRef {
  return { installationId, repo, number };
}

/** The person behind an end, where the conversation shows one. */
function whoEnded(
  acceptance: RecordedAcceptance,
  end: SignatureEnd,
  { comments }: SigningWorld,
): { readonly account: GitHubAccount; readonly at: string; readonly url: string } | null {
  if (end === "form-edited" || end === "signature-edited") {
    const comment = comments.get(end === "form-edited" ? acceptance.formNodeId : acceptance.nodeId)?.comment;
    return comment?.editor && comment.editedAt !== null ? { account: comment.editor, at: comment.editedAt, url: comment.url } : null;
  }
  if (end !== "withdrawn") return null;
  const formAuthor = comments.get(acceptance.formNodeId)?.author.id;
  const withdrawal = [...comments.values()].findLast(
    ({ author, commands, writtenAt }) =>
      (author.id === acceptance.acceptedById || author.id === formAuthor) &&
      commands.some((command) => command.kind === "withdraw") &&
      Date.parse(writtenAt) >= Date.parse(acceptance.signedAt),
  );
  return withdrawal ? { account: withdrawal.author, at: withdrawal.writtenAt, url: withdrawal.comment.url } : null;
}

function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined;
  return () => (value ??= read());
}
