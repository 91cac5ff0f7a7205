import { ts } from "ts-morph";
import {
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isFunctionExpression,
  isIdentifier,
  isPropertyAccessExpression,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { contains, enclosingFunction, unwrap } from "../../../syntax/functions.ts";
import { numberOf, stringOf } from "../../../syntax/literals.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import { isRequestObject } from "../../../syntax/requests.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { PlusEqualsToken } = ts.SyntaxKind;

const MEGABYTE = 1024 * 1024;
/** More than this is held in memory for each request: 20 callers fill a small container. */
const LIMIT_MB = 100;
const UNIT_MB: Readonly<Record<string, number>> = { b: 1 / MEGABYTE, kb: 1 / 1024, mb: 1, gb: 1024, tb: 1024 * 1024 };

/** A request that may be as large as its sender likes. */
export const requestBodyHasSizeLimit: Rule = {
  id: "request-body-has-size-limit",
  requirement: "rate-limiting",
  severity: "blocking",
  title: "A request body has a size limit",
  why: "The body is held in memory: a few large requests at once end the process.",
  fix: "Set a limit that fits the largest honest request (100 kB to 1 MB for JSON) and stream uploads to storage.",
  source: "CWE-770; https://expressjs.com/en/api.html#express.json",
  examples: {
    bad: `import express from "express";
export const app = express();
app.use(express.json({ limit: "1gb" }));
`,
    good: `import express from "express";
export const app = express();
app.use(express.json({ limit: "200kb" }));
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    words: ["limit", "bodyLimit", "jsonLimit", "formLimit", "textLimit", "maxSize", "on"],
    look: (node, file) => (isCallExpression(node) ? [...ofParser(node, file), ...ofStream(node, file)] : []),
  },
};

/** `express.json({limit})`, `bodyParser.raw({limit})`, `fastify({bodyLimit})`, `koaBody({jsonLimit})`. */
function ofParser(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  if (call.arguments.length !== 1) return [];
  const module = calleeOf(call, file).module ?? "";
  if (!/^(?:express|body-parser|fastify|koa-body|koa-bodyparser|@koa\/bodyparser|hono\/body-limit)$/.test(module)) return [];
  const answer = propertyOf(call.arguments[0], "limit", "bodyLimit", "jsonLimit", "formLimit", "textLimit", "maxSize");
  if (answer.state !== "present") return [];
  const megabytes = sizeOf(answer.value);
  if (megabytes === null || megabytes <= LIMIT_MB) return [];
  return [
    {
      node: answer.value,
      severity: megabytes > 500 ? "blocking" : "advisory",
      message: `\`${calleeName(call)}\` takes bodies of up to ${answer.value.getText(file.sourceFile)} into memory.`,
    },
  ];
}

/** Megabytes; null when unknown. */
function sizeOf(node: ts.Node): number | null {
  const text = stringOf(node);
  const match = text === null ? null : /^(\d{1,9}(?:\.\d{1,3})?)\s*(b|kb|mb|gb|tb)$/i.exec(text.trim());
  if (match) return Number(match[1]) * (UNIT_MB[(match[2] ?? "b").toLowerCase()] ?? 1);
  const bytes = numberOf(node);
  return bytes === null ? null : bytes / MEGABYTE;
}

/** `req.on("data", (chunk) => { body += chunk })` with no look at the length. */
function ofStream(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  if (!isPropertyAccessExpression(call.expression) || call.expression.name.text !== "on") return [];
  if (stringOf(call.arguments[0]) !== "data" || !isRequestObject(call.expression.expression)) return [];
  const callback = call.arguments[1] && unwrap(call.arguments[1]);
  if (!callback || !(isArrowFunction(callback) || isFunctionExpression(callback)) || isOutgoing(call, file)) return [];
  const gathers = contains(
    callback,
    (n) => (isBinaryExpression(n) && n.operatorToken.kind === PlusEqualsToken) || (isCallExpression(n) && calleeName(n) === "push"),
  );
  const looks = contains(callback, (n) => isIdentifier(n) && /length|size|limit|max|bytes/i.test(n.text), true);
  return gathers && !looks
    ? [
        {
          node: call,
          severity: "advisory",
          message: "The body is gathered with no look at its length; a limit in front of this server was not followed.",
        },
      ]
    : [];
}

/** `const req = https.request(...)` is a call of ours, not a request to us. */
function isOutgoing(call: ts.CallExpression, file: SourceFacts): boolean {
  const receiver = isPropertyAccessExpression(call.expression) ? calleeOf(call, file) : null;
  return /^https?$/.test(receiver?.module ?? "") || enclosingFunction(call) === null;
}
