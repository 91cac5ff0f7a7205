import type { JobWithMetadata, PgBoss } from "pg-boss";
import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import { saveDeliveriesDone, saveDeliveriesMoved } from "../database/delivery-store.ts";
import type { Job } from "../model/job.ts";
import { jobKey } from "./job-key.ts";
import { JOBS } from "./start-boss.ts";

/** Which try of a job this is: 1 for the first. */
interface Attempt {
  readonly attempt: number;
  /** true when a failure now puts the job aside. */
  readonly last: boolean;
}

/** Does one job. `signal` aborts when the job ran too long, another process took it over, or the queue stops waiting. */
export type JobRunner = (job: Job, signal: AbortSignal, attempt: Attempt) => Promise<void>;

/** A job as pg-boss hands it to a worker. */
export type TakenJob = JobWithMetadata<Job>;

interface Surroundings {
  readonly boss: PgBoss;
  readonly database: Database;
  readonly log: Logger;
}

/**
 * Leaves the work of a job that failed to a newer job for the same work, when one waits: it would do it again.
 * Returns whether there was one.
 */
async function handOver({ boss, database }: Surroundings, taken: TakenJob): Promise<boolean> {
  const [newer] = await boss.findJobs(JOBS, { key: jobKey(taken.data), queued: true, limit: 1 });
  if (!newer) return false;
  await saveDeliveriesMoved(database, taken.id, newer.id);
  return true;
}

/**
 * Runs a job that was taken from the queue, with its delivery in every log line. Rejects when the runner does, with the
 * message alone: what it rejects with is stored, and an error of a client may carry a token.
 */
export async function runJob(surroundings: Surroundings, taken: TakenJob, runner: JobRunner): Promise<void> {
  const { database } = surroundings;
  const job = taken.data;
  const attempt = taken.retryCount + 1;
  const last = taken.retryCount >= taken.retryLimit;
  const log = surroundings.log.child({ deliveryId: job.deliveryId, job: jobKey(job), cause: job.cause, attempt });
  try {
    if (attempt > 1 && (await handOver(surroundings, taken))) {
      log.info("a newer job for the same work waits: left to it");
      return;
    }
    await runner(job, taken.signal, { attempt, last });
    await saveDeliveriesDone(database.db, taken.id);
  } catch (error) {
    if (await handOver(surroundings, taken).catch(() => false)) {
      log.warn({ err: error }, "the job failed; a newer one for the same work waits and does it");
      return;
    }
    log[last ? "error" : "warn"](
      { err: error },
      last ? "the job failed for the last time and was put aside" : "the job failed and will be tried again",
    );
    // oxlint-disable-next-line preserve-caught-error -- the cause is what must not be stored
    throw new Error(error instanceof Error ? error.message : String(error));
  }
}
