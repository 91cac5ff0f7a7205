import type { PullRequestRef } from "./job.ts";
import type { Person } from "./recorded-acceptance.ts";

/** What an event or a snapshot said of a pull request. */
export interface PullRequestSeen {
  /** null when the source did not say; the known head then stays. */
  readonly headSha: string | null;
  readonly state: "open" | "closed";
  /** Since when it is so (GitHub's `updated_at`), ISO 8601 UTC. */
  readonly at: string;
}

/** Remembers which pull requests are open, at which head. Events may arrive in any order. */
export interface PullRequestStore {
  /** Older news never overwrites newer. */
  savePullRequest(ref: PullRequestRef, seen: PullRequestSeen): Promise<void>;
  /** The head that a pull request was last seen at; null when it was never seen. */
  loadHead(ref: PullRequestRef): Promise<string | null>;
  /** Heads that it moved away from and that nobody has forgotten yet. */
  loadLeftHeads(ref: PullRequestRef): Promise<readonly string[]>;
  /** Called once those that share a left head are to be judged again. */
  forgetLeftHead(ref: PullRequestRef, headSha: string): Promise<void>;
  /** The open pull requests of the repository, newest first, at most `limit`. */
  findOpenPullRequests(repo: string, limit: number): Promise<readonly PullRequestRef[]>;
  /** The open pull requests of the repository that share this head, by number. */
  findOpenPullRequestsOfHead(repo: string, headSha: string): Promise<readonly PullRequestRef[]>;
}

/** A push to a pull request. */
export interface PullRequestPush {
  readonly pusher: Person;
  /** Commits before and after; before is "" for the push that opened it. */
  readonly before: string;
  readonly after: string;
}

/** Remembers who pushed to pull requests, as webhooks told it: forks' activity cannot be read. */
export interface PushStore {
  savePush(repo: string, number: number, push: PullRequestPush): Promise<void>;
  loadPushes(repo: string, number: number): Promise<readonly PullRequestPush[]>;
}
