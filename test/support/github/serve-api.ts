import { serve } from "@hono/node-server";
import type { AddressInfo } from "node:net";
import type { Hono } from "hono";
import { etag } from "hono/etag";
import { authenticate } from "./authenticate.ts";
import { Refusal } from "./refusal.ts";
import { watchAnswers, watchRequests } from "./conformance/watch-api.ts";
import { newApi } from "./routes/api.ts";
import type { Api } from "./routes/api.ts";
import { routeBranches, routeStatuses } from "./routes/branches.ts";
import { routeGraphql } from "./routes/graphql.ts";
import { routeDeliveries } from "./routes/deliveries.ts";
import { routeIssues, routeLabels } from "./routes/issues.ts";
import { routeOrganizations, routeUsers } from "./routes/people.ts";
import { routeReviews } from "./routes/reviews.ts";
import { routeApp } from "./routes/app.ts";
import { routeCheckRuns, routeCheckSuites } from "./routes/checks.ts";
import { routeComments } from "./routes/comments.ts";
import { routeContents } from "./routes/contents.ts";
import { routePulls } from "./routes/pulls.ts";
import { routeCommit, routeRepositories } from "./routes/repositories.ts";
import type { Traffic } from "./traffic.ts";
import type { World } from "./model/world.ts";

// In this order: `routeCommit` would answer for what lies below a commit.
const ROUTES = [
  routeApp,
  routeDeliveries,
  routeGraphql,
  routeUsers,
  routeOrganizations,
  routePulls,
  routeReviews,
  routeCheckRuns,
  routeCheckSuites,
  routeComments,
  routeIssues,
  routeLabels,
  routeContents,
  routeBranches,
  routeStatuses,
  routeRepositories,
  routeCommit,
];

/** Builds every route of the API. */
export function buildApi(world: World, traffic: Traffic): Api {
  const api = newApi();
  watchRequests(api);
  traffic.route(api);
  watchAnswers(api);
  api.use("*", etag());
  api.use("*", async (c, next) => {
    c.set("actor", authenticate(world, c.req.header("authorization")));
    await next();
  });
  for (const route of ROUTES) route(api, world);
  api.get("/", (c) => c.json({ current_user_url: `${world.url}/user`, repository_url: `${world.url}/repos/{owner}/{repo}` }));
  api.get("/meta", (c) => c.json({ verifiable_password_authentication: false, hooks: ["127.0.0.1/32"] }));
  api.get("/rate_limit", (c) => c.json(traffic.rateLimit(c)));
  api.notFound((c) => c.json(errorBody(404, "Not Found"), 404));
  api.onError((error, c) => {
    if (!(error instanceof Refusal)) {
      console.error(error);
      return c.json(errorBody(500, `The stand-in itself failed: ${error.message}`), 500);
    }
    return new Response(JSON.stringify(errorBody(error.status, error.message, error.errors)), {
      status: error.status,
      headers: { "content-type": "application/json; charset=utf-8" },
    });
  });
  return api;
}

function errorBody(status: number, message: string, errors?: readonly unknown[]) {
  return {
    message,
    ...(errors === undefined ? {} : { errors }),
    documentation_url: "https://docs.github.com/rest",
    status: String(status),
  };
}

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens on loopback: the pages at the root, the API there too and, as an enterprise server does, below /api/v3. Port 0 takes a free one. */
export function listen(api: Api, pages: Hono, port: number): Promise<Listening> {
  const root = newApi();
  root.route("/", pages);
  root.route("/api/v3", api);
  root.route("/", api);
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: root.fetch, port, hostname: "127.0.0.1" }, (address: AddressInfo) => {
      resolve({ url: `http://127.0.0.1:${address.port}`, close });
    });
    server.on("error", reject);
    const close = () =>
      new Promise<void>((done) => {
        server.close(() => done());
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
  });
}
