import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { verify } from "@octokit/webhooks-methods";
import { type Probot, run } from "probot";
import packageJson from "../package.json" with { type: "json" };
import { createInspector } from "./analysis/create-inspector.ts";
import { createApp } from "./app.ts";
import { metricsRoutes } from "./dashboard/metrics-routes.ts";
import { statusRoutes } from "./dashboard/status-routes.ts";
import { createAcceptanceStore } from "./database/acceptance-store.ts";
import { createDeliveryStore } from "./database/delivery-store.ts";
import { openDatabase } from "./database/open-database.ts";
import { createPolicyStore } from "./database/policy-store.ts";
import { createPullRequestStore } from "./database/pull-request-store.ts";
import { createPushStore } from "./database/push-store.ts";
import { createRepositoryStore } from "./database/repository-store.ts";
import { createReviewStore } from "./database/review-store.ts";
import { createRiskCommentStore } from "./database/risk-comment-store.ts";
import { createStickyCommentStore } from "./database/sticky-comment-store.ts";
import { doJob } from "./do-job.ts";
import { type Environment, readEnvironment } from "./environment.ts";
import { createBlobCache } from "./fetch/github/blob-cache.ts";
import { createCommentSource } from "./fetch/github/fetch-comments.ts";
import { createPullRequestSource } from "./fetch/github/fetch-pull-request.ts";
import { createSigningSource } from "./fetch/github/create-signing-source.ts";
import { clientsOf, createGitHubApp, type GitHubAppOptions } from "./github/create-probot.ts";
import { describeFault } from "./github/describe-fault.ts";
import { judgeExpired } from "./judge-again.ts";
import { createPublisher } from "./publish/create-publisher.ts";
import { createReplyPublisher } from "./publish/publish-reply.ts";
import { createQueue } from "./queue/create-queue.ts";
import { webhookRoutes } from "./receive/webhook-routes.ts";
import type { ReviewStore } from "./model/ports.ts";
import { createLogger, type Logger } from "./telemetry/logger.ts";
import { createMetrics, type Metrics } from "./telemetry/metrics.ts";

/** Blobs kept in memory, by SHA. */
const BLOB_CACHE_BYTES = 64 * 1024 * 1024;

/** How often it is looked whether a day has passed. */
const EXPIRY_CHECK_MS = 60_000;

/** Hostile code may take this much of a worker, and no more. */
const INSPECTION_LIMITS = { deadlineMs: 60_000, memoryMb: 512 };

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
}

/** Builds the real collaborators and serves. Rejects when the database cannot be opened or the port is taken. */
export async function startApp(
  environment: Environment,
  log: Logger,
  { now = () => new Date(), pauses = {} }: StartOptions = {},
): Promise<RunningApp> {
  const database = await openDatabase(
    environment.databaseUrl === null ? { dataDir: environment.dataDir } : { url: environment.databaseUrl },
    log,
  );
  const queue = await createQueue({ database, log, concurrency: environment.reviewConcurrency });
  const metrics = createMetrics();
  const probot = createGitHubApp(environment, log, { ...pauses, onAnswer: metrics.onGitHubAnswer });
  await probot.ready();
  const clientOf = clientsOf(probot);
  const inspector = createInspector(INSPECTION_LIMITS);
  const pushes = createPushStore(database);
  const ports = {
    source: createPullRequestSource(clientOf, { blobs: createBlobCache(BLOB_CACHE_BYTES), now, policies: createPolicyStore(database) }),
    comments: createCommentSource(clientOf),
    signing: createSigningSource(clientOf, pushes),
    acceptances: createAcceptanceStore(database, queue),
    riskComments: createRiskCommentStore(database),
    pullRequests: createPullRequestStore(database),
    repositories: createRepositoryStore(database),
    replies: createReplyPublisher(clientOf, environment.appId),
    publisher: createPublisher(clientOf, environment.appId, createStickyCommentStore(database)),
    reviews: countVerdicts(createReviewStore(database), metrics),
    inspector,
    queue,
    describeFault,
  };
  await probot.load(
    createApp({ appId: environment.appId, deliveries: createDeliveryStore(database, queue), pushes, log, onDelivery: metrics.onDelivery }),
  );
  await queue.work((job, _signal, attempt) => metrics.measureJob(job.kind, () => doJob(job, attempt, ports)));
  const watch = await watchExpiry(ports, now, log);

  metrics.watch({
    depth: () => queue.depth(),
    oldestWaitingSeconds: () => queue.oldestWaitingSeconds(),
    activeAcceptances: () => ports.acceptances.countActive(),
  });
  const site = new Hono();
  site.route("/", metricsRoutes(metrics));
  site.route(
    "/",
    statusRoutes(
      { isDatabaseReady: () => database.isReady(), oldestWaitingSeconds: () => queue.oldestWaitingSeconds().catch(() => null) },
      packageJson.version,
    ),
  );
  site.route(
    "/",
    webhookRoutes(
      {
        verify: verifierOf(environment, probot),
        receive: (delivery) => probot.receive(delivery as Parameters<typeof probot.receive>[0]),
      },
      log,
    ),
  ); // verified: a delivery of GitHub's
  const server = createServer(getRequestListener(site.fetch));
  const url = await listen(server, environment);
  log.info(
    { url, database: environment.databaseUrl === null ? "embedded" : "postgresql", version: packageJson.version },
    "ready for webhooks",
  );

  let stopping: Promise<void> | undefined;
  const stop = async () => {
    clearInterval(watch);
    server.close();
    server.closeIdleConnections();
    await queue.stop({ timeoutMs: environment.drainTimeoutMs });
    server.closeAllConnections();
    await inspector.close();
    await database.close();
    log.info("stopped");
  };
  return { url, depth: () => queue.depth(), stop: () => (stopping ??= stop()) };
}

function countVerdicts(reviews: ReviewStore, metrics: Metrics): ReviewStore {
  return {
    ...reviews,
    async saveReview(ref, review) {
      await reviews.saveReview(ref, review);
      metrics.onVerdict(review.verdict);
    },
  };
}

/** Takes what either secret signed, so that a rotation loses no delivery. */
function verifierOf({ previousWebhookSecret }: Environment, probot: Probot) {
  return async (body: string, signature: string): Promise<boolean> =>
    (await probot.webhooks.verify(body, signature)) ||
    (previousWebhookSecret !== null && (await verify(previousWebhookSecret, body, signature)));
}

/** Judges again what runs out: everything at the start, and each new day what ran out with the day before. */
async function watchExpiry(ports: Parameters<typeof judgeExpired>[2], now: () => Date, log: Logger): Promise<NodeJS.Timeout> {
  let judgedUpTo: string | null = null;
  const look = async () => {
    const today = now().toISOString().slice(0, 10);
    if (judgedUpTo === today) return;
    await judgeExpired(judgedUpTo, today, ports);
    judgedUpTo = today;
  };
  await look();
  return setInterval(
    () => void look().catch((error: unknown) => log.error({ err: error }, "expired acceptances could not be read")),
    EXPIRY_CHECK_MS,
  );
}

async function listen(server: Server, { host, port }: Environment): Promise<string> {
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address() as AddressInfo; // a TCP server that listens
  return `http://${host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host}:${address.port}`;
}

async function main(): Promise<void> {
  const reading = readEnvironment(process.env);
  if (reading.kind === "not-set-up") {
    // Probot's set-up page registers the app from app.yml and writes .env; then it wants a restart.
    await run(() => {}, { env: process.env });
    return;
  }
  if (reading.kind === "refused") {
    for (const mistake of reading.mistakes) process.stderr.write(`${mistake}\n`);
    process.exitCode = 1;
    return;
  }
  const log = createLogger(reading.environment.logLevel);
  try {
    const app = await startApp(reading.environment, log);
    const end = (signal: string) => {
      log.info({ signal }, "stopping: running reviews may end");
      app.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.fatal({ err: error }, "the stop failed");
          process.exit(1);
        },
      );
    };
    process.once("SIGTERM", () => end("SIGTERM"));
    process.once("SIGINT", () => end("SIGINT"));
  } catch (error) {
    log.fatal({ err: error }, "could not start");
    process.exit(1);
  }
}

if (import.meta.main) await main();
