import type { CommentRef, Job, PullRequestRef } from "./job.ts";
import type { AcceptanceEvent, AcceptanceState, Person, RecordedAcceptance, RegisterCause, Signature } from "./recorded-acceptance.ts";

/** The risk register: who accepted what, when, and what became of it. Its history can only grow. */
export interface AcceptanceStore {
  /**
   * Saves a signature, its first event and the job that judges again, all or nothing. The same person signing the same
   * form in the same comment again, while that acceptance is active, is the acceptance that is there.
   */
  recordAcceptance(ref: PullRequestRef, signature: Signature, cause: RegisterCause, job: Job): Promise<RecordedAcceptance>;
  /**
   * Ends an active acceptance, with its event and the job that judges again (null: the caller does), all or nothing.
   * Returns false when it was not active.
   */
  endAcceptance(id: number, state: Exclude<AcceptanceState, "active">, cause: RegisterCause, job: Job | null): Promise<boolean>;
  /** Fills in the base of those active signatures of a pull request that were recorded before bases were. */
  saveBase(repo: string, number: number, base: string): Promise<void>;
  /** The active acceptances of a pull request, oldest first. */
  loadAcceptances(repo: string, number: number): Promise<readonly RecordedAcceptance[]>;
  /** Those of a pull request that were taken back or voided, oldest first. */
  loadEndedAcceptances(repo: string, number: number): Promise<readonly RecordedAcceptance[]>;
  /** Open pull requests with active acceptances that fit every given filter. Retrofit dates are YYYY-MM-DD. */
  findSignedPullRequests(filter: {
    readonly installationId?: number;
    readonly repo?: string;
    readonly personId?: number;
    readonly retrofitFrom?: string;
    readonly retrofitBefore?: string;
  }): Promise<readonly PullRequestRef[]>;
  /** How many acceptances are active, in all repositories. */
  countActive(): Promise<number>;
  /** The active acceptances that stand on this comment, as form or as signature. */
  findAcceptancesOfComment(repo: string, commentId: number): Promise<readonly RecordedAcceptance[]>;
  /** The history of an acceptance, oldest first. */
  loadAcceptanceEvents(id: number): Promise<readonly AcceptanceEvent[]>;
}

/** Logins by GitHub id. The only place that names people. */
export interface PersonStore {
  savePerson(person: Person): Promise<void>;
  /** Forgets the login. The register keeps the id. */
  erasePerson(githubId: number): Promise<void>;
}

/** Remembers which comments hold forms, signatures and withdrawals. Never what they say. */
export interface RiskCommentStore {
  saveRiskComment(ref: PullRequestRef, comment: CommentRef): Promise<void>;
  /** The newest hundred of a pull request, oldest first. */
  loadRiskComments(repo: string, number: number): Promise<readonly CommentRef[]>;
}
