import { ts } from "ts-morph";
import {
  isArrayLiteralExpression,
  isAsExpression,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isParameter,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import { isPrismaCall } from "../../../syntax/async-calls.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { enclosingFunction, nameText, unwrap } from "../../../syntax/functions.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { BinaryExpression, EqualsToken } = ts.SyntaxKind;

/** A value under one of these names has been hashed or encrypted. */
const COVERED = /hash|crypt|digest|cipher|encod|secure|sealed|argon|scrypt|bcrypt|salted|derived|signed|masked|null/i;

/** Calls that write rows, whatever the library. */
export const WRITES =
  /^(?:insert|insertOne|insertMany|insertInto|values|set|update|updateOne|updateMany|findOneAndUpdate|findByIdAndUpdate|findOneAndReplace|upsert|replaceOne)$/;

/** Functions of one's own that store what they are told. */
export const STORES = /^(?:upsert|insert|persist|store)[A-Z]\w*$/;

/** A parameter, or a member of one, that nothing has changed on the way. */
export function isPlain(value: ts.Node, file: SourceFacts): boolean {
  if (COVERED.test(value.getText(file.sourceFile))) return false;
  let root = value;
  while (isPropertyAccessExpression(root)) root = unwrap(root.expression);
  if (!isIdentifier(root)) return false;
  const declaration = declarationOf(root);
  if (!declaration || isReassigned(root, file)) return false;
  if (isParameter(declaration)) return true;
  if (isVariableDeclaration(declaration))
    return (
      declaration.initializer !== undefined &&
      root !== value &&
      /^(?:req|request|ctx|c|event)\b/.test(declaration.initializer.getText(file.sourceFile))
    );
  if (!isBindingElement(declaration)) return false;
  let top: ts.Node = declaration;
  while (isBindingElement(top)) top = top.parent.parent;
  if (isParameter(top)) return true;
  if (!isVariableDeclaration(top) || !top.initializer) return false;
  const source = unwrap(top.initializer);
  return isIdentifier(source) || (isPropertyAccessExpression(source) && !isCallExpression(source.expression));
}

function isReassigned(name: ts.Identifier, file: SourceFacts): boolean {
  const fn = enclosingFunction(name);
  return file
    .nodes(BinaryExpression)
    .some(
      (n) =>
        isBinaryExpression(n) &&
        n.operatorToken.kind === EqualsToken &&
        n.left.getText(file.sourceFile).split(".")[0] === name.text &&
        /pass|token|otp|secret|code/i.test(n.left.getText(file.sourceFile)) &&
        enclosingFunction(n) === fn,
    );
}

/** The database write whose argument holds the property: not in a filter, a selection or an inner call. */
export function writeAround(node: ts.Node): ts.CallExpression | null {
  for (let child = node, up: ts.Node = node.parent; up; child = up, up = up.parent) {
    if (isPropertyAssignment(up)) {
      if (/^(?:where|select|include|orderBy|filter|query)$/.test(nameText(up.name))) return null;
      continue;
    }
    if (isObjectLiteralExpression(up) || isArrayLiteralExpression(up) || isParenthesizedExpression(up) || isAsExpression(up)) continue;
    return isCallExpression(up) && up.expression !== child && isWrite(up, child) ? up : null;
  }
  return null;
}

function isWrite(call: ts.CallExpression, argument: ts.Node): boolean {
  const name = calleeName(call);
  if (isPrismaCall(call)) return /^(?:create|update|upsert)/.test(name);
  if (STORES.test(name)) return true;
  if (!WRITES.test(name)) return false;
  const receiver = receiverOf(call);
  if (!receiver || /cache|redis|session|store|params|headers|cookies|map|state|logger|storage/i.test(receiver.getText().slice(0, 80)))
    return false;
  const isFilter = call.arguments.length > 1 && call.arguments[0] === argument && /^(?:update|findOne|replace|upsert)/.test(name);
  return !isFilter;
}
