import { type PgBoss, fromKysely } from "pg-boss";
import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import type { TransactionalQueue } from "../database/transactional-queue.ts";
import type { Job } from "../model/job.ts";
import type { JobQueue } from "../model/job-queue.ts";
import { type DeadJob, findDeadJobs } from "./dead-jobs.ts";
import { enqueueJob } from "./enqueue-job.ts";
import { failJobsLeftRunning, putBackInterruptedJobs } from "./put-back-jobs.ts";
import { type QueueDepth, hasUnfinishedJob, loadDepth, loadOldestWaitingSeconds } from "./queue-depth.ts";
import { type JobRunner, type TakenJob, runJob } from "./run-job.ts";
import { DEAD_JOBS, DEFAULT_RETRY, JOBS, type RetrySettings, startBoss } from "./start-boss.ts";

const RESUME_INTERVAL_MS = 2_000;

export interface QueueOptions {
  readonly database: Database;
  readonly log: Logger;
  /** How many jobs this process runs at a time. */
  readonly concurrency: number;
  readonly retry?: Partial<RetrySettings>;
}

/** Durable jobs, coalesced per pull request and kind: at most one waits and one runs. */
export interface Queue extends JobQueue, TransactionalQueue {
  /** Starts taking jobs. Call it once. */
  work(runner: JobRunner): Promise<void>;
  /**
   * Takes no more jobs and waits for the running ones, at most `timeoutMs` (1,000 at least); those still running then are
   * aborted and go back in line. Safe to call twice. The database stays open.
   */
  stop(options: { readonly timeoutMs: number }): Promise<void>;
  depth(): Promise<QueueDepth>;
  /** Whether a job for the same work waits, is about to be tried again, or runs. */
  isUnfinished(job: Job): Promise<boolean>;
  /** Age in seconds of the oldest job that could have started and has not; 0 when none waits. A job between tries does not count. */
  oldestWaitingSeconds(): Promise<number>;
  /** Jobs that were given up, newest first. */
  findDeadJobs(limit: number): Promise<readonly DeadJob[]>;
  /** Puts jobs that were given up back in line, oldest first, at most 1,000. Returns how many. */
  retryDeadJobs(): Promise<number>;
}

async function startWorkers(boss: PgBoss, concurrency: number, run: (job: TakenJob) => Promise<void>): Promise<void> {
  for (let worker = 0; worker < concurrency; worker++) {
    let workerId = "";
    const options = {
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 1,
      heartbeatRefreshSeconds: 3,
      includeMetadata: true,
    } as const;
    workerId = await boss.work(JOBS, options, async ([job]: TakenJob[]) => {
      if (!job) return;
      try {
        await run(job);
      } finally {
        // Otherwise a worker sleeps out the polling interval after a short job, whatever waits.
        boss.notifyWorker(workerId);
      }
    });
  }
}

/** Puts interrupted jobs back in line now, and where other processes may be killed at any time, every two seconds. */
async function startResuming(boss: PgBoss, { source }: Database, log: Logger): Promise<NodeJS.Timeout | undefined> {
  if (source.kind === "embedded") await failJobsLeftRunning(boss);
  const resume = async () => {
    const count = await putBackInterruptedJobs(boss);
    if (count > 0) log.warn({ count }, "jobs whose process ended before them were put back in line");
  };
  await resume();
  if (source.kind === "embedded") return undefined;
  // A database that cannot be reached is reported by every worker already.
  return setInterval(() => void resume().catch(() => {}), RESUME_INTERVAL_MS).unref();
}

/** Starts the queue on an open database. Throws when its tables cannot be created. */
export async function createQueue({ database, log, concurrency, retry }: QueueOptions): Promise<Queue> {
  const settings = { ...DEFAULT_RETRY, ...retry };
  const boss = await startBoss(database, log, settings);
  const resuming = await startResuming(boss, database, log);
  return {
    async enqueue(job) {
      database.refuseInsideTransaction("the queue was");
      await enqueueJob(boss, job, settings.tries);
    },
    enqueueWithin: (trx, job) => enqueueJob(boss, job, settings.tries, trx),
    async isUnfinishedWithin(trx, jobId) {
      const [job] = await boss.findJobs(JOBS, { id: jobId, db: fromKysely(trx) });
      return job !== undefined && ["created", "retry", "active"].includes(job.state);
    },
    work: (runner) => startWorkers(boss, concurrency, (job) => runJob({ boss, database, log }, job, runner)),
    stop({ timeoutMs }) {
      clearInterval(resuming);
      return boss.stop({ graceful: true, timeout: timeoutMs });
    },
    depth: () => loadDepth(boss),
    isUnfinished: (job) => hasUnfinishedJob(boss, job),
    oldestWaitingSeconds: () => loadOldestWaitingSeconds(boss),
    findDeadJobs: (limit) => findDeadJobs(boss, limit),
    retryDeadJobs: () => boss.redrive(DEAD_JOBS),
  };
}
