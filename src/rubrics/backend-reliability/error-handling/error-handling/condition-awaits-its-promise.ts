import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isDoStatement,
  isIfStatement,
  isNonNullExpression,
  isParenthesizedExpression,
  isPrefixUnaryExpression,
  isWhileStatement,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { calleeText, promiseAnswer } from "../../../syntax/async-calls.ts";
import { unwrap } from "../../../syntax/functions.ts";

const {
  AmpersandAmpersandToken,
  AwaitExpression,
  BarBarToken,
  CallExpression,
  ExclamationToken,
  ExpressionStatement,
  PropertyAccessExpression,
} = ts.SyntaxKind;

/** A promise is always truthy, so a test of one always passes. */
export const conditionAwaitsItsPromise: Rule = {
  id: "condition-awaits-its-promise",
  requirement: "error-handling",
  severity: "blocking",
  title: "A condition awaits the promise that it tests",
  why: "A promise object is always truthy: the check passes for everyone, whatever it would have answered.",
  fix: "Put `await` before the call in the condition.",
  source: "https://typescript-eslint.io/rules/no-misused-promises",
  examples: {
    bad: `async function mayDelete(user) {
  return (await roles.of(user)).includes("admin");
}

export async function remove(user, id) {
  if (!mayDelete(user)) throw new Error("forbidden");
  await documents.remove(id);
}
`,
    good: `async function mayDelete(user) {
  return (await roles.of(user)).includes("admin");
}

export async function remove(user, id) {
  if (!(await mayDelete(user))) throw new Error("forbidden");
  await documents.remove(id);
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    look: (node, file) => {
      if (!isCallExpression(node) || !isTested(node) || promiseAnswer(node, file) === "unknown") return [];
      return [{ node, message: `\`${calleeText(node, file)}(...)\` gives a promise, which is always truthy: this test always passes.` }];
    },
  },
};

/** Directly the condition of if, while, `?:`, `!`, `&&`, or the left side of `||`. */
/** What most calls stand in, and no condition does. */
function isSettled({ kind }: ts.Node): boolean {
  return kind === PropertyAccessExpression || kind === ExpressionStatement || kind === CallExpression || kind === AwaitExpression;
}

function isTested(call: ts.CallExpression): boolean {
  let e: ts.Node = call;
  while (isParenthesizedExpression(e.parent) || isNonNullExpression(e.parent)) e = e.parent;
  const up = e.parent;
  if (isSettled(up)) return false;
  if (isIfStatement(up) || isWhileStatement(up) || isDoStatement(up)) return up.expression === e;
  if (isConditionalExpression(up)) return up.condition === e;
  if (isPrefixUnaryExpression(up)) return up.operator === ExclamationToken;
  if (!isBinaryExpression(up)) return false;
  const operator = up.operatorToken.kind;
  if (operator === AmpersandAmpersandToken) return up.left === e || isCondition(up);
  return operator === BarBarToken && (up.left === e ? isCondition(up) : isCondition(up));
}

function isCondition(expression: ts.Node): boolean {
  let e = expression;
  while (isParenthesizedExpression(e.parent) || isBinaryExpression(e.parent)) e = e.parent;
  const up = e.parent;
  return (
    ((isIfStatement(up) || isWhileStatement(up)) && up.expression === e) ||
    (isConditionalExpression(up) && up.condition === e) ||
    unwrap(up) !== up
  );
}
