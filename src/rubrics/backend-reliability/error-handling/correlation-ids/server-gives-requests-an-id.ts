import { ts } from "ts-morph";
import { isCallExpression, isIdentifier } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { calleeOf } from "../../../syntax/origin.ts";
import { hasString, importsLike, serverStartsOf, startsServing } from "../../../syntax/servers.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { Identifier } = ts.SyntaxKind;

const SPEAKS =
  /request-?id|req-?id|correlation|trace-?(?:id|parent)|x-amzn|cls-|opentelemetry|otel|tracing|dd-trace|pino-http|asyncLocal|instrumentation|sentry|newrelic|elastic-apm/i;

/** An HTTP server begins to listen and nothing in the file speaks of a request ID. Fastify makes one by itself. */
export const serverGivesRequestsAnId: Rule = {
  id: "server-gives-requests-an-id",
  requirement: "correlation-ids",
  severity: "advisory",
  title: "A server gives each request an ID",
  why: "Without an ID from the first line on, the lines of one request cannot be told from those of all others.",
  fix: "Take `X-Request-Id` or `traceparent` on ingress, or generate a UUID v4, put it into every log line, and answer with it.",
  source: "https://www.w3.org/TR/trace-context/",
  needsWholeFile: true,
  examples: {
    bad: `import express from "express";
const app = express();
app.get("/health", (req, res) => res.sendStatus(200));
app.listen(3000);
`,
    good: `import express from "express";
import { requestId } from "./request-id.ts";
const app = express();
app.use(requestId);
app.listen(3000);
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: startsServing,
    look: (_node, file) => {
      const start = serverStartsOf(file).find((s) => s.kind === "http");
      if (
        !start ||
        !isCallExpression(start.node) ||
        isFastify(start.node, file) ||
        !makesApp(file) ||
        speaksOfIds(file) ||
        /health/i.test(file.path)
      )
        return [];
      return [
        {
          node: start.node.expression,
          alsoTouches: [start.node],
          message: "The server begins to listen and nothing here gives a request its ID.",
        },
      ];
    },
  },
};

function isFastify(call: ts.CallExpression, file: SourceFacts): boolean {
  return calleeOf(call, file).module === "fastify" || importsLike(file, /^@?fastify|platform-fastify/i);
}

/** The application is put together in this file: routers elsewhere hang into it, middleware stands here. */
function makesApp(file: SourceFacts): boolean {
  return importsLike(file, /^(?:express|koa|hono|http|@hono\/node-server|restify|polka)$/);
}

function speaksOfIds(file: SourceFacts): boolean {
  return (
    importsLike(file, SPEAKS) ||
    [...file.repository.dependencies].some((name) => SPEAKS.test(name) || /pino-http|express-pino|koa-pino/.test(name)) ||
    hasString(file, SPEAKS) ||
    file.nodes(Identifier).some((n) => isIdentifier(n) && SPEAKS.test(n.text))
  );
}
