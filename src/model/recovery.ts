import type { PullRequestRef, RoundName } from "./job.ts";

/** A delivery whose newest attempt failed, as GitHub's log tells it. */
export interface FailedDelivery {
  /** `X-GitHub-Delivery`: the same for every attempt. */
  readonly guid: string;
  /** GitHub's id of the attempt. */
  readonly attemptId: string;
  /** "pull_request.opened" */
  readonly event: string;
  /** ISO 8601 UTC. */
  readonly failedAt: string;
}

/** GitHub's log of what it delivered to the app. */
export interface DeliveryLog {
  /**
   * The failed deliveries since an instant (ISO 8601), newest first, each once with its newest failed attempt. `complete` is
   * false when there were more than are read at a time.
   */
  fetchFailedDeliveries(since: string): Promise<{ readonly failures: readonly FailedDelivery[]; readonly complete: boolean }>;
  /** Asks GitHub to deliver again. "gone": it no longer can. */
  redeliver(attemptId: string): Promise<"asked" | "gone">;
}

/** Remembers what was missed until it is through or given up. */
export interface MissedDeliveryStore {
  /**
   * Notes failures. A new one is due now; one that was asked for again and failed again is due after `pauseMs`, doubled
   * for each further try.
   */
  saveFailures(failures: readonly FailedDelivery[], now: string, pauseMs: number): Promise<void>;
  /** What is due, oldest failure first. */
  findDue(now: string, limit: number): Promise<readonly (FailedDelivery & { readonly tries: number })[]>;
  /** How many wait to be asked for again. */
  countDue(): Promise<number>;
  saveAsked(guid: string): Promise<void>;
  saveGivenUp(guid: string): Promise<void>;
  /** Forgets those that failed before this instant. */
  deleteMissedBefore(instant: string): Promise<void>;
}

/** A repository that the app is installed on. */
export interface InstalledRepository {
  readonly installationId: number;
  /** "owner/name". */
  readonly repo: string;
}

/** An open pull request as a list shows it. */
export interface ListedPullRequest {
  readonly number: number;
  readonly headSha: string;
}

/** Lists what GitHub has. */
export interface InstallationListing {
  /** Ids of the installations that are not suspended. */
  fetchInstallations(): Promise<readonly number[]>;
  /** "owner/name" of the installation's repositories that are not archived. `complete` is false when there were more than are read at a time. */
  fetchRepositories(installationId: number): Promise<{ readonly repos: readonly string[]; readonly complete: boolean }>;
  /** Open pull requests of several repositories of an installation, by name. Left out are those that one question does not show whole. */
  fetchOpenHeads(installationId: number, repos: readonly string[]): Promise<ReadonlyMap<string, readonly ListedPullRequest[]>>;
  /** The open pull requests, last updated first; null when the repository is out of reach. */
  fetchOpenPullRequests(
    repository: InstalledRepository,
  ): Promise<{ readonly pulls: readonly ListedPullRequest[]; readonly complete: boolean } | null>;
}

/** Remembers which repositories there are and when each was looked through. */
export interface InstalledRepositoryStore {
  /** Adds those that are new, and those with pull requests that we know of. */
  saveRepositories(repositories: readonly InstalledRepository[]): Promise<void>;
  /** Puts them in front of the line for the next look. */
  saveUnswept(repositories: readonly InstalledRepository[]): Promise<void>;
  findRepositories(installationId: number): Promise<readonly string[]>;
  /** Those that were not looked through for the longest time, and not since `before`. */
  findLeastSwept(limit: number, before: string): Promise<readonly InstalledRepository[]>;
  saveSwept(repo: string, at: string): Promise<void>;
}

/** Remembers which commits got their check. */
export interface AwaitedHeadStore {
  /** A commit of the merge queue waits for its check. */
  saveMergeGroup(ref: PullRequestRef, headSha: string): Promise<void>;
  /** Our finished run stands on the commit. */
  saveFinished(ref: PullRequestRef, headSha: string): Promise<void>;
  /** Of these heads of one repository, those without our finished run whose next repair is due. */
  findUnfinished(repo: string, heads: readonly ListedPullRequest[], now: string): Promise<readonly ListedPullRequest[]>;
  /** Commits of the merge queue, seen between the two instants, that wait for our run and whose next repair is due. */
  findUnfinishedMergeGroups(from: string, to: string, limit: number): Promise<readonly (PullRequestRef & { readonly headSha: string })[]>;
  /** Commits of the merge queue that hold this pull request, seen within the last six hours (GitHub's longest wait for checks). */
  findRecentMergeGroups(ref: PullRequestRef): Promise<readonly string[]>;
  /** Notes a repair. The next one of the same head is due after `pauseMs`, doubled for each further one, a day at most. */
  saveRepair(ref: PullRequestRef, headSha: string, now: string, pauseMs: number): Promise<void>;
  /** Forgets commits of the merge queue seen before this instant. */
  deleteMergeGroupsBefore(instant: string): Promise<void>;
}

/** Remembers rounds, so that several processes do each once. */
export interface RoundStore {
  /** A round came to its end. */
  saveRoundDone(round: RoundName, startedAt: string): Promise<void>;
}
