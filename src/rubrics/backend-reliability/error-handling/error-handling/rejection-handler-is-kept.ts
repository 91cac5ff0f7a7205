import { ts } from "ts-morph";
import {
  isAwaitExpression,
  isCallExpression,
  isCatchClause,
  isExpressionStatement,
  isPropertyAccessExpression,
  isReturnStatement,
  isThrowStatement,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { calleeText, promiseAnswer } from "../../../syntax/async-calls.ts";
import { enclosingTry, errorReceiverOf, hasRejectionHandler, treatmentOf } from "../../../syntax/catches.ts";
import { calleeKey, formerOf, MOST_COMPARED, placeOf } from "../../../syntax/former-file.ts";
import { contains, isFunction, unwrap } from "../../../syntax/functions.ts";
import { lostTries, parametersAround } from "../../../syntax/lost-guards.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import { isInsideRequestHandler } from "../../../syntax/requests.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { CatchClause } = ts.SyntaxKind;

/** A change that takes the `.catch` or the try from work that is still done. */
export const rejectionHandlerIsKept: Rule = {
  id: "rejection-handler-is-kept",
  requirement: "error-handling",
  severity: "advisory",
  title: "Work whose failure was caught is still caught",
  why: "Somebody saw this fail. Without the handler the failure leaves the function, and where nobody above catches it, it ends the process.",
  fix: "Put the handler back, or say in the pull request who catches the failure now.",
  source: "https://nodejs.org/api/process.html#event-unhandledrejection",
  needsWholeFile: true,
  comparesWithBase: true,
  examples: {
    bad: `import { warm } from "./cache.ts";
export function start(server) {
  warm("prices").catch((error) => logger.warn({ err: error }, "cache stays cold")); // removed
  warm("prices"); // added
  server.listen(8080);
}
`,
    good: `import { warm } from "./cache.ts";
export async function start(server) {
  warm("prices").catch((error) => logger.warn({ err: error }, "cache stays cold")); // removed
  await warm("prices"); // added
  server.listen(8080);
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) => {
      const former = formerOf(file);
      return former ? [...lostCatches(file, former), ...lostTryCatches(file, former), ...emptied(file, former)] : [];
    },
  },
};

/** `work().catch(...)` before, `work()` now, which nobody waits for, or which a request handler only returns. */
function lostCatches(file: SourceFacts, former: SourceFacts): readonly Problem[] {
  const catches = former.callsNamed("catch").filter((call) => call.arguments.length > 0);
  if (file.callsNamed("catch").length >= catches.length) return [];
  const done = new Set<ts.Node>();
  return catches.slice(0, MOST_COMPARED).flatMap((was) => {
    const root = rootOf(was);
    if (!root) return [];
    const place = placeOf(root);
    const didMore = doesMoreThanGive(was);
    const now = file
      .callsNamed(calleeName(root))
      .filter(
        (call) =>
          calleeKey(call) === calleeKey(root) && placeOf(call) === place && (isUnheard(call, file) || (didMore && isPassedOn(call))),
      );
    const wereUnheard = former
      .callsNamed(calleeName(root))
      .filter(
        (call) =>
          calleeKey(call) === calleeKey(root) && placeOf(call) === place && (isUnheard(call, former) || (didMore && isPassedOn(call))),
      );
    if (now.length <= wereUnheard.length) return [];
    return now.flatMap((call): Problem[] => {
      if (done.has(call) || parametersAround(call) !== parametersAround(root)) return [];
      done.add(call);
      return [
        {
          node: call.expression,
          alsoTouches: [topOf(call)],
          message: `The change takes the \`.catch\` from \`${calleeText(call, file)}(...)\`: ${isUnheard(call, file) ? "a rejection is unhandled now" : "its failure leaves the function now; who catches it was not followed"}.`,
        },
      ];
    });
  });
}

/** The call at the beginning of a chain of `then`, `catch` and `finally`. */
function rootOf(chain: ts.CallExpression): ts.CallExpression | null {
  let e: ts.Node = chain;
  while (isCallExpression(e) && /^(?:then|catch|finally)$/.test(calleeName(e))) {
    const receiver = receiverOf(e);
    if (!receiver) return null;
    e = unwrap(receiver);
  }
  return isCallExpression(e) ? e : null;
}

function topOf(call: ts.CallExpression): ts.Node {
  let e: ts.Node = call;
  while (isPropertyAccessExpression(e.parent) && isCallExpression(e.parent.parent) && /^(?:then|catch|finally)$/.test(e.parent.name.text))
    e = e.parent.parent;
  return e;
}

/** Dropped without a handler, where no other rule says so; or returned by a request handler, whose framework may not wait. */
function isUnheard(call: ts.CallExpression, file: SourceFacts): boolean {
  const top = topOf(call);
  if (hasRejectionHandler(top)) return false;
  if (isExpressionStatement(top.parent)) return top !== call || promiseAnswer(call, file) === "unknown";
  return isReturnStatement(top.parent) && top !== call && isInsideRequestHandler(call, file);
}

/** A handler of what was awaited or returned that logs or does something else, and does not throw again. */
function doesMoreThanGive(was: ts.CallExpression): boolean {
  const handler = was.arguments[0] && unwrap(was.arguments[0]);
  const top = topOf(was);
  if (!isAwaitExpression(top.parent) && !isReturnStatement(top.parent)) return false;
  if (!handler || !isFunction(handler) || !handler.body) return false;
  return contains(handler.body, isCallExpression) && !contains(handler.body, isThrowStatement);
}

/** Awaited or returned where no try holds it. */
function isPassedOn(call: ts.CallExpression): boolean {
  const top = topOf(call);
  if (hasRejectionHandler(top) || enclosingTry(top)?.catchClause) return false;
  return isAwaitExpression(top.parent) || isReturnStatement(top.parent);
}

/** Of several at once nothing is said: the file hands its failures to one place above. */
const AT_ONCE = 2;

function lostTryCatches(file: SourceFacts, former: SourceFacts): readonly Problem[] {
  const lost = lostTries(file, former, handlesErrors, ({ catchClause }) => catchClause !== undefined, mayFail);
  if (lost.length > AT_ONCE) return [];
  return lost.flatMap(({ calls: [first, ...others] }): Problem[] => {
    if (!first) return [];
    const message = `The change takes the try/catch from around \`${calleeText(first, file)}(...)\`; who catches its failure now was not followed.`;
    return [{ node: first.expression, alsoTouches: others, message }];
  });
}

/** A catch that does not end in another throw. */
function handlesErrors({ catchClause }: ts.TryStatement): boolean {
  const last = catchClause?.block.statements.at(-1);
  return catchClause !== undefined && !(last && isThrowStatement(last));
}

/** What is waited for, and what throws on malformed text. */
function mayFail(call: ts.CallExpression): boolean {
  return isAwaitExpression(call.parent) || /^(?:JSON\.parse|decodeURI(?:Component)?)$/.test(calleeKey(call));
}

/** A catch that did something with the error, and is empty now without a word. */
function emptied(file: SourceFacts, former: SourceFacts): readonly Problem[] {
  const before = catchesByPlace(former);
  return [...catchesByPlace(file)].flatMap(([place, now]): readonly Problem[] => {
    const were = before.get(place);
    if (!were || were.length !== now.length) return [];
    return now.flatMap(({ clause, treatment }, i): Problem[] =>
      treatment.isEmpty && treatment.comment === null && were[i]?.treatment.acts
        ? [{ node: clause, message: "The change empties this catch: the failure that it told of is told to nobody now." }]
        : [],
    );
  });
}

function catchesByPlace(file: SourceFacts): ReadonlyMap<string, readonly CaughtHere[]> {
  const found = new Map<string, CaughtHere[]>();
  for (const clause of file.nodes(CatchClause).slice(0, MOST_COMPARED)) {
    const receiver = isCatchClause(clause) ? errorReceiverOf(clause) : null;
    if (!receiver) continue;
    const place = placeOf(clause);
    const each = { clause, treatment: treatmentOf(receiver, file) };
    const list = found.get(place);
    if (list) list.push(each);
    else found.set(place, [each]);
  }
  return found;
}

interface CaughtHere {
  readonly clause: ts.Node;
  readonly treatment: ReturnType<typeof treatmentOf>;
}
