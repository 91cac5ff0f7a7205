import type { ts } from "ts-morph";
import {
  isBindingElement,
  isCallExpression,
  isIdentifier,
  isObjectBindingPattern,
  isParameter,
  isPropertyAccessExpression,
  isVariableDeclaration,
} from "./guards.ts";
import { declarationOf } from "./declarations.ts";
import { unwrap } from "./functions.ts";
import { isRequestObject, requestPartOf, type RequestPart } from "./requests.ts";
import type { SourceFacts } from "./source-facts.ts";

/** true when an expression is a whole part of the request as the client sent it (`req.body`, `await request.json()`), not a field of it. */
export function isWholePart(node: ts.Node, part: RequestPart, file: SourceFacts): boolean {
  const e = unwrap(node);
  if (isPropertyAccessExpression(e)) return isRequestObject(e.expression) && requestPartOf(e, file) === part && e.name.text !== "rawBody";
  if (!isCallExpression(e) || !isPropertyAccessExpression(e.expression) || e.arguments.length > 0) return false;
  return /^(?:json|parseBody|query|queries)$/.test(e.expression.name.text) && requestPartOf(e, file) === part;
}

/** The same, through variables and the rest of a destructuring: `const { id, ...rest } = req.body` makes `rest` one. */
export function holdsWholePart(node: ts.Node, part: RequestPart, file: SourceFacts, depth = 0): boolean {
  const e = unwrap(node);
  if (isWholePart(e, part, file)) return true;
  if (!isIdentifier(e) || depth > 4) return false;
  const declaration = declarationOf(e);
  if (!declaration) return false;
  if (isVariableDeclaration(declaration))
    return declaration.initializer !== undefined && holdsWholePart(declaration.initializer, part, file, depth + 1);
  if (!isBindingElement(declaration) || !isObjectBindingPattern(declaration.parent)) return false;
  const holder = declaration.parent.parent;
  if (declaration.dotDotDotToken)
    return isVariableDeclaration(holder) && holder.initializer !== undefined && holdsWholePart(holder.initializer, part, file, depth + 1);
  const name = declaration.propertyName ?? declaration.name;
  if (!isIdentifier(name) || name.text !== part) return false;
  if (isVariableDeclaration(holder)) return holder.initializer !== undefined && isRequestObject(holder.initializer);
  return isParameter(holder) && requestPartOf(e, file) === part;
}
