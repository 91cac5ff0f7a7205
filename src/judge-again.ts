import type { PolicyJob, PullRequestRef, RepositoryJob, RoundName, SignersJob } from "./model/job.ts";
import type { JobQueue } from "./model/job-queue.ts";
import type { PullRequestStore } from "./model/pull-request-store.ts";
import type { RepositoryStore } from "./model/repository-store.ts";
import type { AcceptanceStore } from "./model/risk-register.ts";
import type { InstalledRepositoryStore } from "./model/recovery.ts";

/** Open pull requests of one repository that are judged again at most. */
const MOST_AGAIN = 1000;

/** The edges that what happens around a pull request meets. */
export interface JudgeAgainPorts {
  readonly pullRequests: PullRequestStore;
  readonly acceptances: AcceptanceStore;
  readonly repositories: RepositoryStore;
  readonly installed: InstalledRepositoryStore;
  readonly queue: JobQueue;
  /** Begins a round now, whenever the last one was. */
  readonly startRound: (round: RoundName) => Promise<void>;
}

/** Judges again what the change of a policy, a role or a team may change, or follows a repository. */
export async function judgeAgain(job: PolicyJob | SignersJob | RepositoryJob, ports: JudgeAgainPorts): Promise<void> {
  if (job.kind === "repository") return followRepository(job, ports);
  if (job.kind === "policy") return judgeRepository(job.repo, job, ports);
  const found = await ports.acceptances.findSignedPullRequests({
    installationId: job.installationId,
    ...(job.repo === null ? {} : { repo: job.repo }),
    ...(job.personId === null ? {} : { personId: job.personId }),
  });
  await enqueueReviews(found, job, ports.queue, false);
}

/** Judges what is open in a repository again: accepted risks first, as a lost authority is urgent; nobody waits for most of the others. */
async function judgeRepository(
  repo: string,
  origin: { readonly deliveryId: string; readonly cause: string },
  { acceptances, pullRequests, queue }: JudgeAgainPorts,
): Promise<void> {
  await enqueueReviews(await acceptances.findSignedPullRequests({ repo }), origin, queue, false);
  await enqueueReviews(await pullRequests.findOpenPullRequests(repo, MOST_AGAIN), origin, queue, true);
}

/**
 * Judges open pull requests again whose accepted risk ran out from one day (null: ever) up to before another, YYYY-MM-DD; then, once a
 * day, all whose risk is accepted: a webhook that never came may have told of a lost role, another base or a withdrawal.
 */
export async function judgeExpired(
  from: string | null,
  before: string,
  ports: Pick<JudgeAgainPorts, "acceptances" | "queue">,
): Promise<void> {
  const found = await ports.acceptances.findSignedPullRequests({
    ...(from === null ? {} : { retrofitFrom: from }),
    retrofitBefore: before,
  });
  const deliveryId = `expiry-${before}`;
  await enqueueReviews(found, { deliveryId, cause: "acceptance.expired" }, ports.queue, false);
  await enqueueReviews(
    await ports.acceptances.findSignedPullRequests({}),
    { deliveryId, cause: "acceptance.looked-at" },
    ports.queue,
    true,
  );
}

async function enqueueReviews(
  refs: readonly PullRequestRef[],
  { deliveryId, cause }: { readonly deliveryId: string; readonly cause: string },
  queue: JobQueue,
  isBackfill: boolean,
): Promise<void> {
  for (const ref of refs)
    await queue.enqueue({ kind: "review", ...ref, headSha: null, deliveryId, cause, ...(isBackfill ? { backfill: true } : {}) });
}

async function followRepository(job: RepositoryJob, ports: JudgeAgainPorts): Promise<void> {
  const { change, installationId } = job;
  const { repositories, installed } = ports;
  if (change.what === "renamed") {
    await repositories.renameRepository(change.from, change.to, installationId);
    // What was told under the old name, or to the old owner's installation, may never be done.
    return judgeRepository(change.to, job, ports);
  }
  if (change.what === "gone") return repositories.closeRepositories(installationId, change.repos);
  const repos = change.repos ?? (await installed.findRepositories(installationId));
  await installed.saveUnswept(repos.map((repo) => ({ installationId, repo })));
  await ports.startRound(change.repos === null ? "discover" : "sweep");
}
