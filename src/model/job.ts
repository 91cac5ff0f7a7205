/** A pull request as GitHub addresses it. */
export interface PullRequestRef {
  readonly installationId: number;
  /** "owner/name". */
  readonly repo: string;
  readonly number: number;
}

/** What every job carries for the log. */
export interface JobOrigin {
  /** `X-GitHub-Delivery` of the webhook that asked for it: in every log line of the job. */
  readonly deliveryId: string;
  /** What asked for it: "pull_request.opened". */
  readonly cause: string;
  /** true: nobody waits for it at this moment. It starts after all that somebody waits for. */
  readonly backfill?: true;
}

/** Review the newest head of a pull request. Jobs for the same pull request coalesce. */
export interface ReviewJob extends PullRequestRef, JobOrigin {
  readonly kind: "review";
  /** Head SHA as the webhook told it: a hint for where to say that we could not look; the head is read again. */
  readonly headSha: string | null;
}

/** Review every open pull request that has this head: asked for where the webhook names no pull request. */
export interface HeadJob extends JobOrigin {
  readonly kind: "head";
  readonly installationId: number;
  readonly repo: string;
  readonly headSha: string;
}

/** Publish something a person asked for with a button: the plan skeleton or the risk form, as a comment. */
export interface ReplyJob extends PullRequestRef, JobOrigin {
  readonly kind: "reply";
  readonly reply: "plan-skeleton" | "risk-form";
}

/** Where a comment stands: on the conversation, as the summary of a review, or on a line of the diff. */
export type CommentSource = "issue_comment" | "review" | "review_comment";

/** A comment and how to read it again. */
export interface CommentRef {
  readonly source: CommentSource;
  readonly commentId: number;
  /** GitHub's global id, under which its text and its editor are read. */
  readonly nodeId: string;
}

/** Do what a comment asks for. The webhook is a hint: text, author and editor are read again. */
export interface CommentJob extends PullRequestRef, CommentRef, JobOrigin {
  readonly kind: "comment";
  /** The webhook told of a withdrawal: it counts also where somebody deleted the comment before it was read. */
  readonly withdrawal?: {
    /** GitHub id and login of the comment's author. */
    readonly by: number;
    readonly login: string;
    /** When it was written, ISO 8601 UTC. */
    readonly at: string;
  };
}

/** Judge a commit of the merge queue by the pull request that its branch names. */
export interface MergeGroupJob extends PullRequestRef, JobOrigin {
  readonly kind: "merge-group";
  /** The queue's own commit, where the check is awaited. */
  readonly headSha: string;
}

/** Judge the open pull requests of a repository again: its policy changed. */
export interface PolicyJob extends JobOrigin {
  readonly kind: "policy";
  readonly installationId: number;
  readonly repo: string;
}

/** Judge the open pull requests again on which a signature may have lost its authority. */
export interface SignersJob extends JobOrigin {
  readonly kind: "signers";
  readonly installationId: number;
  /** null: every repository of the installation. */
  readonly repo: string | null;
  /** GitHub id of the person whose role or team changed; null: anybody's. */
  readonly personId: number | null;
}

/** Follow what became of repositories: a new name, or out of our reach. */
export interface RepositoryJob extends JobOrigin {
  readonly kind: "repository";
  readonly installationId: number;
  readonly change:
    | { readonly what: "renamed"; readonly from: string; readonly to: string }
    /** Deleted, transferred away or no longer granted. null: all of the installation. */
    | { readonly what: "gone"; readonly repos: readonly string[] | null }
    /** Within our reach from now on: what is open there is judged. null: all of the installation. */
    | { readonly what: "granted"; readonly repos: readonly string[] | null };
}

/**
 * Work that the clock asks for: deliver again what failed, look for heads without a run, learn which repositories there
 * are, judge what ran out, forget old deliveries.
 */
export type RoundName = "redeliver" | "sweep" | "discover" | "expiry" | "forget";

/** Do one round of scheduled work. */
export interface RoundJob extends JobOrigin {
  readonly kind: "round";
  readonly round: RoundName;
  /** When this round began, ISO 8601 UTC. */
  readonly startedAt: string;
  /** When the last round that came to its end had begun; null for the first. */
  readonly previousAt: string | null;
}

export type Job = ReviewJob | HeadJob | ReplyJob | CommentJob | MergeGroupJob | PolicyJob | SignersJob | RepositoryJob | RoundJob;
