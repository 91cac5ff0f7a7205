import type { Job as BossJob, PgBoss } from "pg-boss";
import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import { saveDeliveriesDone, saveDeliveriesMoved } from "../database/delivery-store.ts";
import type { Job } from "../model/job.ts";
import { jobKey } from "./job-key.ts";
import { JOBS } from "./start-boss.ts";

/** Which try of a job this is: 1 for the first. */
export interface Attempt {
  readonly attempt: number;
  /** true when a failure now puts the job aside. */
  readonly last: boolean;
}

/** Does one job. `signal` aborts when the job ran too long, another process took it over, or the queue stops waiting. */
export type JobRunner = (job: Job, signal: AbortSignal, attempt: Attempt) => Promise<void>;

interface Surroundings {
  readonly boss: PgBoss;
  readonly database: Database;
  readonly log: Logger;
  readonly tries: number;
}

/** A job that failed, while a newer one for the same work waits, is that one's to do. Returns whether it was handed over. */
async function isHandedOver({ boss, database }: Surroundings, taken: BossJob<Job>): Promise<boolean> {
  if (taken.retryCount === 0) return false;
  const [newer] = await boss.findJobs(JOBS, { key: jobKey(taken.data), queued: true, limit: 1 });
  if (!newer) return false;
  await saveDeliveriesMoved(database.db, taken.id, newer.id);
  return true;
}

/**
 * Runs a job that was taken from the queue, with its delivery in every log line. Rejects when the runner does, with the
 * message alone: what it rejects with is stored, and an error of a client may carry a token.
 */
export async function runJob(surroundings: Surroundings, taken: BossJob<Job>, runner: JobRunner): Promise<void> {
  const { database, tries } = surroundings;
  const job = taken.data;
  const log = surroundings.log.child({
    deliveryId: job.deliveryId,
    job: jobKey(job),
    cause: job.cause,
    attempt: taken.retryCount + 1,
  });
  const last = taken.retryCount + 1 >= tries;
  try {
    if (await isHandedOver(surroundings, taken)) {
      log.info("a newer job for the same work waits: left to it");
      return;
    }
    await runner(job, taken.signal, { attempt: taken.retryCount + 1, last });
    await saveDeliveriesDone(database.db, taken.id);
  } catch (error) {
    log[last ? "error" : "warn"](
      { err: error },
      last ? "the job failed for the last time and was put aside" : "the job failed and will be tried again",
    );
    throw new Error(error instanceof Error ? error.message : String(error));
  }
}
