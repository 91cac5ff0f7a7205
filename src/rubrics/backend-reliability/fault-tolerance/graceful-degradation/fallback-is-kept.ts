import { ts } from "ts-morph";
import { isArrowFunction, isAwaitExpression, isBlock, isCallExpression, isReturnStatement } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { enclosingTry } from "../../../syntax/catches.ts";
import { calleeKey, formerOf, MOST_COMPARED, placeOf } from "../../../syntax/former-file.ts";
import { contains, isFunction, unwrap } from "../../../syntax/functions.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** A change that takes the other value from a call that may fail, or lets one failure end what went on without it. */
export const fallbackIsKept: Rule = {
  id: "fallback-is-kept",
  requirement: "graceful-degradation",
  severity: "advisory",
  title: "What went on without an answer still does",
  why: "The answer was known not to be needed. Without the other value its failure takes everything around it along.",
  fix: "Put the other value back, or say in the pull request why the whole may fail with this part.",
  source: "https://sre.google/sre-book/addressing-cascading-failures/ (graceful degradation)",
  needsWholeFile: true,
  comparesWithBase: true,
  examples: {
    bad: `import { ratingOf, stockOf } from "./shop.ts";
export async function product(id) {
  const rating = await ratingOf(id).catch(() => null); // removed
  const rating = await ratingOf(id); // added
  return { stock: await stockOf(id), rating };
}
`,
    good: `import { ratingOf, stockOf } from "./shop.ts";
export async function product(id) {
  const rating = await ratingOf(id).catch(() => null); // removed
  const [rating] = await Promise.allSettled([ratingOf(id)]); // added
  return { stock: await stockOf(id), rating };
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) => {
      const former = formerOf(file);
      return former ? [...lostValues(file, former), ...lostSettling(file, former)] : [];
    },
  },
};

/** `await x().catch(() => null)` before, `await x()` now. */
function lostValues(file: SourceFacts, former: SourceFacts): readonly Problem[] {
  const catches = former.callsNamed("catch").filter(givesAValue);
  if (file.callsNamed("catch").filter(givesAValue).length >= catches.length) return [];
  return catches.slice(0, MOST_COMPARED).flatMap((was): Problem[] => {
    const root = receiverOf(was) && unwrap(receiverOf(was) ?? was);
    if (!root || !isCallExpression(root)) return [];
    const alike = (facts: SourceFacts): readonly ts.CallExpression[] =>
      facts
        .callsNamed(calleeName(root))
        .filter((call) => calleeKey(call) === calleeKey(root) && placeOf(call) === placeOf(root) && isBare(call));
    const now = alike(file);
    const [first] = now.length > alike(former).length ? now : [];
    if (!first) return [];
    const message = `The change takes the other value from \`${calleeText(first, file)}(...)\`: its failure now ends what went on without it.`;
    return [{ node: first.expression, alsoTouches: [first], message }];
  });
}

/** `.catch(() => null)`, `.catch(() => [])`, `.catch(() => { return x; })`: no call, no throw. */
function givesAValue(call: ts.CallExpression): boolean {
  const handler = call.arguments[0] && unwrap(call.arguments[0]);
  if (!handler || !isFunction(handler) || !handler.body) return false;
  if (isArrowFunction(handler) && !isBlock(handler.body)) return !contains(handler.body, isCallExpression);
  return contains(handler.body, (n) => isReturnStatement(n) && n.expression !== undefined);
}

/** Awaited, and held by no try. */
function isBare(call: ts.CallExpression): boolean {
  return isAwaitExpression(call.parent) && enclosingTry(call)?.catchClause === undefined;
}

/** `allSettled` before, `all` now. */
function lostSettling(file: SourceFacts, former: SourceFacts): readonly Problem[] {
  const before = former.callsNamed("allSettled");
  if (file.callsNamed("allSettled").length >= before.length) return [];
  const places = new Set(before.map(placeOf));
  const known = new Set(former.callsNamed("all").map(placeOf));
  return file
    .callsNamed("all")
    .filter((call) => places.has(placeOf(call)) && !known.has(placeOf(call)))
    .map((call) => ({
      node: call.expression,
      message: "The change puts `all` where `allSettled` stood: one failure now throws the other answers away.",
    }));
}
