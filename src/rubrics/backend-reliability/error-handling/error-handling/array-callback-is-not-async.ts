import { ts } from "ts-morph";
import { isAwaitExpression, isCallExpression, isPropertyAccessExpression, isReturnStatement } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { isAsync, isFunction, unwrap } from "../../../syntax/functions.ts";
import { neverRejects } from "../../../syntax/async-calls.ts";
import { calleeName, calleeOf, receiverOf } from "../../../syntax/origin.ts";

const DROPS = new Set(["forEach"]);
const TESTS = new Set(["filter", "some", "every", "find", "findIndex", "findLast"]);

/** `forEach` drops the promises of an async callback; `filter`, `some`, `every` and `find` see a promise, which is always true. */
export const arrayCallbackIsNotAsync: Rule = {
  id: "array-callback-is-not-async",
  requirement: "error-handling",
  severity: "blocking",
  title: "An array method is not given an async callback it cannot wait for",
  why: "`forEach` returns before the work is done and drops every rejection; `filter`, `some`, `every` and `find` take the promise itself for true.",
  fix: "Use `for (const x of xs) { await ... }` or `await Promise.all(xs.map(async ...))`; for tests, await the answers first.",
  source: "https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Array/forEach",
  examples: {
    bad: `export async function notifyAll(users) {
  users.forEach(async (user) => {
    await mailer.send(user.email);
  });
}
`,
    good: `export async function notifyAll(users) {
  for (const user of users) await mailer.send(user.email);
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: [...DROPS, ...TESTS],
    look: (node, file) => {
      if (!isCallExpression(node)) return [];
      const method = calleeName(node);
      const callback = node.arguments[0] && unwrap(node.arguments[0]);
      if (!callback || !isFunction(callback) || !isAsync(callback)) return [];
      const head = receiverOf(node) ? node.expression : node;
      const anchor = isPropertyAccessExpression(head) ? head.name : head;
      const awaitsItself =
        /^(?:p-|async$|modern-async|bluebird|streaming-iterables)/.test(calleeOf(node, file).module ?? "") ||
        isAwaitExpression(node.parent) ||
        isReturnStatement(node.parent);
      if (awaitsItself && method !== "forEach" && !TESTS.has(method)) return [];
      if (DROPS.has(method)) {
        if (/^(?:p-|async$|modern-async|bluebird)/.test(calleeOf(node, file).module ?? "")) return [];
        return [
          {
            node: anchor,
            alsoTouches: [callback.parameters[0] ?? callback],
            severity: neverRejects(callback, file) ? "advisory" : "blocking",
            message: `\`${method}\` does not wait for its async callback: the work is unfinished when it returns, and a rejection is unhandled.`,
          },
        ];
      }
      if (TESTS.has(method) && isArrayMethod(node))
        return [{ node: anchor, message: `\`${method}\` takes the promise of its async callback for true: it keeps or finds everything.` }];
      return [];
    },
  },
};

/** ORMs have `find(async ...)` nowhere; a callback with one or two plain parameters is an array's. */
function isArrayMethod(call: ts.CallExpression): boolean {
  return call.arguments.length === 1 && receiverOf(call) !== null && !isAwaitExpression(call.parent);
}
