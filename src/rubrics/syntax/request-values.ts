import { ts } from "ts-morph";
import { declarationOf } from "./declarations.ts";
import { unwrap } from "./functions.ts";
import { isRequestObject, requestPartOf, type RequestPart } from "./requests.ts";
import type { SourceFacts } from "./source-facts.ts";

/** true when an expression is a whole part of the request as the client sent it (`req.body`, `await request.json()`), not a field of it. */
export function isWholePart(node: ts.Node, part: RequestPart, file: SourceFacts): boolean {
  const e = unwrap(node);
  if (ts.isPropertyAccessExpression(e))
    return isRequestObject(e.expression) && requestPartOf(e, file) === part && e.name.text !== "rawBody";
  if (!ts.isCallExpression(e) || !ts.isPropertyAccessExpression(e.expression) || e.arguments.length > 0) return false;
  return /^(?:json|parseBody|query|queries)$/.test(e.expression.name.text) && requestPartOf(e, file) === part;
}

/** The same, through variables and the rest of a destructuring: `const { id, ...rest } = req.body` makes `rest` one. */
export function holdsWholePart(node: ts.Node, part: RequestPart, file: SourceFacts, depth = 0): boolean {
  const e = unwrap(node);
  if (isWholePart(e, part, file)) return true;
  if (!ts.isIdentifier(e) || depth > 4) return false;
  const declaration = declarationOf(e);
  if (!declaration) return false;
  if (ts.isVariableDeclaration(declaration))
    return declaration.initializer !== undefined && holdsWholePart(declaration.initializer, part, file, depth + 1);
  if (!ts.isBindingElement(declaration) || !ts.isObjectBindingPattern(declaration.parent)) return false;
  const holder = declaration.parent.parent;
  if (declaration.dotDotDotToken)
    return (
      ts.isVariableDeclaration(holder) && holder.initializer !== undefined && holdsWholePart(holder.initializer, part, file, depth + 1)
    );
  const name = declaration.propertyName ?? declaration.name;
  if (!ts.isIdentifier(name) || name.text !== part) return false;
  if (ts.isVariableDeclaration(holder)) return holder.initializer !== undefined && isRequestObject(holder.initializer);
  return ts.isParameter(holder) && requestPartOf(e, file) === part;
}
