import type { Acceptance } from "./acceptance.ts";

/** A GitHub account. The id stays when the login changes. */
export interface Person {
  readonly githubId: number;
  readonly login: string;
}

/** "active" until it is taken back, invalidated (an edit, lost authority), or the risk is retired. */
export type AcceptanceState = "active" | "withdrawn" | "voided" | "retired";

/** Why a signature does not count, or no longer. */
export type SignatureEnd =
  | "not-authorised"
  | "not-named"
  | "another-text"
  | "form-edited"
  | "form-deleted"
  | "signature-edited"
  | "signature-deleted"
  | "authority-lost"
  | "base-changed"
  | "withdrawn"
  | "expired";

/** A shortfall as it was when it was accepted. */
export interface AcceptedShortfall {
  readonly id: string;
  readonly fingerprint: string;
  readonly detail: string;
}

/** A signature to be recorded: what was accepted, by whom, and the two comments it stands on. */
export interface Signature {
  readonly signer: Person;
  readonly shortfalls: readonly AcceptedShortfall[];
  /** Calendar date, YYYY-MM-DD, UTC. */
  readonly retrofitOn: string;
  /** More than 0, at most two decimals. */
  readonly engineerWeeks: number;
  readonly mitigation: string;
  readonly headSha: string;
  /** The base branch that the change was to be merged into; null when it is not known. */
  readonly base: string | null;
  /** Hash of the signed form's text. */
  readonly formCode: string;
  /** The comment that holds the form; the signing comment itself when the signer wrote it. */
  readonly formCommentId: number;
  readonly commentId: number;
  readonly commentUrl: string;
  /** GitHub's global ids of the two comments, under which they are read again. */
  readonly formNodeId?: string;
  readonly nodeId?: string;
  /** ISO 8601 UTC. */
  readonly signedAt: string;
}

/** An acceptance in the risk register. */
export interface RecordedAcceptance extends Acceptance {
  readonly id: number;
  readonly repo: string;
  readonly number: number;
  /** GitHub id of the signer. `acceptedBy` is the login last seen, or "user-<id>" once the name was erased. */
  readonly acceptedById: number;
  readonly state: AcceptanceState;
  /** The base branch that the change was to be merged into; null where it was not recorded. */
  readonly base: string | null;
  readonly shortfalls: readonly AcceptedShortfall[];
  readonly formCode: string;
  readonly formCommentId: number;
  readonly commentId: number;
  /** GitHub's global ids of the two comments; "" where they were not recorded. */
  readonly formNodeId: string;
  readonly nodeId: string;
  /** "owner/name" of the repository when it was signed: the code of the form is bound to it. */
  readonly signedIn: string;
  /** ISO 8601 UTC; null while it is active. */
  readonly endedAt: string | null;
  /** Why it ended; null while it is active, and where no reason was recorded. */
  readonly endedBecause: SignatureEnd | null;
}

/** Why the register changes: who did it and what told us. */
export interface RegisterCause {
  /** null when the app itself did it (authority lost, a date passed). */
  readonly actor: Person | null;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly deliveryId: string | null;
  readonly commentUrl: string | null;
  readonly headSha: string | null;
  /** Why an acceptance ends. */
  readonly reason?: SignatureEnd;
}

/** One line of the register's history, for good. Names no login: the person may ask to be forgotten. */
export interface AcceptanceEvent {
  readonly id: number;
  readonly acceptanceId: number;
  /** "signed", or the state it ended in. */
  readonly action: "signed" | Exclude<AcceptanceState, "active">;
  readonly actorId: number | null;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** What the register said before and after; null before the first event. */
  readonly oldValue: unknown;
  readonly newValue: unknown;
  readonly deliveryId: string | null;
  readonly commentUrl: string | null;
  readonly headSha: string | null;
}
