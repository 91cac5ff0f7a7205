import type { PgBoss } from "pg-boss";
import { JOBS } from "./start-boss.ts";

/** What pg-boss writes on a job that failed because whoever ran it is gone, or was told to stop. */
const LOST = "job heartbeat timeout";
const STOPPED = "pg-boss shut down while active";

/** A job that its process did not survive so often may be why: it then waits like one that failed. */
const MOST_AT_ONCE = 8;

const INTERRUPTED = `
  select id from pgboss.job
  where name = $1 and state = 'retry' and start_after > now() and retry_count <= ${MOST_AT_ONCE}
    and (output #>> '{value,message}' = $2 or output ->> 'value' = $3 or output ->> 'message' = $2)`;

async function findIds(boss: PgBoss, query: string, values: readonly string[]): Promise<string[]> {
  const { rows } = await boss.getDb().executeSql(query, [...values]);
  return rows.map((row: { id: string }) => row.id);
}

/**
 * Marks jobs that are still marked as running as lost. Only for a database with a single process, right after its start:
 * then whoever ran them is gone. Returns how many.
 */
export async function failJobsLeftRunning(boss: PgBoss): Promise<number> {
  const ids = await findIds(boss, "select id from pgboss.job where name = $1 and state = 'active'", [JOBS]);
  if (ids.length > 0) await boss.fail(JOBS, ids, { message: LOST });
  return ids.length;
}

/**
 * Lets jobs that were interrupted, not failed by what they did, start at once instead of after the pause between tries.
 * The interrupted run counts as a try, so a job that kills its process is given up in the end. Returns how many.
 */
export async function putBackInterruptedJobs(boss: PgBoss): Promise<number> {
  const ids = await findIds(boss, INTERRUPTED, [JOBS, LOST, STOPPED]);
  for (const id of ids) await boss.update(JOBS, undefined, { id, startAfter: 0 });
  return ids.length;
}
