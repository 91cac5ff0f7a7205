import { ts } from "ts-morph";
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isNewExpression,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isReturnStatement,
  isVariableDeclaration,
  isVoidExpression,
} from "./guards.ts";
import { enclosingTry } from "./catches.ts";
import { declarationOf } from "./declarations.ts";
import { contains, unwrap, type FunctionWithBody } from "./functions.ts";
import { stoodBefore } from "./former-file.ts";
import { calleeName } from "./origin.ts";
import type { SourceFacts } from "./source-facts.ts";

const { EqualsToken, Identifier } = ts.SyntaxKind;
const OF_PROMISES = /^(?:then|catch|finally)$/;
const GATHERS = /^(?:all|allSettled|race|any|resolve|waitUntil|push)$/;

/**
 * true when nobody waits for what a call gives, though the former file did: it is dropped, taken apart, or used where its value was used
 * before. false where the promise is returned, gathered, chained, kept to be awaited later, or handed to something new.
 */
export function isLeftAlone(call: ts.CallExpression, file: SourceFacts, former: SourceFacts): boolean {
  let e: ts.Node = call;
  for (;;) {
    const up: ts.Node = e.parent;
    if (isPropertyAccessExpression(up) && up.expression === e && isCallExpression(up.parent) && up.parent.expression === up) {
      if (OF_PROMISES.test(up.name.text)) return false;
      e = up.parent;
    } else if (unwrap(up) !== up && !isAwaitExpression(up)) e = up;
    else return isUnwaited(e, up, file, former);
  }
}

function isUnwaited(e: ts.Node, up: ts.Node, file: SourceFacts, former: SourceFacts): boolean {
  if (isExpressionStatement(up)) return true;
  if (isAwaitExpression(up) || isVoidExpression(up) || isArrowFunction(up)) return false;
  if (isReturnStatement(up)) return enclosingTry(up)?.catchClause !== undefined;
  if (isArrayLiteralExpression(up) || isGathering(up)) return false;
  if (isVariableDeclaration(up)) {
    if (isObjectBindingPattern(up.name)) return true;
    return isIdentifier(up.name) && !isWaitedLater(up, up.name.text, file, former) && stoodBefore(up, former);
  }
  if (isBinaryExpression(up) && up.operatorToken.kind === EqualsToken && isIdentifier(up.left)) {
    const declaration = declarationOf(up.left);
    return declaration !== null && !isWaitedLater(declaration, up.left.text, file, former) && stoodBefore(up, former);
  }
  return stoodBefore(e, former);
}

function isGathering(node: ts.Node): boolean {
  return (isCallExpression(node) && GATHERS.test(calleeName(node))) || isNewExpression(node);
}

/** Whether a variable is awaited, chained, returned, gathered, or used in a statement that is new. */
function isWaitedLater(declaration: ts.Node, name: string, file: SourceFacts, former: SourceFacts): boolean {
  return file.nodes(Identifier).some((node) => {
    if (!isIdentifier(node) || node.text !== name || node.parent === declaration || declarationOf(node) !== declaration) return false;
    const up = node.parent;
    if ((isPropertyAccessExpression(up) && up.name === node) || (isPropertyAssignment(up) && up.name === node)) return false;
    if (isBinaryExpression(up) && up.left === node && up.operatorToken.kind === EqualsToken) return false;
    if (isAwaitExpression(up) || isArrayLiteralExpression(up) || isGathering(up)) return true;
    if (isPropertyAccessExpression(up) && OF_PROMISES.test(up.name.text)) return true;
    return !stoodBefore(node, former);
  });
}

/** A function that is not async may still return the promise of a call. */
export function handsOnACall(fn: FunctionWithBody): boolean {
  if (!fn.body || !isBlock(fn.body)) return true;
  return contains(fn.body, (n) => isReturnStatement(n) && n.expression !== undefined && isCallExpression(unwrap(n.expression)));
}
