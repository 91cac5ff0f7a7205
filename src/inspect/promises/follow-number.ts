import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isVariableDeclaration,
} from "../../rubrics/syntax/guards.ts";
import { nameText, unwrap } from "../../rubrics/syntax/functions.ts";
import { numberOf } from "../../rubrics/syntax/literals.ts";
import type { SourceFacts } from "../../rubrics/syntax/source-facts.ts";

const { AsteriskToken, PlusToken } = ts.SyntaxKind;

const DEPTH = 4;

/** The number that an expression has: as `numberOf` tells it, or through constants that other files at hand export (`limits.sms.timeoutMs`); null when it cannot be told. */
export function followNumber(node: ts.Node | undefined, file: SourceFacts, depth = 0): number | null {
  if (!node || depth > DEPTH) return null;
  const here = numberOf(node);
  if (here !== null) return here;
  const e = unwrap(node);
  if (isBinaryExpression(e)) {
    const left = followNumber(e.left, file, depth + 1);
    const right = followNumber(e.right, file, depth + 1);
    if (left === null || right === null) return null;
    if (e.operatorToken.kind === AsteriskToken) return left * right;
    return e.operatorToken.kind === PlusToken ? left + right : null;
  }
  const [value, home] = exportedConstant(e, file) ?? [];
  return value && home ? followNumber(value, home, depth + 1) : null;
}

/** The initializer that an imported name, or a member of an imported object, stands for, with the file it stands in. */
function exportedConstant(e: ts.Node, file: SourceFacts): readonly [ts.Node, SourceFacts] | null {
  const names: string[] = [];
  let root = e;
  while (isPropertyAccessExpression(root)) {
    names.unshift(root.name.text);
    root = unwrap(root.expression);
  }
  const imported = isIdentifier(root) ? file.imports.get(root.text) : undefined;
  if (!imported) return null;
  const name = imported.name === "*" ? names.shift() : imported.name;
  const found = name === undefined ? null : file.repository.exportOf(file.path, imported.from, name);
  if (!found) return null;
  let value: ts.Node | undefined = isVariableDeclaration(found.node) ? found.node.initializer : found.node;
  for (const member of names) value = value && memberOf(unwrap(value), member);
  return value ? [value, found.file] : null;
}

function memberOf(object: ts.Node, name: string): ts.Node | undefined {
  if (isCallExpression(object) && object.expression.getText() === "Object.freeze" && object.arguments[0])
    return memberOf(unwrap(object.arguments[0]), name);
  if (!isObjectLiteralExpression(object)) return undefined;
  for (const property of object.properties)
    if (isPropertyAssignment(property) && nameText(property.name) === name) return property.initializer;
  return undefined;
}
