import { checkAuthority } from "./check-authority.ts";
import { endAcceptance } from "./end-acceptance.ts";
import type { CommentRef, PullRequestRef } from "./model/job.ts";
import type { AcceptanceStore, RiskCommentStore } from "./model/risk-register.ts";
import type { Policy } from "./model/policy.ts";
import type { Comment } from "./model/pull-request.ts";
import type { RecordedAcceptance } from "./model/recorded-acceptance.ts";
import type { CommentSourcePort, Involvement, SigningSource } from "./model/signing.ts";
import { readOwnComments } from "./read-own-comments.ts";
import type { AcceptanceEvent } from "./risks/acceptance-event.ts";
import { findWaitingForms } from "./risks/acceptance-state.ts";
import { findCommands, isAboutRisk } from "./risks/find-commands.ts";
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
  /** The base branch; null when it is not known. */
  readonly base: string | null;
  /** The conversation, where what a lost webhook did not tell of is found. */
  readonly comments: readonly Comment[];
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
  if (context.base !== null && active.some(({ base }) => base === null))
    await ports.acceptances.saveBase(ref.repo, ref.number, context.base);
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
  const involvement = once(() => ports.signing.fetchInvolvement(ref));
  const authority = await checkAuthority(ref, active, comments, context.policy, { ports, involvement });
  const world: SigningWorld = { acceptances: active, comments, lostAuthority: authority.lost, base: context.base, now: context.now };
  const history = signatureEvents(world);
  const standings = active.map((acceptance) => ({ acceptance, standing: stand(acceptance, history, context.now) }));
  const endedNow: RecordedAcceptance[] = [];
  for (const { acceptance, standing } of standings)
    if (standing.end !== null && standing.end !== "expired")
      endedNow.push(await endAcceptance(ref, acceptance, standing.end, world, context, ports.acceptances));

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
  ref: PullRequestRef,
  pointers: Parameters<CommentSourcePort["fetchComments"]>[1],
  { now, policy }: SigningContext,
  { comments }: SignaturePorts,
): Promise<ReadonlyMap<string, RiskComment>> {
  const found = await readOwnComments(ref, pointers, comments);
  const own = found.flatMap((comment) => (comment && readRiskComment(comment, { now, horizonDays: policy.horizonDays })) ?? []);
  return new Map(own.map((each) => [each.comment.nodeId, each]));
}

function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined;
  return () => (value ??= read());
}
