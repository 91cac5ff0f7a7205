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

export type Job = ReviewJob | HeadJob | ReplyJob;

/** Jobs with the same key coalesce: at most one waits while one runs. */
export function coalescingKey(job: Job): string {
  return job.kind === "head" ? `head ${job.repo}@${job.headSha}` : `${job.kind} ${job.repo}#${job.number}${job.kind === "reply" ? ` ${job.reply}` : ""}`;
}
