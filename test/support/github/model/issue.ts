import type { Account } from "./account.ts";
import type { App } from "./app.ts";
import type { Label, Repository } from "./repository.ts";

export interface Issue {
  readonly id: number;
  readonly number: number;
  readonly author: Account;
  readonly viaApp: App | null;
  readonly createdAt: string;
  title: string;
  body: string | null;
  state: "open" | "closed";
  stateReason: "completed" | "reopened" | "not_planned" | "duplicate" | null;
  updatedAt: string;
  closedAt: string | null;
  closedBy: Account | null;
  locked: boolean;
  readonly labels: Set<Label>;
  readonly assignees: Set<Account>;
  readonly reactions: Reaction[];
  readonly pull: PullRequest | null;
}

/** What a pull request has beyond being an issue. */
export interface PullRequest {
  readonly id: number;
  head: { readonly repository: Repository; readonly ref: string; sha: string };
  base: { readonly repository: Repository; readonly ref: string; sha: string };
  draft: boolean;
  mergedAt: string | null;
  mergedBy: Account | null;
  mergeCommitSha: string | null;
  readonly reviews: Review[];
  readonly reviewComments: ReviewComment[];
}

export interface Review {
  readonly id: number;
  readonly author: Account;
  readonly commitSha: string;
  body: string;
  state: "approved" | "changes_requested" | "commented" | "dismissed";
  readonly submittedAt: string;
  readonly edits: CommentEdit[];
}

export interface ReviewComment {
  readonly id: number;
  readonly author: Account;
  readonly commitSha: string;
  readonly path: string;
  readonly line: number;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  readonly edits: CommentEdit[];
}

export interface IssueComment {
  readonly id: number;
  readonly issueNumber: number;
  readonly author: Account;
  readonly viaApp: App | null;
  readonly createdAt: string;
  body: string;
  updatedAt: string;
  /** Every change of the text, oldest first. */
  readonly edits: CommentEdit[];
  /** Why someone hid it, or null. */
  minimizedReason: string | null;
  readonly reactions: Reaction[];
}

/** A change of a text, by its author or by someone else. */
export interface CommentEdit {
  readonly id: number;
  readonly editor: Account;
  readonly editedAt: string;
  readonly body: string;
  readonly before: string;
}

export interface Reaction {
  readonly id: number;
  readonly account: Account;
  readonly content: "+1" | "-1" | "laugh" | "confused" | "heart" | "hooray" | "rocket" | "eyes";
  readonly createdAt: string;
}
