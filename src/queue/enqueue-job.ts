import { type Db, type PgBoss, fromKysely } from "pg-boss";
import type { Transaction } from "../database/database.ts";
import type { Job } from "../model/job.ts";
import { jobKey } from "./job-key.ts";
import { JOBS } from "./start-boss.ts";

// A worker can take the waiting job between our attempt to insert and our attempt to edit; each round needs a new worker to do so.
const ROUNDS = 20;

/** A job that somebody waits for goes before one that nobody does. */
const URGENT = 10;
const BACKFILL = 0;

/** The waiting job for the same work, if there is one: work that nobody waits for is left to it. */
async function findWaiting(boss: PgBoss, job: Job, connection: { db?: Db }): Promise<string | undefined> {
  const [waiting] = await boss.findJobs(JOBS, { key: jobKey(job), queued: true, limit: 1, ...connection });
  return waiting?.id;
}

/** A job that waits after failed tries is new work again: it starts at once and has all its tries. */
async function renewTries(boss: PgBoss, id: string, tries: number, connection: { db?: Db }): Promise<void> {
  const [waiting] = await boss.findJobs<Job>(JOBS, { id, ...connection });
  if (waiting?.state !== "retry") return;
  await boss.update(JOBS, undefined, { id, startAfter: 0, retryLimit: waiting.retryCount + tries, ...connection });
}

/**
 * Adds a job, or puts it in the place of the one that waits for the same work; a backfill leaves that one as it is. Durable when it resolves; with `trx`, when
 * that commits. Returns the id of the job that will do the work. Throws when the database cannot save it.
 */
export async function enqueueJob(boss: PgBoss, job: Job, tries: number, trx?: Transaction): Promise<string> {
  const connection = trx ? { db: fromKysely(trx) } : {};
  const isBackfill = job.backfill === true;
  const waiting = isBackfill ? await findWaiting(boss, job, connection) : undefined;
  if (waiting !== undefined) return waiting;
  const priority = isBackfill ? BACKFILL : URGENT;
  for (let round = 0; round < ROUNDS; round++) {
    const { jobs, updated } = await boss.upsert(JOBS, { ...job }, { singletonKey: jobKey(job), priority, ...connection });
    const [id] = jobs;
    if (id === undefined) continue;
    if (updated > 0) await renewTries(boss, id, tries, connection);
    return id;
  }
  throw new Error(`the job ${jobKey(job)} could not be queued: workers took its place ${ROUNDS} times`);
}
