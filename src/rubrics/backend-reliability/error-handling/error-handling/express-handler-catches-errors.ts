import { ts } from "ts-morph";
import { isCallExpression } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { neverRejects, unguardedAwaits } from "../../../syntax/async-calls.ts";
import { isAsync } from "../../../syntax/functions.ts";
import type { Route } from "../../../syntax/route.ts";
import { routesOf, hasRoutes } from "../../../syntax/routes.ts";
import { importsLike } from "../../../syntax/servers.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** Express 4 ignores the promise of a handler; Express 5, `express-promise-router` and `express-async-errors` do not. */
export const expressHandlerCatchesErrors: Rule = {
  id: "express-handler-catches-errors",
  requirement: "error-handling",
  severity: "advisory",
  title: "An async Express handler passes its errors on",
  why: "Express 4 ignores the promise of a handler: when it rejects the client never gets an answer, and Node ends the process on the unhandled rejection.",
  fix: "Wrap the body in try/catch and call `next(error)`, use a wrapper (`express-async-handler`), or move to Express 5.",
  source: "https://expressjs.com/en/guide/error-handling.html",
  examples: {
    bad: `import express from "express";
const router = express.Router();
router.get("/orders/:id", async (req, res) => {
  res.json(await orders.load(req.params.id));
});
`,
    good: `import express from "express";
const router = express.Router();
router.get("/orders/:id", async (req, res, next) => {
  try {
    res.json(await orders.load(req.params.id));
  } catch (error) {
    next(error);
  }
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: hasRoutes,
    look: (_node, file) =>
      routesOf(file).length === 0 || isTaughtToWait(file) ? [] : routesOf(file).flatMap((route) => lookAtRoute(route, file)),
  },
};

function lookAtRoute(route: Route, file: SourceFacts): readonly Problem[] {
  if (!isCallExpression(route.node) || route.node.arguments.at(-1) !== route.handler) return [];
  if (!route.handler?.body || !isAsync(route.handler) || !isExpress(route, file) || neverRejects(route.handler, file)) return [];
  const [first, ...others] = unguardedAwaits(route.handler.body);
  return first
    ? [
        {
          node: first,
          alsoTouches: [route.anchor, ...others],
          message: `What \`${route.method} ${route.path}\` throws here never reaches an error handler: ${versionOf(file)} ignores the promise of a handler.`,
        },
      ]
    : [];
}

/** By its module, or by handlers that take (req, res): no other framework has that pair. */
function isExpress(route: Route, file: SourceFacts): boolean {
  if (route.framework === "express") return true;
  if (route.framework !== "other" || importsLike(file, /^(?:restify|@hapi|polka|itty-router|find-my-way|hyper-express)/)) return false;
  const [first, second] = route.handler?.parameters ?? [];
  return first?.name.getText() === "req" && second?.name.getText() === "res";
}

/** Express 5 hands a rejection to the error handler (https://expressjs.com/en/guide/migrating-5.html, "Rejected promises"). */
const WAITS_SINCE = 5;

function versionOf({ repository }: SourceFacts): string {
  return repository.majors?.has("express") === true ? "Express 4" : "Express before 5 (no manifest at hand says which)";
}

/** The application was taught to wait for handlers, or is Express 5 by its manifest. */
function isTaughtToWait(file: SourceFacts): boolean {
  const { dependencies, majors } = file.repository;
  return (
    (majors?.get("express") ?? 0) >= WAITS_SINCE ||
    importsLike(file, /^(?:express-async-errors|express-promise-router|@awaitjs\/express)$/) ||
    ["express-async-errors", "express-promise-router", "@awaitjs/express"].some((name) => dependencies.has(name))
  );
}
