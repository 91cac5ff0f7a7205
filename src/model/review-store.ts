import type { PullRequestRef } from "./job.ts";
import type { Review } from "./review.ts";

/** Remembers reviews by head SHA. */
export interface ReviewStore {
  saveReview(ref: PullRequestRef, review: Review): Promise<void>;
  /** The newest review of each open pull request of the repository whose head is this SHA. */
  loadReviewsOfHead(repo: string, headSha: string): Promise<readonly Review[]>;
  /** The newest review of one pull request at one head, or null when there is none. */
  loadReview(repo: string, number: number, headSha: string): Promise<Review | null>;
  /** Newest reviews of a pull request's heads on which an acceptance opened the check, newest first, at most 500. */
  loadOpenedReviews(repo: string, number: number): Promise<readonly Review[]>;
  /** Numbers of all pull requests that were ever judged at this head. */
  findNumbersOfHead(repo: string, headSha: string): Promise<readonly number[]>;
  /** Numbers of those whose acceptance opened the check on it. */
  findOpened(repo: string, headSha: string): Promise<readonly number[]>;
  /** Called once GitHub has taken a run that blocks: nothing stands open on this head any more. */
  forgetOpened(ref: PullRequestRef, headSha: string): Promise<void>;
  /** The newest reviews of a pull request, one a head, newest first. */
  loadRecentReviews(repo: string, number: number, limit: number): Promise<readonly Review[]>;
  /**
   * Forgets reviews made before this instant (ISO 8601) of heads that nobody looks at any more: not of an open pull request's
   * present head, and never one whose check an acceptance opened and nothing closed since. Returns how many.
   */
  deleteReviewsBefore(instant: string): Promise<number>;
  /** Saves the review of a head that the pull request has moved away from. */
  saveOldReview(ref: PullRequestRef, review: Review): Promise<void>;
  /**
   * A closed pull request no longer weighs on heads that it shared. A review made after this opens it again
   * (it was reopened), one made before does not.
   */
  closePullRequest(ref: PullRequestRef): Promise<void>;
}

/** Fingerprints that a check showed, and since when, ISO 8601 UTC. */
export interface ShownShortfalls {
  readonly fingerprints: readonly string[];
  readonly since: string;
}

/** What checks said was short, so that nobody signs for what they could not have seen. */
export interface ShownShortfallStore {
  /** Called once GitHub has the check. `since`: when it took it, ISO 8601 UTC; null stands for now. */
  saveShown(ref: PullRequestRef, fingerprints: readonly string[], since: string | null): Promise<void>;
  /** What the check showed at an instant (ISO 8601 UTC, whole seconds); null before its first. */
  loadShown(repo: string, number: number, at: string): Promise<ShownShortfalls | null>;
}
