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
  const found =
    job.kind === "policy"
      ? await ports.pullRequests.findOpenPullRequests(job.repo, MOST_AGAIN)
      : await ports.acceptances.findSignedPullRequests({
          installationId: job.installationId,
          ...(job.repo === null ? {} : { repo: job.repo }),
          ...(job.personId === null ? {} : { personId: job.personId }),
        });
  // A new policy touches every open pull request, and nobody waits for most of them; a lost authority is urgent.
  if (job.kind === "policy")
    await enqueueReviews(await ports.acceptances.findSignedPullRequests({ repo: job.repo }), job, ports.queue, false);
  await enqueueReviews(found, job, ports.queue, job.kind === "policy");
}

/** Judges open pull requests again whose accepted risk ran out from one day (null: ever) up to before another, YYYY-MM-DD. */
export async function judgeExpired(
  from: string | null,
  before: string,
  ports: Pick<JudgeAgainPorts, "acceptances" | "queue">,
): Promise<void> {
  const found = await ports.acceptances.findSignedPullRequests({
    ...(from === null ? {} : { retrofitFrom: from }),
    retrofitBefore: before,
  });
  await enqueueReviews(found, { deliveryId: `expiry-${before}`, cause: "acceptance.expired" }, ports.queue, false);
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

async function followRepository({ change, installationId }: RepositoryJob, ports: JudgeAgainPorts): Promise<void> {
  const { repositories, installed } = ports;
  if (change.what === "renamed") return repositories.renameRepository(change.from, change.to);
  if (change.what === "gone") return repositories.closeRepositories(installationId, change.repos);
  const repos = change.repos ?? (await installed.findRepositories(installationId));
  await installed.saveUnswept(repos.map((repo) => ({ installationId, repo })));
  await ports.startRound(change.repos === null ? "discover" : "sweep");
}
