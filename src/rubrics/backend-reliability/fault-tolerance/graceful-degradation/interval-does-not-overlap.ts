import { ts } from "ts-morph";
import {
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isIfStatement,
  isPropertyAccessExpression,
  isReturnStatement,
  isVoidExpression,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { calledFunction } from "../../../syntax/async-calls.ts";
import { contains, functionOf, isAsync, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";
import { numberOf } from "../../../syntax/literals.ts";
import { receiverOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** Above this, a run that is still under way at the next tick has other troubles. */
const SHORT_MS = 60_000;

/** `setInterval` with work that waits: it ticks whether or not the last run is done. */
export const intervalDoesNotOverlap: Rule = {
  id: "interval-does-not-overlap",
  requirement: "graceful-degradation",
  severity: "advisory",
  title: "Recurring work waits for its last run",
  why: "When the dependency slows down, each tick adds a run to those under way: the load grows exactly while it cannot be carried.",
  fix: "Plan the next run at the end of this one (`setTimeout` in a finally), or return at once while a flag says that one is under way.",
  source: "https://developer.mozilla.org/docs/Web/API/Window/setInterval#ensure_that_execution_duration_is_shorter_than_interval_frequency",
  examples: {
    bad: `export function start(outbox) {
  setInterval(async () => {
    try {
      await outbox.flush();
    } catch (error) {
      logger.error({ err: error }, "flush failed");
    }
  }, 5_000);
}
`,
    good: `export function start(outbox) {
  const tick = async () => {
    try {
      await outbox.flush();
    } catch (error) {
      logger.error({ err: error }, "flush failed");
    } finally {
      setTimeout(tick, 5_000);
    }
  };
  setTimeout(tick, 5_000);
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["setInterval"],
    look: (node, file) => {
      if (!isCallExpression(node) || receiverOf(node) !== null) return [];
      const everyMs = numberOf(node.arguments[1]);
      const fn = workOf(node.arguments[0], file);
      if (
        everyMs === null ||
        everyMs <= 0 ||
        everyMs > SHORT_MS ||
        !fn?.body ||
        !isAsync(fn) ||
        !contains(fn.body, isAwaitExpression) ||
        isGuarded(fn)
      )
        return [];
      return [
        {
          node: node.expression,
          alsoTouches: node.arguments[1] ? [node.arguments[1]] : [],
          message: `Every ${everyMs} ms another run begins, whether or not the last one is done.`,
        },
      ];
    },
  },
};

/** The function that runs, or the one that a short `() => work()` only calls. */
function workOf(callback: ts.Node | undefined, file: SourceFacts): FunctionWithBody | null {
  const fn = functionOf(callback);
  if (!fn?.body) return fn;
  const [only, ...others] = isBlock(fn.body) ? fn.body.statements.map((s) => (isExpressionStatement(s) ? s.expression : s)) : [fn.body];
  const call = only && others.length === 0 ? innermost(only) : null;
  return call && isCallExpression(call) ? (calledFunction(call, file) ?? fn) : fn;
}

/** `work()` of `void work().catch(log)`. */
function innermost(node: ts.Node): ts.Node {
  let e = isVoidExpression(node) ? unwrap(node.expression) : unwrap(node);
  while (isCallExpression(e) && isPropertyAccessExpression(e.expression) && /^(?:catch|finally|then)$/.test(e.expression.name.text))
    e = unwrap(e.expression.expression);
  return e;
}

/** A return behind a condition stands before the first wait: something may say that a run is under way. Or a lock is taken. */
function isGuarded(fn: FunctionWithBody): boolean {
  if (!fn.body) return false;
  let isFirst = true;
  return contains(fn.body, (n) => {
    if (isAwaitExpression(n)) isFirst = false;
    if (isIdentifier(n) && /lock|mutex|semaphore|running|inProgress|isBusy|in_flight|inFlight|isProcessing|processing/i.test(n.text))
      return true;
    return isFirst && isIfStatement(n) && contains(n.thenStatement, isReturnStatement);
  });
}
