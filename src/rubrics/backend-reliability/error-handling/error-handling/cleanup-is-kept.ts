import { ts } from "ts-morph";
import type { Problem, Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { formerOf } from "../../../syntax/former-file.ts";
import { lostTries } from "../../../syntax/lost-guards.ts";

/** A change that takes the `finally` from work that is still done. */
export const cleanupIsKept: Rule = {
  id: "cleanup-is-kept",
  requirement: "error-handling",
  severity: "advisory",
  title: "What was cleaned up in a finally still is",
  why: "Without the `finally` the timer, lock, stream or connection is given back only when all goes well: each failure leaks one.",
  fix: "Put the `finally` back around the work.",
  source: "https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Statements/try...catch#the_finally_block",
  needsWholeFile: true,
  comparesWithBase: true,
  examples: {
    bad: `import { lock } from "./locks.ts";
export async function settle(batch) {
  const held = await lock(batch.id);
  try { // removed
    await pay(batch);
  } finally { // removed
    await held.release();
  } // removed
}
`,
    good: `import { withLock } from "./locks.ts";
export async function settle(batch) {
  const held = await lock(batch.id); // removed
  try { // removed
    await pay(batch); // removed
  } finally { // removed
    await held.release(); // removed
  } // removed
  await withLock(batch.id, () => pay(batch)); // added
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) => {
      const former = formerOf(file);
      if (!former) return [];
      return lostTries(file, former, hasFinally, hasFinally).flatMap(({ was, calls: [first, ...others] }): Problem[] =>
        first
          ? [
              {
                node: first.expression,
                alsoTouches: others,
                message: `The change takes the \`finally\` from around \`${calleeText(first, file)}(...)\`: when it fails, \`${cleanupOf(was)}\` is left out.`,
              },
            ]
          : [],
      );
    },
  },
};

function hasFinally({ finallyBlock }: ts.TryStatement): boolean {
  return finallyBlock !== undefined;
}

function cleanupOf({ finallyBlock }: ts.TryStatement): string {
  const [first] = finallyBlock?.statements ?? [];
  return (first?.getText() ?? "").replace(/\s+/g, " ").slice(0, 60);
}
