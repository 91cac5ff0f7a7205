import type { PgBoss } from "pg-boss";
import { JOBS } from "./start-boss.ts";

/**
 * Puts jobs that are marked as running back in line, to be taken at once. Only for a database with a single process,
 * right after its start: then whoever ran them is gone. Each counts as a failed try, so a job that kills its process
 * is given up in the end. Returns how many.
 */
export async function putBackJobs(boss: PgBoss): Promise<number> {
  const { rows } = await boss.getDb().executeSql("select id from pgboss.job where name = $1 and state = 'active'", [JOBS]);
  const ids = rows.map((row: { id: string }) => row.id);
  if (ids.length === 0) return 0;
  await boss.fail(JOBS, ids, { message: "the process ended while the job ran" });
  for (const id of ids) await boss.update(JOBS, undefined, { id, startAfter: 0 });
  return ids.length;
}
