import { ts } from "ts-morph";
import { isAwaitExpression, isCallExpression, isExpressionStatement } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { calledFunction, calleeText, promiseAnswer } from "../../../syntax/async-calls.ts";
import { bareText, calleeKey, formerOf, MOST_COMPARED, placeOf } from "../../../syntax/former-file.ts";
import { isPromiseFunction, unwrap } from "../../../syntax/functions.ts";
import { calleeName } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { handsOnACall, isLeftAlone } from "../../../syntax/waited-uses.ts";

const { AwaitExpression, CallExpression } = ts.SyntaxKind;

/** A change that takes the `await` from a call and leaves the call: what it gives was waited for, and no longer is. */
export const awaitIsKept: Rule = {
  id: "await-is-kept",
  requirement: "error-handling",
  severity: "advisory",
  title: "A call that was awaited still is",
  why: "Without the `await` the code goes on before the work is done, reads a promise as if it were its value, and hears nothing of a failure.",
  fix: "Put the `await` back. Where the function no longer gives a promise, change its declaration in the same pull request.",
  source: "https://typescript-eslint.io/rules/no-floating-promises/",
  needsWholeFile: true,
  comparesWithBase: true,
  examples: {
    bad: `import { reserve } from "./stock.ts";
export async function place(order) {
  await reserve(order); // removed
  reserve(order); // added
  return order.id;
}
`,
    good: `import { announce, reserve } from "./stock.ts";
export async function place(order) {
  await reserve(order); // removed
  await announce(order); // removed
  await Promise.all([reserve(order), announce(order)]); // added
  return order.id;
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) => {
      const former = formerOf(file);
      return former ? findLost(file, former) : [];
    },
  },
};

/** How often a place waits for a callee, and which of its calls it does not wait for. */
interface Calls {
  awaited: number;
  readonly others: ts.CallExpression[];
}

function findLost(file: SourceFacts, former: SourceFacts): readonly Problem[] {
  const before = callsByPlace(former, null);
  const wanted = new Set<string>();
  for (const [key, { awaited }] of before) if (awaited > 0) wanted.add(key.slice(key.lastIndexOf(" ") + 1));
  if (wanted.size === 0) return [];
  const now = callsByPlace(file, wanted);
  let left = MOST_COMPARED;
  return [...now].flatMap(([key, { awaited, others }]) => {
    const was = before.get(key);
    if (!was || was.awaited <= awaited || others.length <= was.others.length || left <= 0) return [];
    left -= others.length;
    const known = new Set(was.others.map(bareText));
    return others
      .slice(0, MOST_COMPARED)
      .filter((call) => !known.has(bareText(call)) && isLost(call, file, former))
      .map((call) => problemOf(call, file));
  });
}

/** Calls by the place they stand in and what they call; of the callees wanted alone. */
function callsByPlace(file: SourceFacts, wanted: ReadonlySet<string> | null): ReadonlyMap<string, Calls> {
  const found = new Map<string, Calls>();
  const awaited = new Set<ts.Node>();
  const names = new Set<string>();
  for (const node of file.nodes(AwaitExpression)) {
    const call = isAwaitExpression(node) ? unwrap(node.expression) : node;
    if (!isCallExpression(call)) continue;
    awaited.add(call);
    names.add(calleeName(call));
  }
  for (const node of file.nodes(CallExpression)) {
    if (!isCallExpression(node) || (wanted === null && !names.has(calleeName(node)))) continue;
    const callee = calleeKey(node);
    if (callee === "" || callee.includes(" ") || (wanted && !wanted.has(callee))) continue;
    const key = `${placeOf(node)} ${callee}`;
    let calls = found.get(key);
    if (!calls) found.set(key, (calls = { awaited: 0, others: [] }));
    if (awaited.has(node)) calls.awaited++;
    else calls.others.push(node);
  }
  return found;
}

/** A function declared at hand that gives no promise needs no await; a dropped call that surely gives one is another rule's. */
function isLost(call: ts.CallExpression, file: SourceFacts, former: SourceFacts): boolean {
  const fn = calledFunction(call, file);
  if (fn && !isPromiseFunction(fn) && !handsOnACall(fn)) return false;
  if (isExpressionStatement(call.parent) && promiseAnswer(call, file) !== "unknown") return false;
  return isLeftAlone(call, file, former);
}

function problemOf(call: ts.CallExpression, file: SourceFacts): Problem {
  return {
    node: call.expression,
    message: `\`${calleeText(call, file)}(...)\` was awaited before this change and no longer is; if it still gives a promise, nobody waits for it.`,
  };
}
