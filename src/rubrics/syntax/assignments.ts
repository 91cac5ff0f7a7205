import { ts } from "ts-morph";
import { declarationOf } from "./declarations.ts";
import { enclosingClass, unwrap } from "./functions.ts";
import { isBinaryExpression, isIdentifier, isPropertyAccessExpression } from "./guards.ts";
import type { SourceFacts } from "./source-facts.ts";

const { BinaryExpression, EqualsToken, NullKeyword, ThisKeyword } = ts.SyntaxKind;

/** The value of the first `name = value` in the file for a variable that is declared empty. */
export function assignedTo(declaration: ts.VariableDeclaration, name: string, file: SourceFacts): ts.Node | undefined {
  for (const node of file.nodes(BinaryExpression)) {
    if (!isBinaryExpression(node) || node.operatorToken.kind !== EqualsToken) continue;
    if (isIdentifier(node.left) && node.left.text === name && !isNothing(node.right) && declarationOf(node.left) === declaration)
      return node.right;
  }
  return undefined;
}

/** The value of the first `this.name = value` in a class for a member that is declared empty. */
export function assignedToThis(owner: ts.Node, name: string, file: SourceFacts): ts.Node | undefined {
  for (const node of file.nodes(BinaryExpression)) {
    if (!isBinaryExpression(node) || node.operatorToken.kind !== EqualsToken) continue;
    const left = node.left;
    if (
      isPropertyAccessExpression(left) &&
      left.expression.kind === ThisKeyword &&
      left.name.text === name &&
      !isNothing(node.right) &&
      enclosingClass(node) === owner
    )
      return node.right;
  }
  return undefined;
}

/** true for `null` and `undefined`. */
export function isNothing(e: ts.Node): boolean {
  const inner = unwrap(e);
  return inner.kind === NullKeyword || (isIdentifier(inner) && inner.text === "undefined");
}
