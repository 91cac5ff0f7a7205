import type { PgBoss } from "pg-boss";
import type { Job } from "../model/job.ts";
import { DEAD_JOBS } from "./start-boss.ts";

/** A job that was given up after its last try. */
export interface DeadJob {
  readonly job: Job;
  /** ISO 8601 UTC. */
  readonly failedAt: string;
  /** The last error's message, "" when none was stored. */
  readonly reason: string;
}

function readReason(output: object | null): string {
  const reason = output && "message" in output ? output.message : output && "value" in output ? readReason(Object(output.value)) : "";
  return typeof reason === "string" ? reason : "";
}

const NEWEST = `
  select data, created_on as "failedAt", source_output as output
  from pgboss.job
  where name = $1 and state < 'active'
  order by created_on desc
  limit $2`;

interface Row {
  readonly data: Job;
  readonly failedAt: Date;
  readonly output: object | null;
}

/** The jobs that were given up, newest first, at most `limit`. */
export async function findDeadJobs(boss: PgBoss, limit: number): Promise<readonly DeadJob[]> {
  const { rows } = await boss.getDb().executeSql(NEWEST, [DEAD_JOBS, limit]);
  const dead = rows as readonly Row[]; // the query above
  return dead.map((row) => ({ job: row.data, failedAt: row.failedAt.toISOString(), reason: readReason(row.output) }));
}
