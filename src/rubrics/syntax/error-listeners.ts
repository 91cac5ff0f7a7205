import { ts } from "ts-morph";
import {
  isAsExpression,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isNonNullExpression,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPrivateIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isReturnStatement,
  isShorthandPropertyAssignment,
  isStringLiteralLike,
  isVariableDeclaration,
} from "./guards.ts";
import { declarationOf } from "./declarations.ts";
import { contains, enclosingFunction, unwrap } from "./functions.ts";
import { receiverOf } from "./origin.ts";
import type { SourceFacts } from "./source-facts.ts";

const { FirstAssignment, LastAssignment } = ts.SyntaxKind;

/** Methods that add a listener. */
export const LISTENING: readonly string[] = ["on", "once", "addListener", "prependListener"];

/** A listener chained on or added by the name that holds the client. One that is returned or handed on is somebody else's to hear. */
export function listens(node: ts.CallExpression | ts.NewExpression, file: SourceFacts): boolean {
  const holder = holderOf(node);
  if (holder === null) return true;
  if (holder !== "" && isHandedBack(node, holder)) return true;
  return LISTENING.flatMap((name) => file.callsNamed(name)).some((call) => {
    const event = call.arguments[0];
    if (!event || (isStringLiteralLike(event) && event.text !== "error")) return false;
    const receiver = receiverOf(call);
    return receiver !== null && rootName(receiver, node) === holder && isSame(receiver, node);
  });
}

/** Returned by the function that made it: whoever asked for it listens. */
function isHandedBack(node: ts.Node, holder: string): boolean {
  const body = enclosingFunction(node)?.body;
  return body !== undefined && contains(body, (n) => isReturnStatement(n) && n.expression !== undefined && isMade(n.expression, holder));
}

/** The client itself, or an object with it in it. */
function isMade(returned: ts.Expression, holder: string): boolean {
  const e = unwrap(returned);
  if (isIdentifier(e)) return e.text === holder;
  return (
    isObjectLiteralExpression(e) &&
    e.properties.some((p) =>
      isShorthandPropertyAssignment(p)
        ? p.name.text === holder
        : isPropertyAssignment(p) && isIdentifier(p.initializer) && p.initializer.text === holder,
    )
  );
}

/** Two functions may each have a variable of this name. */
function isSame(receiver: ts.Expression, made: ts.Node): boolean {
  const e = rootOf(receiver);
  const declaration = isIdentifier(e) ? declarationOf(e) : null;
  return !declaration || !isVariableDeclaration(declaration) || !declaration.initializer || contains(declaration, (n) => n === made);
}

/** The variable or member that a new client is kept in, "" for none; null when it is returned, handed on, or heard in its own chain. */
function holderOf(node: ts.Node): string | null {
  let e: ts.Node = node;
  for (;;) {
    const up = e.parent;
    if (isPropertyAccessExpression(up) && isCallExpression(up.parent)) {
      const event = up.parent.arguments[0];
      if (/^(?:on|once|addListener)$/.test(up.name.text) && event && isStringLiteralLike(event) && event.text === "error") return null;
      e = up.parent;
    } else if (
      isAwaitExpression(up) ||
      isParenthesizedExpression(up) ||
      isAsExpression(up) ||
      isNonNullExpression(up) ||
      isBinaryExpression(up)
    ) {
      if (isBinaryExpression(up) && up.right === e && up.operatorToken.kind >= FirstAssignment && up.operatorToken.kind <= LastAssignment)
        return rootName(up.left, node);
      e = up;
    } else if (isVariableDeclaration(up) || isPropertyDeclaration(up))
      return isIdentifier(up.name) || isPrivateIdentifier(up.name) ? up.name.text : "";
    else return isExpressionStatement(up) ? "" : null;
  }
}

/** Where a chain of calls begins: `client` of `client.once(...).on`. */
function rootOf(expression: ts.Expression): ts.Node {
  let e: ts.Node = unwrap(expression);
  while (isCallExpression(e) && isPropertyAccessExpression(e.expression)) e = unwrap(e.expression.expression);
  return e;
}

/** The last name of `client`, `this.client`, or of a chain of calls that begins there. */
function rootName(expression: ts.Expression, made: ts.Node): string {
  const e = rootOf(expression);
  if (e === made) return "";
  if (isIdentifier(e)) return e.text;
  return isPropertyAccessExpression(e) ? e.name.text : "";
}

/** Opened and closed by the same function, which waits for both: what fails in between rejects there. */
export function isBrief(node: ts.Node, file: SourceFacts): boolean {
  const holder = holderOf(node);
  const around = enclosingFunction(node);
  if (!holder || !around?.body) return false;
  return contains(
    around.body,
    (n) =>
      isAwaitExpression(n) &&
      new RegExp(`^${holder.replaceAll("$", "\\$")}\\.(?:end|quit|disconnect|close)\\(`).test(n.expression.getText(file.sourceFile)),
  );
}
