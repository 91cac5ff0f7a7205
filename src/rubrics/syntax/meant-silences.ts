import { ts } from "ts-morph";
import {
  isArrayLiteralExpression,
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isCatchClause,
  isExpressionStatement,
  isIdentifier,
  isIfStatement,
  isLiteralExpression,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isStatement,
  isVariableDeclaration,
  isVoidExpression,
} from "./guards.ts";
import { calledFunction, neverRejects } from "./async-calls.ts";
import type { ErrorReceiver } from "./catches.ts";
import { declarationOf } from "./declarations.ts";
import { contains, unwrap } from "./functions.ts";
import type { SourceFacts } from "./source-facts.ts";

const { FalseKeyword, NullKeyword, TrueKeyword } = ts.SyntaxKind;

/** `try { await result } catch {}` only waits for a promise that somebody else has; a function that catches everything itself rejects never. */
export function isHeardElsewhere({ node }: ErrorReceiver, file: SourceFacts): boolean {
  if (isCatchClause(node)) {
    const [only, ...others] = node.parent.tryBlock.statements;
    if (!only || others.length > 0 || !isExpressionStatement(only) || !isAwaitExpression(only.expression)) return false;
    const kept = unwrap(only.expression);
    const declaration = isIdentifier(kept) ? declarationOf(kept) : null;
    return declaration !== null && isVariableDeclaration(declaration) && declaration.initializer !== undefined;
  }
  const call = node.parent;
  const source = isCallExpression(call) && isPropertyAccessExpression(call.expression) ? unwrap(call.expression.expression) : call;
  const fn = isCallExpression(source) ? calledFunction(source, file) : null;
  return fn !== null && neverRejects(fn, file);
}

const EXPLAINS =
  /\b(?:best[- ]?effort|ignor\w*|optional\w*|swallow\w*|fail\w*|errors?|rejects?|throws?|fall(?:s|ing)?[- ]?back|default|missing|(?:not|non|in|un)[- ]?(?:critical|fatal|blocking|essential|important)|fire[- ](?:and|&)[- ]forget|harmless|matters?|intentional\w*|deliberate\w*|on purpose|silent\w*|safe(?:ly)?|tolerat\w*|may be|might|whether or not|regardless|never)\b/i;

/** A comment directly above the statement (or behind it on its line) that says why the failure may pass, as one inside an empty catch would. */
export function isExplainedAbove(node: ts.Node, file: SourceFacts): boolean {
  if (isCatchClause(node)) return false;
  let statement: ts.Node = node;
  while (statement.parent && !isStatement(statement)) statement = statement.parent;
  const above = ts.getLeadingCommentRanges(file.text, statement.pos) ?? [];
  const behind = ts.getTrailingCommentRanges(file.text, statement.end) ?? [];
  return [...above.slice(-3), ...behind].some(({ pos, end }) => EXPLAINS.test(file.text.slice(pos, Math.min(end, pos + 1000))));
}

/** What follows the try gives a plain answer, or asks whether the try left a value: the silence is meant, though it leaves no trace. */
export function isAnsweredBelow(clause: ts.CatchClause): boolean {
  const { parent } = clause;
  if (!isBlock(parent.parent)) return false;
  const next = parent.parent.statements[parent.parent.statements.indexOf(parent) + 1];
  if (!next) return false;
  if (isReturnStatement(next)) return !next.expression || isLiteral(unwrap(next.expression));
  const assigned = parent.tryBlock.statements.flatMap((each) => {
    const e = isExpressionStatement(each) ? each.expression : null;
    return e && isBinaryExpression(e) && isIdentifier(e.left) ? [e.left.text] : [];
  });
  return isIfStatement(next) && contains(next.expression, (n) => isIdentifier(n) && assigned.includes(n.text));
}

/** `const repo = await load().catch(() => null); if (!repo) ...`: the default says that it failed, and is asked at once. */
export function isToldByItsAbsence(receiver: ErrorReceiver): boolean {
  if (isCatchClause(receiver.node)) return false;
  let e: ts.Node = receiver.node.parent;
  while (isAwaitExpression(e.parent) || isParenthesizedExpression(e.parent)) e = e.parent;
  const declaration = e.parent;
  if (!isVariableDeclaration(declaration) || !isIdentifier(declaration.name)) return false;
  const name = declaration.name.text;
  const block = declaration.parent.parent.parent;
  return contains(block, (n) => isIfStatement(n) && n.pos > declaration.pos && asksFor(n.expression, name));
}

function asksFor(condition: ts.Node, name: string): boolean {
  const isNamed = (n: ts.Node): boolean => isIdentifier(n) && n.text === name;
  return contains(
    condition,
    (n) =>
      (n === condition && isNamed(n)) ||
      (isPrefixUnaryExpression(n) && isNamed(n.operand)) ||
      (isBinaryExpression(n) && isNamed(n.left) && n.right.kind === NullKeyword),
  );
}

function isNothing(value: ts.Node): boolean {
  return (isIdentifier(value) && value.text === "undefined") || value.kind === NullKeyword || isVoidExpression(value);
}

/** `null`, `false`, a literal, `[]` or `{}`. */
export function isLiteral(value: ts.Node): boolean {
  return (
    isNothing(value) ||
    isLiteralExpression(value) ||
    value.kind === FalseKeyword ||
    value.kind === TrueKeyword ||
    (isArrayLiteralExpression(value) && value.elements.length === 0) ||
    (isObjectLiteralExpression(value) && value.properties.length === 0)
  );
}
