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

/** The jobs that were given up, newest first, at most `limit` (of the 1,000 oldest). */
export async function findDeadJobs(boss: PgBoss, limit: number): Promise<readonly DeadJob[]> {
  const dead = await boss.findJobs<Job>(DEAD_JOBS, { queued: true });
  return dead
    .map((row) => ({ job: row.data, failedAt: row.createdOn.toISOString(), reason: readReason(row.sourceOutput) }))
    .toReversed()
    .slice(0, limit);
}
