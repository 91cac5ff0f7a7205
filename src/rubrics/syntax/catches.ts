import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isCatchClause,
  isEmptyStatement,
  isIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isReturnStatement,
  isThrowStatement,
  isTryStatement,
} from "./guards.ts";
import { isFunction, unwrap, walk, type FunctionWithBody } from "./functions.ts";
import type { ErrorTreatment } from "./error-treatment.ts";
import type { SourceFacts } from "./source-facts.ts";
import { logCallOf } from "./log-calls.ts";
import { memoOf } from "./node-memo.ts";

const { FirstAssignment, LastAssignment } = ts.SyntaxKind;

/** Code that receives an error: a catch clause, or the callback of `.catch(...)`. */
export interface ErrorReceiver {
  readonly node: ts.CatchClause | FunctionWithBody;
  /** null for `catch {`, a callback without parameters, or a destructured error. */
  readonly errorName: string | null;
  /** Block, or the expression of a short arrow. */
  readonly body: ts.Node;
}

/** Reads a catch clause or the callback handed to `.catch(...)` (and the second of `.then`); null when the node is neither. */
export function errorReceiverOf(node: ts.Node): ErrorReceiver | null {
  if (isCatchClause(node)) {
    const name = node.variableDeclaration?.name;
    return { node, errorName: name && isIdentifier(name) ? name.text : null, body: node.block };
  }
  if (!isFunction(node) || !isCallExpression(node.parent) || !node.body) return null;
  const call = node.parent;
  if (!isPropertyAccessExpression(call.expression)) return null;
  const method = call.expression.name.text;
  const position = call.arguments.findIndex((a) => a === node);
  if (!(method === "catch" && position === 0) && !(method === "then" && position === 1)) return null;
  const name = node.parameters[0]?.name;
  return { node, errorName: name && isIdentifier(name) ? name.text : null, body: node.body };
}

/** Reads what a receiver does with its error. */
export function treatmentOf(receiver: ErrorReceiver, file: SourceFacts): ErrorTreatment {
  return (memoOf(receiver.node).treatment ??= readTreatment(receiver, file));
}

function readTreatment(receiver: ErrorReceiver, file: SourceFacts): ErrorTreatment {
  const { body, errorName } = receiver;
  const logs: ts.CallExpression[] = [];
  let rethrows = false;
  let returns = !isBlock(body);
  let usesError = false;
  let acts = false;
  const look = (node: ts.Node): void => {
    if (isThrowStatement(node)) rethrows = true;
    if (isCallExpression(node) && isPropertyAccessExpression(node.expression) && /^(?:reject|next)$/.test(node.expression.name.text))
      rethrows = true;
    if (isCallExpression(node) && isIdentifier(node.expression) && /^(?:reject|next|done|cb|callback|done)$/.test(node.expression.text))
      rethrows = true;
    if (isReturnStatement(node)) returns = true;
    if (isCallExpression(node)) {
      acts = true;
      if (logCallOf(node, file)) logs.push(node);
    }
    if (isBinaryExpression(node) && node.operatorToken.kind >= FirstAssignment && node.operatorToken.kind <= LastAssignment) acts = true;
    if (errorName !== null && isIdentifier(node) && node.text === errorName && !isName(node)) usesError = true;
  };
  look(body);
  walk(body, look, true);
  const isEmpty = isBlock(body) ? body.statements.every((s) => isEmptyStatement(s)) : false;
  return { isEmpty, rethrows, returns, logs, usesError, acts, comment: commentIn(body, file) };
}

function isName(node: ts.Identifier): boolean {
  return (
    (isPropertyAccessExpression(node.parent) && node.parent.name === node) ||
    (isPropertyAssignment(node.parent) && node.parent.name === node)
  );
}

function commentIn(body: ts.Node, file: SourceFacts): string | null {
  const match = /\/\/[^\n]*|\/\*[^]*?\*\//.exec(file.text.slice(body.getStart(file.sourceFile), body.end));
  return match ? match[0].replace(/^\/\/|^\/\*+|\*\/$/g, "").trim() : null;
}

/** The try statement whose block holds a node within the same function; null when none does. */
export function enclosingTry(node: ts.Node): ts.TryStatement | null {
  let child = node;
  for (let up: ts.Node | undefined = node.parent; up && !isFunction(up); up = up.parent) {
    if (isTryStatement(up) && up.tryBlock === child) return up;
    child = up;
  }
  return null;
}

/** true when a promise expression has its own rejection handling: `.catch(...)`, `.then(a, b)` or `.finally` after one. */
export function hasRejectionHandler(expression: ts.Node): boolean {
  const e = unwrap(expression);
  if (!isCallExpression(e) || !isPropertyAccessExpression(e.expression)) return false;
  const method = e.expression.name.text;
  if (method === "catch") return e.arguments.length > 0;
  if (method === "then" && e.arguments.length > 1) return true;
  return hasRejectionHandler(e.expression.expression);
}
