import { ts } from "ts-morph";
import { isCallExpression, isIdentifier } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { stringOf } from "../../../syntax/literals.ts";
import { calleeOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** Request loggers that write a line of text with method, path and status, and nothing that ties it to other lines. */
export const requestLogCarriesRequestId: Rule = {
  id: "request-log-carries-request-id",
  requirement: "correlation-ids",
  severity: "advisory",
  title: "The request log carries the request's ID",
  why: "Without the ID in it the request's line cannot be joined to what the request logged, nor to the calls it made.",
  fix: "Use a request logger that writes fields (pino-http, @logtape, winston) with the request ID, or add the ID to the format.",
  source: "https://www.w3.org/TR/trace-context/",
  examples: {
    bad: `import { Hono } from "hono";
import { logger } from "hono/logger";
const app = new Hono();
app.use("*", logger());
`,
    good: `import express from "express";
import pinoHttp from "pino-http";
const app = express();
app.use(pinoHttp());
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["logger", "morgan", "koaLogger", "requestLogger", "honoLogger"],
    look: (node, file) => {
      if (!isCallExpression(node) || !isIdentifier(node.expression)) return [];
      const origin = calleeOf(node, file);
      if (!isTextLogger(origin.module, node, file)) return [];
      return [
        { node, message: `The lines of \`${origin.module}\` carry no request ID: they cannot be joined to what the request logged.` },
      ];
    },
  },
};

function isTextLogger(module: string | null, call: ts.CallExpression, file: SourceFacts): boolean {
  if (module === "hono/logger" || module === "koa-logger") return call.arguments.length === 0;
  if (module !== "morgan") return false;
  const format = stringOf(call.arguments[0]);
  return (
    format !== null &&
    !/:[\w-]*(?:id|trace)\b|:req\[[^\]]*(?:id|trace)/i.test(format) &&
    !/morgan\.format\(|morgan\.token\(\s*["'`](?:\w*id|trace)/i.test(file.text)
  );
}
