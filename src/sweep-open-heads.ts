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

/** Requests of a round: at most 720 an hour in all. */
const MOST_REQUESTS = 60;
/** Repositories of one installation that one question is about. */
const REPOSITORIES_OF_A_QUESTION = 20;
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
 * looked through longest ago first, twenty to a question. Rejects when GitHub does not answer for several of them.
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
  const due = await ports.installed.findLeastSwept(MOST_REQUESTS * REPOSITORIES_OF_A_QUESTION, instantBefore(ports.recoveryIntervalMs / 2));
  let repairs = 0;
  let failures = 0;
  let requests = 0;
  for (const batch of batchesOf(due)) {
    const shown = await askFor(batch, ports);
    requests += 1;
    for (const repository of batch) {
      const known = shown.get(repository.repo);
      // What needs a request of its own waits for the next round where this one has none left.
      if (!known && (requests += 1) > MOST_REQUESTS) continue;
      try {
        const listed = known ? { pulls: known, complete: true } : await ports.listing.fetchOpenPullRequests(repository);
        repairs += await sweepRepository(repository, listed, job, ports);
        await ports.installed.saveSwept(repository.repo, job.startedAt);
        failures = 0;
      } catch (error) {
        if ((failures += 1) >= MOST_FAILURES) throw error;
      }
      if (repairs >= MOST_REPAIRS) return;
    }
    if (requests >= MOST_REQUESTS) return;
  }
}

/** Repositories of one installation each, in the order of their turn. */
function batchesOf(due: readonly InstalledRepository[]): readonly (readonly InstalledRepository[])[] {
  const all = [...Map.groupBy(due, ({ installationId }) => installationId).values()];
  return all.flatMap((ofOne) =>
    Array.from({ length: Math.ceil(ofOne.length / REPOSITORIES_OF_A_QUESTION) }, (_, index) =>
      ofOne.slice(index * REPOSITORIES_OF_A_QUESTION, (index + 1) * REPOSITORIES_OF_A_QUESTION),
    ),
  );
}

/** What one question shows; nothing when it cannot be asked, and each is then listed by itself. */
async function askFor(
  batch: readonly InstalledRepository[],
  { listing }: SweepPorts,
): Promise<ReadonlyMap<string, readonly ListedPullRequest[]>> {
  const [first] = batch;
  if (!first) return new Map();
  return listing
    .fetchOpenHeads(
      first.installationId,
      batch.map(({ repo }) => repo),
    )
    .catch(() => new Map());
}

/** Returns how many reviews it put in line. */
async function sweepRepository(
  { repo, installationId }: InstalledRepository,
  listed: Awaited<ReturnType<InstallationListing["fetchOpenPullRequests"]>>,
  job: RoundJob,
  ports: SweepPorts,
): Promise<number> {
  if (listed === null) {
    await ports.repositories.closeRepositories(installationId, [repo]);
    return 0;
  }
  const known = await ports.pullRequests.findOpenPullRequests(repo, MOST_KNOWN);
  const unfinished = await ports.heads.findUnfinished(repo, listed.pulls, job.startedAt);
  const lost = known.length < MOST_KNOWN ? findLost(listed.pulls, known, installationId) : [];
  const numbers = new Set(listed.pulls.map(({ number }) => number));
  // What closed them was missed, and they weigh on shared heads.
  const closed = listed.complete ? known.filter(({ number }) => !numbers.has(number)) : [];
  let repairs = 0;
  for (const { number, headSha } of new Set([...unfinished, ...lost])) {
    const ref = { installationId, repo, number };
    if (await repair(ref, headSha, { ...originOf(job), kind: "review", ...ref, headSha }, job, ports)) repairs += 1;
  }
  for (const ref of closed) await ports.queue.enqueue({ ...originOf(job), kind: "review", ...ref, headSha: null });
  return repairs + closed.length;
}

/**
 * Pull requests that are open and that we do not take for open here: they were out of reach for a while, were reopened, or came with their
 * repository from another owner, and what happened meanwhile was told to nobody.
 */
function findLost(
  listed: readonly ListedPullRequest[],
  known: readonly PullRequestRef[],
  installationId: number,
): readonly ListedPullRequest[] {
  const here = new Set(known.filter((each) => each.installationId === installationId).map(({ number }) => number));
  return listed.filter(({ number }) => !here.has(number));
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
