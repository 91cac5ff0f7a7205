import { type ConstructorOptions, PgBoss, type Queue as QueueSettings, fromPglite } from "pg-boss";
import type { Logger } from "pino";
import type { Database, DatabaseSource } from "../database/database.ts";
import { createQuietLog } from "./quiet-log.ts";

/** The queue that workers take jobs from. */
export const JOBS = "jobs";
/** Where a job goes that failed for the last time. Nothing takes it from there; it stays to be seen and sent again. */
export const DEAD_JOBS = "dead-jobs";

const DAY_SECONDS = 24 * 60 * 60;
// The shortest that pg-boss allows: a killed process's jobs are taken up by another after this and one supervision.
const HEARTBEAT_SECONDS = 10;

/** How a failing job is tried again. */
export interface RetrySettings {
  /** How often a job is tried in all before it is given up. */
  readonly tries: number;
  /** Pause after the first failure, doubled after each further one, plus as much again at random. */
  readonly delaySeconds: number;
  /** A job that runs longer is aborted and counts as failed. */
  readonly runSeconds: number;
}

/** With the pauses of up to five minutes a job is tried for two hours and more: an outage of GitHub's or ours is waited out. */
export const DEFAULT_RETRY: RetrySettings = { tries: 30, delaySeconds: 5, runSeconds: 600 };

function connectionOf(source: DatabaseSource): ConstructorOptions {
  if (source.kind === "embedded") return { db: fromPglite(source.pglite), backend: "pglite", monitorVacuum: false, reindex: false };
  return { connectionString: source.url, max: 5, connectionTimeoutMillis: 5_000, application_name: "backend-reliability-enforcer-queue" };
}

function jobSettings(source: DatabaseSource, retry: RetrySettings): Omit<QueueSettings, "name" | "policy" | "deadLetter"> {
  return {
    retryLimit: retry.tries - 1,
    retryDelay: retry.delaySeconds,
    retryBackoff: true,
    retryDelayMax: 300,
    expireInSeconds: retry.runSeconds,
    retentionSeconds: 14 * DAY_SECONDS,
    deleteAfterSeconds: DAY_SECONDS,
    notify: true,
    // The embedded database has one process, which puts its jobs back at start; a heartbeat would only be a second opinion.
    ...(source.kind === "postgres" && { heartbeatSeconds: HEARTBEAT_SECONDS }),
  };
}

async function createQueues(boss: PgBoss, source: DatabaseSource, retry: RetrySettings): Promise<void> {
  // Kept until someone looks: a job here never expires while it waits.
  await boss.createQueue(DEAD_JOBS, { retentionSeconds: 365 * DAY_SECONDS });
  const settings = jobSettings(source, retry);
  await boss.createQueue(JOBS, { ...settings, policy: "singleton", deadLetter: DEAD_JOBS });
  await boss.updateQueue(JOBS, settings);
}

/** Starts pg-boss on the database, its own tables and our two queues created or brought up to date. Throws when it cannot. */
export async function startBoss(database: Database, log: Logger, retry: RetrySettings): Promise<PgBoss> {
  // Only another process can find that one was killed; with one process there is nothing urgent to find.
  const seconds = database.source.kind === "postgres" ? 2 : 30;
  const boss = new PgBoss({
    ...connectionOf(database.source),
    useListenNotify: true,
    schedule: false,
    superviseIntervalSeconds: seconds,
    monitorIntervalSeconds: seconds,
    maintenanceIntervalSeconds: 600,
  });
  const logError = createQuietLog(log);
  boss.on("error", (error) => logError(error, "the queue reported an error"));
  boss.on("warning", (warning) => log.warn({ warning }, "the queue reported a warning"));
  try {
    await boss.start();
    await createQueues(boss, database.source, retry);
    return boss;
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {});
    throw error;
  }
}
