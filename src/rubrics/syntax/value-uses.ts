import { ts } from "ts-morph";
import {
  isArrayLiteralExpression,
  isAwaitExpression,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isIdentifier,
  isIfStatement,
  isNonNullExpression,
  isParenthesizedExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isSpreadAssignment,
  isTemplateSpan,
} from "./guards.ts";
import type { PromiseAnswer } from "./async-calls.ts";
import { declarationOf } from "./declarations.ts";
import { calleeName } from "./origin.ts";
import type { SourceFacts } from "./source-facts.ts";

const { ExclamationToken, Identifier } = ts.SyntaxKind;

/** The first place where the variable is read as a value; null when it is somewhere treated as the promise that it is. */
export function usedAsValue(declaration: ts.VariableDeclaration, name: string, answer: PromiseAnswer, file: SourceFacts): ts.Node | null {
  let found: ts.Node | null = null;
  for (const reference of references(declaration, name, file)) {
    if (!isValueUse(reference, answer)) return null;
    found ??= reference;
  }
  return found;
}

/** Every place where a variable is read. */
export function references(declaration: ts.Node, name: string, file: SourceFacts): readonly ts.Identifier[] {
  return file
    .nodes(Identifier)
    .filter(
      (node): node is ts.Identifier =>
        isIdentifier(node) &&
        node.text === name &&
        node.parent !== declaration &&
        !isMemberName(node) &&
        declarationOf(node) === declaration,
    );
}

function isMemberName(node: ts.Identifier): boolean {
  return (
    (isPropertyAccessExpression(node.parent) && node.parent.name === node) ||
    (isPropertyAssignment(node.parent) && node.parent.name === node)
  );
}

/** Members and comparisons are read of a sure promise only: what is merely awaited elsewhere may be a query that is still being built. */
export function isValueUse(reference: ts.Identifier, answer: PromiseAnswer): boolean {
  let e: ts.Node = reference;
  while (isParenthesizedExpression(e.parent) || isNonNullExpression(e.parent)) e = e.parent;
  const up = e.parent;
  if (isPrefixUnaryExpression(up)) return up.operator === ExclamationToken;
  if (isIfStatement(up) || isSpreadAssignment(up)) return up.expression === e;
  if (isConditionalExpression(up)) return up.condition === e;
  if (answer !== "surely") return false;
  if (isCallExpression(up)) return isLookedInto(e, up);
  if (isTemplateSpan(up)) return true;
  return (
    (isPropertyAccessExpression(up) && up.expression === e && !isPromiseMember(up.name.text)) ||
    (isElementAccessExpression(up) && up.expression === e)
  );
}

/** true where the promise is awaited, chained or gathered. */
export function isWaited(reference: ts.Identifier): boolean {
  const up = reference.parent;
  return (
    isAwaitExpression(up) ||
    (isPropertyAccessExpression(up) && isPromiseMember(up.name.text)) ||
    (isArrayLiteralExpression(up) && isCallExpression(up.parent)) ||
    (isCallExpression(up) && /^(?:all|allSettled|race|any|resolve)$/.test(calleeName(up)))
  );
}

/** `get(order, "id")`, `Object.keys(order)`: what looks into an object. */
function isLookedInto(argument: ts.Node, call: ts.CallExpression): boolean {
  return (
    call.arguments[0] === argument &&
    /^(?:get|has|pick|omit|isEmpty|keys|values|entries)$/.test(calleeName(call)) &&
    !/^this\b/.test(call.expression.getText())
  );
}

/** true for what a promise, or what a library adds to one, has. */
export function isPromiseMember(name: string): boolean {
  return /^(?:then|catch|finally|cancel|abort|kill|stdout|stderr|stdin|pid|json|text|buffer|on|once|pipe)$/.test(name);
}
