import type { PgBoss } from "pg-boss";
import type { Job } from "../model/job.ts";
import { jobKey } from "./job-key.ts";
import { DEAD_JOBS, JOBS } from "./start-boss.ts";

/** How many jobs there are. */
export interface QueueDepth {
  readonly waiting: number;
  readonly running: number;
  /** Given up after the last try, and still there to be looked at. */
  readonly dead: number;
}

const DEPTH = `
  select
    (count(*) filter (where name = $1 and state < 'active'))::int as waiting,
    (count(*) filter (where name = $1 and state = 'active'))::int as running,
    (count(*) filter (where name = $2))::int as dead
  from pgboss.job
  where name in ($1, $2) and state <= 'active'`;

const OLDEST = `
  select coalesce(extract(epoch from now() - min(start_after)), 0)::float8 as seconds
  from pgboss.job
  where name = $1 and state < 'active' and start_after <= now()`;

/** Counts the jobs as they are now (pg-boss's own numbers are up to a minute old). */
export async function loadDepth(boss: PgBoss): Promise<QueueDepth> {
  const { rows } = await boss.getDb().executeSql(DEPTH, [JOBS, DEAD_JOBS]);
  return rows[0] as QueueDepth; // the query above, always one row
}

/** Age in seconds of the oldest job that could have started and has not; 0 when there is none. */
export async function loadOldestWaitingSeconds(boss: PgBoss): Promise<number> {
  const { rows } = await boss.getDb().executeSql(OLDEST, [JOBS]);
  return Math.max(0, Number(rows[0]?.seconds));
}

const UNFINISHED = `
  select 1 from pgboss.job where name = $1 and singleton_key = $2 and state <= 'active' limit 1`;

/** Whether a job for the same work waits, is about to be tried again, or runs. */
export async function hasUnfinishedJob(boss: PgBoss, job: Job): Promise<boolean> {
  const { rows } = await boss.getDb().executeSql(UNFINISHED, [JOBS, jobKey(job)]);
  return rows.length > 0;
}
