import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { verify } from "@octokit/webhooks-methods";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Probot } from "probot";
import packageJson from "../package.json" with { type: "json" };
import { limitRequests } from "./dashboard/limit-requests.ts";
import { metricsRoutes } from "./dashboard/metrics-routes.ts";
import { statusRoutes } from "./dashboard/status-routes.ts";
import type { Database } from "./database/database.ts";
import type { Environment } from "./environment.ts";
import type { GitHubLink } from "./github/github-link.ts";
import type { Queue } from "./queue/create-queue.ts";
import { webhookRoutes } from "./receive/webhook-routes.ts";
import type { Logger } from "./telemetry/logger.ts";
import type { Metrics } from "./telemetry/metrics.ts";
import type { Traces } from "./telemetry/traces.ts";

/** GitHub waits ten seconds for an answer; a request under way at a stop gets half of that. */
const CLOSE_TIMEOUT_MS = 5_000;

/** No answer of ours loads anything or stands in a frame. */
const HEADERS = {
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
  xFrameOptions: "DENY",
};

/** What the site answers from. `probot` null: this process takes no webhooks. */
export interface SiteParts {
  readonly link: Pick<GitHubLink, "state">;
  readonly environment: Environment;
  readonly database: Database;
  readonly queue: Queue;
  readonly metrics: Metrics;
  readonly traces: Traces;
  readonly probot: Probot | null;
  readonly log: Logger;
}

/** A server that listens. */
export interface Serving {
  /** Where: "http://127.0.0.1:3000". */
  readonly url: string;
  /** Takes no more requests, lets those under way end for five seconds, breaks off the rest. */
  readonly close: () => Promise<void>;
}

/** Serves health, readiness and metrics, and takes webhooks. Rejects when the port is taken. */
export async function serve(parts: SiteParts): Promise<Serving> {
  const { host, port } = parts.environment;
  const server = createServer(getRequestListener(buildSite(parts).fetch));
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address() as AddressInfo; // a TCP server that listens
  return {
    url: `http://${host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host}:${address.port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS);
      await closed;
      clearTimeout(timer);
    },
  };
}

function buildSite({ link, environment, database, queue, metrics, traces, probot, log }: SiteParts): Hono {
  const site = new Hono();
  site.use(secureHeaders(HEADERS));
  const limit = limitRequests();
  site.use("/metrics", limit);
  site.use("/ready", limit);
  site.route("/", metricsRoutes(metrics));
  site.route(
    "/",
    statusRoutes(
      {
        isDatabaseReady: () => database.isReady(),
        oldestWaitingSeconds: () => queue.oldestWaitingSeconds().catch(() => null),
        githubState: link.state,
      },
      packageJson.version,
    ),
  );
  if (probot)
    site.route(
      "/",
      webhookRoutes(
        {
          verify: verifierOf(environment, probot),
          receive: (delivery) =>
            traces.delivery(delivery.id, delivery.name, () => probot.receive(delivery as Parameters<typeof probot.receive>[0])), // verified: a delivery of GitHub's
        },
        log,
      ),
    );
  return site;
}

/** Takes what either secret signed, so that a rotation loses no delivery. */
function verifierOf({ previousWebhookSecret }: Environment, probot: Probot) {
  return async (body: string, signature: string): Promise<boolean> =>
    (await probot.webhooks.verify(body, signature)) ||
    (previousWebhookSecret !== null && (await verify(previousWebhookSecret, body, signature)));
}
