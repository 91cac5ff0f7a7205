import type { Api, ApiContext } from "../routes/api.ts";
import { checkAnswer } from "./check-answer.ts";
import { checkGraphql } from "./check-graphql.ts";
import { checkRequest } from "./check-request.ts";
import { reportViolations } from "./violations.ts";

const GRAPHQL = "/graphql";

/** Holds each request to GitHub's description. Before all other layers, so that none is missed. */
export function watchRequests(api: Api): void {
  api.use("*", async (c, next) => {
    const { method, path } = placeOf(c);
    const body = method === "GET" || method === "HEAD" ? "" : await c.req.text();
    const query = new URL(c.req.url).searchParams;
    reportViolations(path === GRAPHQL ? checkGraphql(body) : checkRequest({ method, path, query, body }));
    await next();
  });
}

/** Holds each answer to GitHub's description. Behind the layer that makes faults on demand. */
export function watchAnswers(api: Api): void {
  api.use("*", async (c, next) => {
    await next();
    const { method, path } = placeOf(c);
    if (path !== GRAPHQL) reportViolations(checkAnswer({ method, path, status: c.res.status, body: await jsonOf(c.res) }));
  });
}

/** Without the prefix of an enterprise server. */
function placeOf(c: ApiContext): { readonly method: string; readonly path: string } {
  return { method: c.req.method, path: new URL(c.req.url).pathname.replace(/^\/api\/v3(?=\/)/, "") };
}

async function jsonOf(response: Response): Promise<unknown> {
  if (!/^application\/json\b/.test(response.headers.get("content-type") ?? "")) return undefined;
  const body: unknown = await response.clone().json();
  return body;
}
