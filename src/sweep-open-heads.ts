import type { Job, PullRequestRef, RoundJob } from "./model/job.ts";
import type { JobQueue } from "./model/job-queue.ts";
import type { PullRequestStore } from "./model/pull-request-store.ts";
import type { RepositoryStore } from "./model/repository-store.ts";
import type {
  AwaitedHeadStore,
  InstallationListing,
  InstalledRepository,
  InstalledRepositoryStore,
  ListedPullRequest,
} from "./model/recovery.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Repositories looked through in a round: one request each, so at most 720 an hour in all. */
const MOST_REPOSITORIES = 60;
/** Reviews that one round puts in line. */
const MOST_REPAIRS = 200;
/** Open pull requests of a repository that are compared with what GitHub lists. */
const MOST_KNOWN = 1000;
/** The queue gives up waiting after an hour by default, and after six at most (GitHub docs, managing-a-merge-queue). */
const MERGE_GROUP_LIFE_MS = 6 * HOUR_MS;
/** Its first job may still be on its way into the queue. */
const MERGE_GROUP_YOUNG_MS = 2 * MINUTE_MS;
/** Rounds that the second repair of the same head waits, doubled for each further one. */
const REPAIR_PAUSE_ROUNDS = 2;
/** Repositories in a row that cannot be read: then GitHub is what fails, and the rest waits for the next round. */
const MOST_FAILURES = 3;

/** The edges that a sweep meets. */
export interface SweepPorts {
  readonly listing: InstallationListing;
  readonly installed: InstalledRepositoryStore;
  readonly heads: AwaitedHeadStore;
  readonly pullRequests: PullRequestStore;
  readonly repositories: RepositoryStore;
  readonly queue: JobQueue;
  /** Whether a job for the same work waits or runs. */
  readonly isUnfinished: (job: Job) => Promise<boolean>;
  /** Time between two rounds. */
  readonly recoveryIntervalMs: number;
}

/**
 * Looks for commits that wait for a run of ours which nothing is about to bring: heads of open pull requests, and
 * commits of the merge queue. Each is judged after everything that somebody waits for. Repositories take turns, those
 * looked through longest ago first. Rejects when GitHub does not answer for several of them.
 */
export async function sweepOpenHeads(job: RoundJob, ports: SweepPorts): Promise<void> {
  const startedAt = new Date(job.startedAt).getTime();
  const instantBefore = (ms: number) => new Date(startedAt - ms).toISOString();
  const groups = await ports.heads.findUnfinishedMergeGroups(
    instantBefore(MERGE_GROUP_LIFE_MS),
    instantBefore(MERGE_GROUP_YOUNG_MS),
    MOST_REPAIRS,
  );
  for (const group of groups) await repair(group, group.headSha, { ...originOf(job), kind: "merge-group", ...group }, job, ports);

  await ports.installed.saveRepositories([]);
  let repairs = 0;
  let failures = 0;
  for (const repository of await ports.installed.findLeastSwept(MOST_REPOSITORIES, instantBefore(ports.recoveryIntervalMs / 2))) {
    try {
      repairs += await sweepRepository(repository, job, ports);
      await ports.installed.saveSwept(repository.repo, job.startedAt);
      failures = 0;
    } catch (error) {
      if ((failures += 1) >= MOST_FAILURES) throw error;
    }
    if (repairs >= MOST_REPAIRS) return;
  }
}

/** Returns how many reviews it put in line. */
async function sweepRepository(repository: InstalledRepository, job: RoundJob, ports: SweepPorts): Promise<number> {
  const { repo, installationId } = repository;
  const listed = await ports.listing.fetchOpenPullRequests(repository);
  if (listed === null) {
    await ports.repositories.closeRepositories(installationId, [repo]);
    return 0;
  }
  const unfinished = await ports.heads.findUnfinished(repo, listed.pulls, job.startedAt);
  const closed = listed.complete ? await findClosed(repo, listed.pulls, ports) : [];
  let repairs = 0;
  for (const { number, headSha } of unfinished) {
    const ref = { installationId, repo, number };
    if (await repair(ref, headSha, { ...originOf(job), kind: "review", ...ref, headSha }, job, ports)) repairs += 1;
  }
  for (const ref of closed) await ports.queue.enqueue({ ...originOf(job), kind: "review", ...ref, headSha: null });
  return repairs + closed.length;
}

/** Pull requests that we take for open and GitHub does not list: what closed them was missed, and they weigh on shared heads. */
async function findClosed(
  repo: string,
  open: readonly ListedPullRequest[],
  { pullRequests }: SweepPorts,
): Promise<readonly PullRequestRef[]> {
  const numbers = new Set(open.map(({ number }) => number));
  return (await pullRequests.findOpenPullRequests(repo, MOST_KNOWN)).filter(({ number }) => !numbers.has(number));
}

/** Puts the job in line unless one for the same work is there. Returns whether it did. */
async function repair(ref: PullRequestRef, headSha: string, job: Job, { startedAt }: RoundJob, ports: SweepPorts): Promise<boolean> {
  if (await ports.isUnfinished(job)) return false;
  await ports.heads.saveRepair(ref, headSha, startedAt, REPAIR_PAUSE_ROUNDS * ports.recoveryIntervalMs);
  await ports.queue.enqueue(job);
  return true;
}

function originOf({ deliveryId }: RoundJob) {
  return { deliveryId, cause: "recovery.sweep", backfill: true } as const;
}
