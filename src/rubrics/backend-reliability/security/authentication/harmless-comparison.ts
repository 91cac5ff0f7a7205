import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isIdentifier,
  isIfStatement,
  isLiteralExpression,
  isNumericLiteral,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isTypeOfExpression,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { contains, enclosingFunction, functionName, unwrap } from "../../../syntax/functions.ts";
import { nameOfValue } from "../../../syntax/secret-names.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { NullKeyword } = ts.SyntaxKind;

/** `if (kept.token !== token) kept.token = token`: what changed is taken over. */
function isTakenOver(keeper: ts.Node, other: ts.Node, file: SourceFacts): boolean {
  let up: ts.Node = keeper.parent;
  while (isBinaryExpression(up) || isParenthesizedExpression(up)) up = up.parent;
  if (!isIfStatement(up)) return false;
  const texts = [keeper.getText(file.sourceFile), other.getText(file.sourceFile)];
  return contains(
    up.thenStatement,
    (n) => isBinaryExpression(n) && n.operatorToken.getText() === "=" && texts.includes(n.left.getText(file.sourceFile)),
    true,
  );
}

/** `{ current: token === session.token }`, `x.token === y.token ? 1 : 0`: what is told or counted, and nobody is let in. */
export function isForShow(node: ts.BinaryExpression): boolean {
  const up = node.parent;
  if (isPropertyAssignment(up)) return /^(?:is_?)?(?:current|active|self|mine|own|same|selected)$/i.test(up.name.getText());
  return isConditionalExpression(up) && up.condition === node && isNumericLiteral(up.whenTrue) && isNumericLiteral(up.whenFalse);
}

/** Two kept values of one name: a copy is compared with another, outside of what lets people in. */
export function isCopy(keeper: ts.Node, other: ts.Node): boolean {
  const fn = enclosingFunction(keeper);
  return (
    isPropertyAccessExpression(keeper) &&
    isPropertyAccessExpression(other) &&
    keeper.name.text === other.name.text &&
    !/req|body|input|params|query|dto|payload|credential/i.test(`${keeper.expression.getText()} ${other.expression.getText()}`) &&
    !/log_?in|sign_?in|auth|verif|check|validate|compare|is[A-Z]/i.test(fn ? functionName(fn) : "")
  );
}

/** A digest of what was sent along: everyone can make it. */
export function isOfContent(node: ts.Node): boolean {
  const e = unwrap(node);
  if (!/(?:digest|hash)$/i.test(nameOfValue(e))) return false;
  const declaration = isIdentifier(e) ? declarationOf(e) : null;
  const made = declaration && isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : null;
  return (
    made !== null &&
    isCallExpression(made) &&
    made.arguments.length === 1 &&
    /body|content|data|file|buffer|text/i.test(made.arguments[0]?.getText() ?? "")
  );
}

/** Names that hold something else in clients, forms and parsers. */
export function isPublicForm(e: ts.Node): boolean {
  return /(?:^|\.)(?:[A-Z]\w*|errors?|fields?|form|schema|types?|kinds?)\.\w+$/.test(e.getText());
}

/** The other side must be a value that could be chosen: no literal, no constant, no presence test. */
export function isSuppliedValue(e: ts.Node): boolean {
  if (e.kind === NullKeyword || isLiteralExpression(e) || isTypeOfExpression(e)) return false;
  if (isIdentifier(e)) return e.text !== "undefined" && !/^[A-Z]/.test(e.text);
  return isPropertyAccessExpression(e) || isElementAccessExpression(e) || isCallExpression(e);
}

/** Two secrets of one form (`password !== confirmPassword`, `old.token !== token`) or a change check, not a proof of identity. */
export function isRepetition(keeper: ts.Node, other: ts.Node, file: SourceFacts): boolean {
  const names = `${nameOfValue(keeper)} ${nameOfValue(other)} ${other.getText(file.sourceFile).slice(0, 60)} ${keeper.getText(file.sourceFile).slice(0, 60)}`;
  if (
    /confirm|repeat|retype|again|sibling|\bnew|\bold|prev|current|masked|placeholder|redact|default|initial|existing|next|last|legacy|\block/i.test(
      names,
    )
  )
    return true;
  if (nameOfValue(keeper).replace(/\d$/, "") === nameOfValue(other).replace(/\d$/, "") && nameOfValue(keeper) !== nameOfValue(other))
    return true;
  if (nameOfValue(keeper) === nameOfValue(other) && [keeper, other].some((e) => e.getText(file.sourceFile).startsWith("this.")))
    return true;
  if (isTakenOver(keeper, other, file) || nameOfValue(other) === "key") return true;
  const fn = enclosingFunction(keeper);
  return fn !== null && /changed|diff|equal|dirty|sync|update|migrate|rotate/i.test(functionName(fn));
}
