/** A pull request as GitHub addresses it. */
export interface PullRequestRef {
  readonly installationId: number;
  /** "owner/name". */
  readonly repo: string;
  readonly number: number;
}

/** Review the newest head of a pull request. Jobs for the same pull request coalesce. */
export interface ReviewJob extends PullRequestRef {
  readonly kind: "review";
  /** `X-GitHub-Delivery` of the webhook that asked for it: in every log line of the job. */
  readonly deliveryId: string;
  /** What asked for it, for the log: "pull_request.opened". */
  readonly cause: string;
  /** Head SHA as the webhook told it: a hint for where to say that we could not look; the head is read again. */
  readonly headSha: string | null;
}

/** Publish something a person asked for with a button: the plan skeleton or the risk form, as a comment. */
export interface ReplyJob extends PullRequestRef {
  readonly kind: "reply";
  readonly deliveryId: string;
  readonly cause: string;
  readonly reply: "plan-skeleton" | "risk-form";
}

export type Job = ReviewJob | ReplyJob;
