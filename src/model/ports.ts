import type { CheckRun } from "./check-run.ts";
import type { Inspection } from "./inspection.ts";
import type { Job, PullRequestRef } from "./job.ts";
import type { PlanItem } from "./plan-item.ts";
import type { PullRequest } from "./pull-request.ts";
import type { Review } from "./review.ts";

/** A pull request that was read: open, with its snapshot; closed, when nobody needs a verdict; or gone (404, uninstalled). */
export type FetchedPullRequest =
  | { readonly state: "open"; readonly pullRequest: PullRequest & { readonly headSha: string } }
  | { readonly state: "closed"; readonly headSha: string }
  | { readonly state: "gone" };

/** Reads a pull request, all of it, at its newest head. */
export interface PullRequestSource {
  /** Throws when GitHub cannot answer. */
  fetchPullRequest(ref: PullRequestRef): Promise<FetchedPullRequest>;
  /** Numbers of the open pull requests whose head is this SHA, as GitHub knows them. */
  fetchOpenPullRequestsOfHead(installationId: number, repo: string, headSha: string): Promise<readonly number[]>;
}

/** Reads code. May run in a worker with a memory limit and a deadline, because the code is hostile. */
export interface Inspector {
  /** Never rejects on hostile code: what exceeds its limits becomes an undetermined finding. */
  inspect(pullRequest: PullRequest, items: readonly PlanItem[]): Promise<Inspection>;
}

/** Writes what was rendered, idempotently. Decides nothing. */
export interface Publisher {
  /** One completed run of this name on the head: created, or the one that is there updated. Returns its web address. */
  publishCheckRun(ref: PullRequestRef, headSha: string, run: CheckRun): Promise<string>;
  /** The one sticky comment: created, edited in place, or left alone when a person deleted or hid it. `body` null: edit to the quiet form if it exists, never create. */
  publishStickyComment(ref: PullRequestRef, body: string | null, quietBody: string): Promise<void>;
  /** A reply to a person's request. */
  publishComment(ref: PullRequestRef, body: string): Promise<void>;
}

/** Remembers reviews by head SHA. */
export interface ReviewStore {
  saveReview(ref: PullRequestRef, review: Review): Promise<void>;
  /** The newest review of each open pull request of the repository whose head is this SHA. */
  loadReviewsOfHead(repo: string, headSha: string): Promise<readonly Review[]>;
  /** A closed pull request no longer weighs on heads that it shared. */
  closePullRequest(ref: PullRequestRef): Promise<void>;
}

/** Durable jobs. */
export interface JobQueue {
  /** Resolves when the job is on disk. A waiting job for the same pull request and kind takes its place. */
  enqueue(job: Job): Promise<void>;
}

/** Webhook deliveries, so that the same one twice is once. */
export interface DeliveryStore {
  /**
   * Puts the delivery and its jobs on disk in one transaction, before GitHub gets its answer. Returns false,
   * and enqueues nothing, when this delivery was recorded before and its jobs have not failed.
   */
  recordDelivery(deliveryId: string, event: string, jobs: readonly Job[]): Promise<boolean>;
}

/** Which comment is ours on a pull request. */
export interface StickyCommentStore {
  /** The comment's id; "removed" when a person deleted it, so that it is not posted again; null when there was none. */
  loadStickyComment(ref: PullRequestRef): Promise<number | "removed" | null>;
  saveStickyComment(ref: PullRequestRef, comment: number | "removed"): Promise<void>;
}
