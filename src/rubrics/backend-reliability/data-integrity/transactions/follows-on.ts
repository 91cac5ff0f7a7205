import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isBlock,
  isBreakStatement,
  isCallExpression,
  isCaseBlock,
  isCatchClause,
  isConditionalExpression,
  isContinueStatement,
  isExpressionStatement,
  isIdentifier,
  isIfStatement,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isThrowStatement,
  isTryStatement,
} from "../../../syntax/guards.ts";
import { isFunction, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";

const { EqualsToken, ExclamationToken } = ts.SyntaxKind;

/** true for a function that is handed straight to a call. */
export function isInlineCallback(fn: FunctionWithBody): boolean {
  return (
    isCallExpression(fn.parent) &&
    isPropertyAccessExpression(fn.parent.expression) &&
    /^(?:map|forEach|all|then|flatMap|each)$/.test(fn.parent.expression.name.text)
  );
}

/** The second runs after the first in the same run: not in the other branch, not after the first has returned, not in a catch. */
export function followsOn(first: ts.Node, second: ts.Node): boolean {
  let from: ts.Node = first;
  while (from.parent && !(from.parent.pos <= second.pos && second.end <= from.parent.end)) {
    if (isCatchClause(from)) return false;
    if (isBlock(from) && endsRun(from)) return false;
    from = from.parent;
  }
  if (isReturnStatement(from)) return false;
  const meeting = from.parent;
  if (isIfStatement(meeting) || isConditionalExpression(meeting) || isCaseBlock(meeting)) return false;
  if (isTryStatement(meeting) && meeting.catchClause && contains(meeting.catchClause, second)) return false;
  for (let up: ts.Node | undefined = second; up && up !== meeting; up = up.parent) {
    if (isCatchClause(up)) return false;
    if (isIfStatement(up) && isSettledBy(up.expression, first, meeting)) return false;
  }
  return !crossesFunction(first, meeting) && !crossesFunction(second, meeting);
}

/** `if (!user)` after a block that held the first write and set `user`: only one of both runs. */
function isSettledBy(condition: ts.Expression, first: ts.Node, meeting: ts.Node): boolean {
  const test = unwrap(condition);
  if (!isPrefixUnaryExpression(test) || test.operator !== ExclamationToken || !isIdentifier(test.operand)) return false;
  const name = test.operand.text;
  for (let up = first.parent; up !== meeting; up = up.parent) if (isBlock(up) && up.statements.some((s) => setsName(s, name))) return true;
  return false;
}

function setsName(statement: ts.Statement, name: string): boolean {
  if (!isExpressionStatement(statement)) return false;
  const e = unwrap(statement.expression);
  return isBinaryExpression(e) && e.operatorToken.kind === EqualsToken && isIdentifier(e.left) && e.left.text === name;
}

function contains(outer: ts.Node, inner: ts.Node): boolean {
  return outer.pos <= inner.pos && inner.end <= outer.end;
}

function endsRun(block: ts.Block): boolean {
  const last = block.statements.at(-1);
  return last !== undefined && (isReturnStatement(last) || isThrowStatement(last) || isContinueStatement(last) || isBreakStatement(last));
}

function crossesFunction(node: ts.Node, upTo: ts.Node): boolean {
  for (let up: ts.Node | undefined = node.parent; up && up !== upTo; up = up.parent)
    if (isFunction(up) && !isInlineCallback(up)) return true;
  return false;
}
