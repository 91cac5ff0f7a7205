import { type Db, type PgBoss, fromKysely } from "pg-boss";
import type { Transaction } from "../database/database.ts";
import type { Job } from "../model/job.ts";
import { jobKey } from "./job-key.ts";
import { JOBS } from "./start-boss.ts";

// A worker can take the waiting job between our attempt to insert and our attempt to edit; each round needs a new worker to do so.
const ROUNDS = 20;

/** A job that waits after failed tries is new work again: it starts at once and has all its tries. */
async function renewTries(boss: PgBoss, id: string, tries: number, connection: { db?: Db }): Promise<void> {
  const [waiting] = await boss.findJobs<Job>(JOBS, { id, ...connection });
  if (waiting?.state !== "retry") return;
  await boss.update(JOBS, undefined, { id, startAfter: 0, retryLimit: waiting.retryCount + tries, ...connection });
}

/**
 * Adds a job, or puts it in the place of the one that waits for the same work. Durable when it resolves; with `trx`, when
 * that commits. Returns the id of the job that will do the work. Throws when the database cannot save it.
 */
export async function enqueueJob(boss: PgBoss, job: Job, tries: number, trx?: Transaction): Promise<string> {
  const connection = trx ? { db: fromKysely(trx) } : {};
  for (let round = 0; round < ROUNDS; round++) {
    const { jobs, updated } = await boss.upsert(JOBS, { ...job }, { singletonKey: jobKey(job), ...connection });
    const [id] = jobs;
    if (id === undefined) continue;
    if (updated > 0) await renewTries(boss, id, tries, connection);
    return id;
  }
  throw new Error(`the job ${jobKey(job)} could not be queued: workers took its place ${ROUNDS} times`);
}
