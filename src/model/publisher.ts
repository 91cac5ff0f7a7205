import type { CheckRun } from "./check-run.ts";
import type { CommentRef, PullRequestRef } from "./job.ts";

/** A check run of ours on a head, the newest of its name. */
export interface PublishedRun {
  readonly id: number;
  readonly name: string;
  readonly externalId: string;
  /** How many it carries. */
  readonly annotations: number;
  /** ISO 8601 UTC; null while it is not completed. */
  readonly completedAt: string | null;
}

/** A check run that GitHub has taken. */
export interface TakenCheckRun {
  /** Its web address. */
  readonly url: string;
  /** Since when it shows the shortfalls that it shows, by GitHub's clock, ISO 8601 UTC; null when GitHub did not say. */
  readonly shownSince: string | null;
}

/** What of ours stood on GitHub when a pull request was read. null: not all of it was seen. */
export interface Published {
  readonly runs: readonly PublishedRun[] | null;
  readonly ownComments: readonly { readonly id: number; readonly body: string }[] | null;
}

/** Writes what was rendered, idempotently. Decides nothing. */
export interface Publisher {
  /**
   * One completed run of this name on the head: created, or the one that is there updated. Returns null when the commit is
   * gone. `published`: what stood there a moment ago; without it that is looked up.
   */
  publishCheckRun(ref: PullRequestRef, headSha: string, run: CheckRun, published?: Published): Promise<TakenCheckRun | null>;
  /** Since when the newest run of this name on the head shows these very shortfalls, ISO 8601 UTC; null when it does not. */
  findShownSince(ref: PullRequestRef, headSha: string, run: Pick<CheckRun, "name" | "shows">): Promise<string | null>;
  /** The one sticky comment: created, edited in place, or left alone when a person deleted or hid it. `body` null: edit to the quiet form if it exists, never create. */
  publishStickyComment(ref: PullRequestRef, body: string | null, quietBody: string, published?: Published): Promise<void>;
  /** The one reply to a person's request, which came with this delivery. */
  publishComment(ref: PullRequestRef, body: string, deliveryId: string): Promise<void>;
}

/** Answers comments. */
export interface RiskReplyPublisher {
  /**
   * The one comment of ours that answers a comment: created, or edited in place. null: nothing is asked any more, and an
   * answer that is there says so.
   */
  publishReply(ref: PullRequestRef, to: CommentRef, body: string | null): Promise<void>;
}

/** Which comment is ours on a pull request. */
export interface StickyCommentStore {
  /** null when none was ever posted. `removed`: a person deleted it, so that it is not posted again. */
  loadStickyComment(ref: PullRequestRef): Promise<{ readonly commentId: number; readonly removed: boolean } | null>;
  saveStickyComment(ref: PullRequestRef, commentId: number): Promise<void>;
  saveStickyCommentRemoved(ref: PullRequestRef): Promise<void>;
}
