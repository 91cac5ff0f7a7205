import { ts } from "ts-morph";
import { isIdentifier, isNewExpression } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { neverRejects, unguardedAwaits } from "../../../syntax/async-calls.ts";
import { isAsync, isFunction, unwrap } from "../../../syntax/functions.ts";

/** What an async executor throws rejects a promise that nobody has; the one being made stays pending for ever. */
export const promiseExecutorIsNotAsync: Rule = {
  id: "promise-executor-is-not-async",
  requirement: "error-handling",
  severity: "blocking",
  title: "The executor of a new Promise is not async",
  why: "An error thrown in an async executor does not reject the promise: it is an unhandled rejection, and whoever awaits waits for ever.",
  fix: "Make the surrounding function async and await directly; or keep the executor synchronous and pass errors to `reject`.",
  source: "https://eslint.org/docs/latest/rules/no-async-promise-executor",
  examples: {
    bad: `export function nextJob(queue) {
  return new Promise(async (resolve) => {
    const job = await queue.take();
    resolve(job);
  });
}
`,
    good: `export async function nextJob(queue) {
  return await queue.take();
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.NewExpression],
    callees: ["Promise"],
    look: (node, file) => {
      if (!isNewExpression(node) || !isIdentifier(node.expression) || node.expression.text !== "Promise") return [];
      const executor = node.arguments?.[0] && unwrap(node.arguments[0]);
      if (!executor || !isFunction(executor) || !isAsync(executor) || !executor.body) return [];
      if (neverRejects(executor, file)) return [];
      const [first, ...others] = unguardedAwaits(executor.body);
      if (!first) return [];
      return [
        {
          node: first,
          alsoTouches: [node.expression, ...others],
          message: "What this async executor throws here does not reject the promise: whoever awaits it waits for ever.",
        },
      ];
    },
  },
};
