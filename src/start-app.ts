import packageJson from "../package.json" with { type: "json" };
import { createApp } from "./app.ts";
import { buildInspector, buildPorts, type Collaborators } from "./build-ports.ts";
import { createAcceptanceStore } from "./database/acceptance-store.ts";
import { createDeliveryStore } from "./database/delivery-store.ts";
import { createMissedDeliveryStore } from "./database/missed-delivery-store.ts";
import { openDatabase } from "./database/open-database.ts";
import { createPushStore } from "./database/push-store.ts";
import { createRoundStore } from "./database/round-store.ts";
import { doJob } from "./do-job.ts";
import type { Environment } from "./environment.ts";
import { createGitHubApp, type GitHubAppOptions } from "./github/create-probot.ts";
import { createGitHubLink, type LinkOptions } from "./github/github-link.ts";
import { withPriority } from "./github/request-priority.ts";
import { createQueue } from "./queue/create-queue.ts";
import { runSchedule } from "./run-schedule.ts";
import { serve } from "./serve.ts";
import type { Logger } from "./telemetry/logger.ts";
import { createMetrics } from "./telemetry/metrics.ts";
import { createTraces } from "./telemetry/traces.ts";

/** A running app. */
export interface RunningApp {
  /** Where it listens: "http://127.0.0.1:3000". */
  readonly url: string;
  /** Jobs that wait and that run now. */
  readonly depth: () => Promise<{ readonly waiting: number; readonly running: number }>;
  /** Takes no more work, lets running reviews end within the drain time, closes everything. Safe to call twice. */
  readonly stop: () => Promise<void>;
}

export interface StartOptions {
  /** The clock of snapshots and of expiry; the system's by default. */
  readonly now?: () => Date;
  /** Pauses between writes; GitHub's advice by default. */
  readonly pauses?: Pick<GitHubAppOptions, "writePauseMs" | "notifyingWritePauseMs">;
  /** Deadline of a request, and how long a failing GitHub is left alone. */
  readonly link?: Pick<LinkOptions, "timeoutMs" | "leftAlone">;
}

/** What ends a part of the app; the last part that began is the first to end. */
type Endings = (() => Promise<void>)[];

/**
 * Builds the real collaborators and does what the process's role is. Rejects when the database cannot be opened or the
 * port is taken; nothing is left open then.
 */
export async function startApp(environment: Environment, log: Logger, options: StartOptions = {}): Promise<RunningApp> {
  const endings: Endings = [];
  try {
    const { url, queue } = await start(environment, log, options, endings);
    let stopping: Promise<void> | undefined;
    const stop = async () => {
      await endAll(endings);
      log.info("stopped");
    };
    return { url, depth: () => queue.depth(), stop: () => (stopping ??= stop()) };
  } catch (error) {
    await endAll(endings).catch((ending: unknown) => log.error({ err: ending }, "could not be closed after the start failed"));
    throw error;
  }
}

async function start(
  environment: Environment,
  log: Logger,
  { now = () => new Date(), pauses = {}, link: linkOptions = {} }: StartOptions,
  endings: Endings,
) {
  const { databaseUrl, dataDir, role } = environment;
  const database = await openDatabase(databaseUrl === null ? { dataDir } : { url: databaseUrl }, log);
  endings.push(() => database.close());
  const queue = await createQueue({ database, log, concurrency: environment.reviewConcurrency });
  endings.push(() => queue.stop({ timeoutMs: environment.drainTimeoutMs }));
  const metrics = createMetrics();
  const traces = createTraces(environment.tracesEndpoint);
  // The last to end: what the others still do is traced.
  endings.unshift(() => traces.close());
  const link = createGitHubLink({ apiUrl: environment.githubApiUrl, onOutcome: metrics.onGitHubOutcome, ...linkOptions });
  const probot = createGitHubApp(environment, log, { ...pauses, link, onQuota: metrics.onGitHubQuota });
  await probot.ready();
  const collaborators: Collaborators = { environment, database, queue, probot, metrics, traces, log, now };
  metrics.watch({
    depth: () => queue.depth(),
    oldestWaitingSeconds: () => queue.oldestWaitingSeconds(),
    activeAcceptances: () => createAcceptanceStore(database, queue).countActive(),
    missedDeliveries: () => createMissedDeliveryStore(database).countDue(),
    githubState: link.state,
  });
  if (role !== "worker") await takeWebhooks(collaborators);
  if (role !== "web") await work(collaborators, environment, endings);
  const serving = await serve({ link, environment, database, queue, metrics, traces, probot: role === "worker" ? null : probot, log });
  endings.push(serving.close);
  const kind = databaseUrl === null ? "embedded" : "postgresql";
  log.info({ url: serving.url, role, database: kind, version: packageJson.version }, READY[role]);
  return { url: serving.url, queue };
}

const READY: Readonly<Record<Environment["role"], string>> = {
  all: "ready for webhooks",
  web: "ready for webhooks; workers elsewhere do the jobs",
  worker: "ready for jobs",
};

async function takeWebhooks({ environment, database, queue, probot, metrics, log }: Collaborators): Promise<void> {
  await probot.load(
    createApp({
      appId: environment.appId,
      deliveries: createDeliveryStore(database, queue),
      pushes: createPushStore(database),
      log,
      onDelivery: metrics.onDelivery,
    }),
  );
}

async function work(collaborators: Collaborators, { recoveryIntervalMs }: Environment, endings: Endings): Promise<void> {
  const { database, queue, metrics, traces, log, now } = collaborators;
  const inspector = buildInspector();
  // Before the queue's ending, which runs first: a job under way still needs it.
  endings.splice(2, 0, () => inspector.close());
  const ports = buildPorts(collaborators, inspector);
  await queue.work((job, _signal, attempt) =>
    metrics.measureJob(job.kind === "round" ? `round-${job.round}` : job.kind, () =>
      withPriority(job.kind === "round" || job.backfill === true ? "backfill" : "people", () =>
        traces.job(job, () => doJob(job, attempt, ports)),
      ),
    ),
  );
  const stopSchedule = await runSchedule({ rounds: createRoundStore(database, queue), now, log, recoveryIntervalMs });
  endings.push(async () => stopSchedule());
}

/** Ends every part, whatever one of them does. Rejects with the first failure. */
async function endAll(endings: Endings): Promise<void> {
  const failures: unknown[] = [];
  for (const end of endings.splice(0).toReversed()) await end().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
