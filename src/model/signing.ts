import type { CommentRef, PullRequestRef } from "./job.ts";
import type { Policy } from "./policy.ts";

/** A GitHub account as it was just read. The id stays when the login changes. */
export interface GitHubAccount {
  readonly id: number;
  readonly login: string;
  /** GitHub's: "User", "Bot", "Organization", ... */
  readonly type: string;
}

/** A comment, a review's summary or a comment on a line, as it reads now. */
export interface ConversationComment extends CommentRef {
  /** Where it stands. */
  readonly repo: string;
  readonly number: number;
  /** null: the account is gone. */
  readonly author: GitHubAccount | null;
  /** Who edited it last; null when nobody did, an account of id 0 when that account is gone. */
  readonly editor: GitHubAccount | null;
  readonly body: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  readonly editedAt: string | null;
  /** When somebody other than the author last changed it, also where the author has written over it since; null when nobody did. */
  readonly othersEditedAt: string | null;
  readonly url: string;
}

/** Reads comments with their editors. Throws when GitHub cannot answer. */
export interface CommentSourcePort {
  /** In the order asked; null for one that is gone, hidden from us, or a dismissed review. */
  fetchComments(installationId: number, comments: readonly CommentRef[]): Promise<readonly (ConversationComment | null)[]>;
}

/** Who had a hand in a pull request. null: could not be read. */
export interface Involvement {
  readonly pullRequestAuthor: GitHubAccount | null;
  /** Accounts linked to its commits as author, committer or co-author, merges of the base left out. */
  readonly commitAuthors: readonly GitHubAccount[] | null;
  readonly pushers: readonly GitHubAccount[] | null;
  /** Why it could not be read, where trying again does not help: one sentence. */
  readonly unread?: string;
}

/** A commit of a pull request with everyone who had a hand in it. */
export interface AuthoredCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly authors: readonly GitHubAccount[];
}

/** Who wrote a pull request, as its snapshot told along. */
export interface Authorship {
  readonly pullRequestAuthor: GitHubAccount | null;
  readonly commits: readonly AuthoredCommit[];
}

/** What gives a person the right to sign. null: could not be read. */
export interface Authority {
  /** `role_name`; "none" without access. */
  readonly roleName: string | null;
  /** The policy's teams, as it writes them, that the person is an active member of. */
  readonly memberOf: readonly string[] | null;
}

/** Reads what signing depends on, each time anew. What GitHub refuses to tell is null; throws when it cannot answer. */
export interface SigningSource {
  fetchInvolvement(ref: PullRequestRef): Promise<Involvement>;
  fetchAuthority(ref: PullRequestRef, account: GitHubAccount, decisionMakers: Policy["decisionMakers"]): Promise<Authority>;
  /** Everyone that the decision makers resolve to; null when they are too many or cannot be listed. */
  fetchCandidates(ref: PullRequestRef, decisionMakers: Policy["decisionMakers"]): Promise<readonly GitHubAccount[] | null>;
  /** The same, ten minutes old at most: for what a check says, never for what counts. */
  recallCandidates(ref: PullRequestRef, decisionMakers: Policy["decisionMakers"]): Promise<readonly GitHubAccount[] | null>;
  /**
   * Who had a hand in a pull request by what its snapshot and webhooks told, for what a check says, never for what
   * counts: asks GitHub nothing, and misses who only pushed before it was opened.
   */
  recallInvolvement(ref: PullRequestRef, authorship: Authorship): Promise<Involvement>;
}
