import type { RecordedAcceptance } from "../model/recorded-acceptance.ts";
import type { AcceptanceEvent, Signature } from "./acceptance-event.ts";
import { isSameCode } from "./form-code.ts";
import { codeUnderName, type RiskComment } from "./read-risk-comment.ts";

/** The register and the conversation, read just now. */
export interface SigningWorld {
  readonly acceptances: readonly RecordedAcceptance[];
  /** By global id. A comment of an acceptance that is not here is gone. */
  readonly comments: ReadonlyMap<string, RiskComment>;
  /** GitHub ids of signers who, read now, may no longer sign. */
  readonly lostAuthority: ReadonlySet<number>;
  /** The base branch, read now; null when it is not known. */
  readonly base: string | null;
  /** ISO 8601 UTC. */
  readonly now: string;
}

/** What happened to the acceptances, told from what is there now, and the signature that each of them is. */
export interface SigningHistory {
  readonly events: readonly AcceptanceEvent[];
  readonly signatures: ReadonlyMap<number, Signature>;
  /** The event id of each comment, by global id: ids of reviews and comments may be the same number. */
  readonly eventIds: ReadonlyMap<string, number>;
}

/** A text of its own for the fold: whatever was signed, it was not this. */
const OTHER_TEXT = "(another text)";

/**
 * Turns the present state into events for `standingOf`. Nothing is taken from a webhook, so lost, doubled and late
 * deliveries change nothing.
 */
export function signatureEvents(world: SigningWorld): SigningHistory {
  const nodes = new Set([...world.comments.keys(), ...world.acceptances.flatMap(({ formNodeId, nodeId }) => [formNodeId, nodeId])]);
  const eventIds = new Map([...nodes].map((node, index) => [node, index + 1]));
  const signatures = new Map(world.acceptances.map((acceptance) => [acceptance.id, toSignature(acceptance, eventIds)]));
  const signedForms = new Set(world.acceptances.map(({ formNodeId }) => formNodeId));
  const events: AcceptanceEvent[] = [
    ...signatures.values(),
    ...world.acceptances.flatMap((acceptance) => eventsOfForm(acceptance, world, idOf(eventIds, acceptance.formNodeId))),
    ...world.acceptances.flatMap((acceptance) => eventsOfSignature(acceptance, world, idOf(eventIds, acceptance.nodeId))),
    ...[...world.comments].flatMap(([node, comment]) => [
      ...(signedForms.has(node) ? [] : proposalOf(comment, idOf(eventIds, node))),
      ...withdrawalsOf(comment),
    ]),
    ...[...world.lostAuthority].map((of): AcceptanceEvent => ({ kind: "authority-lost", of, at: world.now })),
  ];
  return { events, signatures, eventIds };
}

const idOf = (ids: ReadonlyMap<string, number>, node: string): number => ids.get(node) ?? 0;

function toSignature(acceptance: RecordedAcceptance, ids: ReadonlyMap<string, number>): Signature {
  return {
    kind: "signed",
    at: acceptance.signedAt,
    formId: idOf(ids, acceptance.formNodeId),
    commentId: idOf(ids, acceptance.nodeId),
    by: acceptance.acceptedById,
    login: acceptance.acceptedBy,
    code: acceptance.formCode,
    authorised: true,
    fingerprints: acceptance.fingerprints,
    headSha: acceptance.headSha,
    url: acceptance.url,
  };
}

/** The text that was signed, as the register has it, and what became of it. */
function eventsOfForm(acceptance: RecordedAcceptance, { comments, now }: SigningWorld, formId: number): readonly AcceptanceEvent[] {
  const { acceptedBy, retrofitOn, engineerWeeks, mitigation, signedAt, formCode: code } = acceptance;
  const text = comments.get(acceptance.formNodeId);
  const proposed: AcceptanceEvent = {
    kind: "proposed",
    at: signedAt,
    formId,
    by: text?.author.id ?? 0,
    code,
    form: { retrofitOn, engineerWeeks, acceptedBy: [acceptedBy], mitigation },
  };
  if (!text) return [proposed, { kind: "comment-deleted", at: now, commentId: formId, by: null }];
  const { editor, editedAt, othersEditedAt } = text.comment;
  const current = codeUnderName(text, acceptance.signedIn);
  const isOwnText = acceptance.formNodeId === acceptance.nodeId;
  const byAnother = (editor !== null && editor.id !== acceptance.acceptedById) || isSince(othersEditedAt, signedAt);
  const isTouched = isOwnText ? byAnother : editedAt !== null && Date.parse(editedAt) > Date.parse(signedAt);
  if (current === code && !isTouched) return [proposed];
  const form = text.form?.parsed.kind === "complete" ? text.form.parsed.form : null;
  const at = editedAt !== null && Date.parse(editedAt) >= Date.parse(signedAt) ? editedAt : now;
  const edited = { kind: "form-edited", at, formId, by: editor?.id ?? 0 } as const;
  if (current === null) return [proposed, { ...edited, code: OTHER_TEXT, form: null }];
  if (current !== code || Date.parse(at) > Date.parse(signedAt)) return [proposed, { ...edited, code: current, form }];
  // Edited by another within the second of the signature, to the same text.
  return [proposed, { ...edited, code: OTHER_TEXT, form: null }];
}

/** What became of a signature: the branch it was given for, and the comment that signs a form by its code. */
function eventsOfSignature(acceptance: RecordedAcceptance, world: SigningWorld, commentId: number): readonly AcceptanceEvent[] {
  const { base, now } = world;
  if (base !== null && acceptance.base !== null && base !== acceptance.base) return [{ kind: "base-changed", at: now, commentId }];
  return eventsOfSigningComment(acceptance, world, commentId);
}

function eventsOfSigningComment(
  acceptance: RecordedAcceptance,
  { comments, now }: SigningWorld,
  commentId: number,
): readonly AcceptanceEvent[] {
  if (acceptance.formNodeId === acceptance.nodeId) return [];
  const current = comments.get(acceptance.nodeId);
  if (!current) return [{ kind: "comment-deleted", at: now, commentId, by: null }];
  const { editor, othersEditedAt } = current.comment;
  const byAnother = (editor !== null && editor.id !== acceptance.acceptedById) || isSince(othersEditedAt, acceptance.signedAt);
  const isSigning = current.commands.some((command) => command.kind === "sign" && isSameCode(command.code, acceptance.formCode));
  return isSigning && !byAnother ? [] : [{ kind: "signature-edited", at: now, commentId, by: editor?.id ?? 0 }];
}

/** Whether an edit came with the signature or after it. GitHub's times are whole seconds: a tie counts as after. */
function isSince(editedAt: string | null, signedAt: string): boolean {
  return editedAt !== null && Date.parse(editedAt) >= Date.parse(signedAt);
}

function proposalOf({ form, author, writtenAt }: RiskComment, formId: number): readonly AcceptanceEvent[] {
  if (form?.parsed.kind !== "complete") return [];
  return [{ kind: "proposed", at: writtenAt, formId, by: author.id, code: form.code, form: form.parsed.form }];
}

/** A withdrawal counts from when it was written; one that stands before a signature in the same comment does not reach it. */
function withdrawalsOf({ commands, author, writtenAt }: RiskComment): readonly AcceptanceEvent[] {
  const withdrawn = commands.findLastIndex((command) => command.kind === "withdraw");
  if (withdrawn === -1) return [];
  const isLast = !commands.slice(withdrawn + 1).some((command) => command.kind === "sign" || command.kind === "accept-risk");
  const at = isLast ? writtenAt : new Date(Date.parse(writtenAt) - 1).toISOString();
  return [{ kind: "withdrawn", by: author.id, at }];
}
