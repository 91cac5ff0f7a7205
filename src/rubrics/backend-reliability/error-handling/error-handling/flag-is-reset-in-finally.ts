import { ts } from "ts-morph";
import {
  isArrowFunction,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isIfStatement,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isStringLiteralLike,
  isTryStatement,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { unguardedAwaits } from "../../../syntax/async-calls.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { contains, enclosingFunction, isAsync, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { waitsAnywhere } from "../../../syntax/promise-names.ts";

const { EqualsToken, FalseKeyword, MinusMinusToken, NullKeyword, PlusPlusToken, ThisKeyword, TrueKeyword } = ts.SyntaxKind;

/** What a function takes before it waits and gives back afterwards. */
interface Taking {
  readonly place: string;
  readonly root: ts.Expression;
  readonly kind: "flag" | "promise" | "counter" | "lock" | "entry";
  /** The method that gives a lock back; the key of an entry. */
  readonly gives?: string;
}

/** A flag, a count, a lock or a kept promise that only success takes back: after one error the work never runs again, or answers with that error for ever. */
export const flagIsResetInFinally: Rule = {
  id: "flag-is-reset-in-finally",
  requirement: "error-handling",
  severity: "blocking",
  title: "A flag set around an await is taken back in a finally",
  why: "An error between setting and taking back leaves the flag standing: the job never runs again, or everyone is handed the same old failure, until a restart.",
  fix: "Set the flag, then `try { await work(); } finally { running = false; }`.",
  source: "https://developer.mozilla.org/docs/Web/JavaScript/Reference/Statements/try...catch#the_finally_block",
  examples: {
    bad: `let sweeping = false;
export async function sweep() {
  if (sweeping) return;
  sweeping = true;
  await carts.removeAbandoned();
  sweeping = false;
}
`,
    good: `let sweeping = false;
export async function sweep() {
  if (sweeping) return;
  sweeping = true;
  try {
    await carts.removeAbandoned();
  } finally {
    sweeping = false;
  }
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.ExpressionStatement],
    when: waitsAnywhere,
    look: (node, file) => (isExpressionStatement(node) ? lookAt(node, file) : []),
  },
};

function lookAt(statement: ts.ExpressionStatement, file: SourceFacts): readonly Problem[] {
  const block = statement.parent;
  if (!isBlock(block)) return [];
  const around = enclosingFunction(statement);
  if (!around?.body || !isAsync(around)) return [];
  const taking = takingOf(statement.expression, file);
  if (!taking || !outlives(taking.root, around)) return [];
  const { statements } = block;
  const from = statements.indexOf(statement);
  const to = statements.findIndex((each, i) => i > from && isTakenBack(each, taking, file));
  if (to < 0) return [];
  const [first] = statements.slice(from + 1, to).flatMap((each) => unguardedAwaits(each));
  if (!first || isTakenBackOnErrors(around.body, taking, file)) return [];
  const isGuard = taking.kind === "flag" && isAskedBefore(around.body, taking, statement.pos, file);
  return [
    {
      node: statement.expression,
      alsoTouches: [first, ...statements.slice(to, to + 1)],
      severity: isGuard ? "blocking" : "advisory",
      message: messageOf(taking, isGuard),
    },
  ];
}

function messageOf({ kind, place }: Taking, isGuard: boolean): string {
  if (kind === "promise")
    return `\`${place}\` keeps a promise that rejected: only success takes it back, so every later caller gets the same failure.`;
  if (isGuard) return `\`${place}\` is taken back only when nothing fails: after one error this returns at once for ever.`;
  if (kind === "lock") return `\`${place}\` is given back only when nothing fails in between: after one error nobody gets it again.`;
  return `\`${place}\` is taken back only when nothing fails in between.`;
}

/** `x = true`, `active++`, `this.loading = load()`, `await lock.acquire()`, `context.set("id", id)`; null for anything else. */
function takingOf(expression: ts.Expression, file: SourceFacts): Taking | null {
  const e = unwrap(expression);
  if (isCallExpression(e)) return takenByCall(e, file);
  if ((isPostfixUnaryExpression(e) || isPrefixUnaryExpression(e)) && e.operator === PlusPlusToken)
    return { place: e.operand.getText(file.sourceFile), root: e.operand, kind: "counter" };
  if (!isBinaryExpression(e) || e.operatorToken.kind !== EqualsToken) return null;
  if (!isIdentifier(e.left) && !isPropertyAccessExpression(e.left)) return null;
  const place = e.left.getText(file.sourceFile);
  if (e.right.kind === TrueKeyword) return { place, root: e.left, kind: "flag" };
  const isKept = isCallExpression(e.right) && /(?:promise|pending|in_?flight|loading|initiali[sz]ing|connecting)$/i.test(place);
  return isKept && !/^(?:delay|sleep|wait|timer|pause)/i.test(calleeName(e.right)) ? { place, root: e.left, kind: "promise" } : null;
}

const LOCKS: Readonly<Record<string, string>> = { acquire: "release", lock: "unlock", acquireLock: "releaseLock", down: "up" };

function takenByCall(call: ts.CallExpression, file: SourceFacts): Taking | null {
  const name = calleeName(call);
  if (name !== "set" && LOCKS[name] === undefined) return null;
  const receiver = receiverOf(call);
  if (!receiver) return null;
  const place = receiver.getText(file.sourceFile);
  if (LOCKS[name] !== undefined && /lock|mutex|semaphore|sem$|guard/i.test(place))
    return { place, root: receiver, kind: "lock", gives: LOCKS[name] };
  const key = call.arguments[0];
  if (name !== "set" || call.arguments.length !== 2 || !key || !isStringLiteralLike(key) || isNothing(call.arguments[1])) return null;
  return /^(?:this\.)?(?:cls|als|store|context|ctx|asyncContext|localStore|scope)$/i.test(place)
    ? { place, root: receiver, kind: "entry", gives: key.text }
    : null;
}

function isNothing(node: ts.Node | undefined): boolean {
  const e = node && unwrap(node);
  return e !== undefined && (e.kind === NullKeyword || (isIdentifier(e) && e.text === "undefined"));
}

/** A member of `this`, or a variable of a scope around the function: it is still there when the next call begins. */
function outlives(left: ts.Node, around: FunctionWithBody): boolean {
  let root = unwrap(left);
  while (isPropertyAccessExpression(root)) root = unwrap(root.expression);
  if (root.kind === ThisKeyword) return true;
  if (!isIdentifier(root)) return false;
  const declaration = declarationOf(root);
  return declaration !== null && !contains(around, (n) => n === declaration, true);
}

/** `x = false`, `x = null`, `active--`, `lock.release()`, `context.set("id", undefined)` as a statement of its own. */
function isTakenBack(node: ts.Node, taking: Taking, file: SourceFacts): boolean {
  return isExpressionStatement(node) && isGivingBack(unwrap(node.expression), taking, file);
}

function isGivingBack(e: ts.Node, { place, kind, gives }: Taking, file: SourceFacts): boolean {
  if (kind === "counter")
    return (
      (isPostfixUnaryExpression(e) || isPrefixUnaryExpression(e)) &&
      e.operator === MinusMinusToken &&
      e.operand.getText(file.sourceFile) === place
    );
  if (kind === "lock" || kind === "entry") {
    if (!isCallExpression(e) || receiverOf(e)?.getText(file.sourceFile) !== place) return false;
    const name = calleeName(e);
    if (kind === "lock") return name === gives;
    const key = e.arguments[0];
    return (
      key !== undefined &&
      isStringLiteralLike(key) &&
      key.text === gives &&
      (name === "delete" || (name === "set" && isNothing(e.arguments[1])))
    );
  }
  if (!isBinaryExpression(e) || e.operatorToken.kind !== EqualsToken || e.left.getText(file.sourceFile) !== place) return false;
  return kind === "flag" ? unwrap(e.right).kind === FalseKeyword : isNothing(e.right);
}

/** In a catch, a finally, or a callback given to `.finally` or `.catch`. */
function isTakenBackOnErrors(body: ts.Node, taking: Taking, file: SourceFacts): boolean {
  const takesBack = (node: ts.Node): boolean => contains(node, (n) => isTakenBack(n, taking, file) || isShortForm(n, taking, file), true);
  return contains(
    body,
    (n) =>
      (isTryStatement(n) && [n.catchClause, n.finallyBlock].some((part) => part !== undefined && takesBack(part))) ||
      (isCallExpression(n) &&
        isPropertyAccessExpression(n.expression) &&
        /^(?:finally|catch)$/.test(n.expression.name.text) &&
        n.arguments.some(takesBack)),
    true,
  );
}

/** `() => (x = false)`. */
function isShortForm(node: ts.Node, taking: Taking, file: SourceFacts): boolean {
  return isArrowFunction(node) && !isBlock(node.body) && isGivingBack(unwrap(node.body), taking, file);
}

/** `if (running) return` further up: whoever comes later is turned away. */
function isAskedBefore(body: ts.Node, { place }: Taking, before: number, file: SourceFacts): boolean {
  return contains(
    body,
    (n) =>
      isIfStatement(n) &&
      n.pos < before &&
      contains(n.expression, (e) => e.getText(file.sourceFile) === place) &&
      contains(n.thenStatement, isReturnStatement),
  );
}
