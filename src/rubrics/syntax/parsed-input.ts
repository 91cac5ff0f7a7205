import { ts } from "ts-morph";
import { declarationOf } from "./declarations.ts";
import { decorators } from "./decorators.ts";
import { unwrap } from "./functions.ts";
import { isBindingElement, isCallExpression, isIdentifier, isParameter, isPropertyAccessExpression } from "./guards.ts";
import { isRequestObject, routeOf } from "./requests.ts";
import { isActionCallback } from "./server-actions.ts";
import type { SourceFacts } from "./source-facts.ts";

const { BooleanKeyword, NumberKeyword } = ts.SyntaxKind;

/** A decorated parameter that a pipe or its type makes a number, a boolean or an identifier of fixed form. */
export function isNarrowed(e: ts.Node): boolean {
  if (!isIdentifier(e)) return false;
  const declaration = declarationOf(e);
  if (!declaration || !isParameter(declaration)) return false;
  const kind = declaration.type?.kind;
  return (
    kind === NumberKeyword || kind === BooleanKeyword || decorators(declaration).some((d) => /Parse\w*Pipe/.test(d.expression.getText()))
  );
}

/** `input` of a tRPC procedure (`({ input }) =>`, `opts.input`) and `c.req.valid("json")`. */
export function isParsedInput(e: ts.Node, file: SourceFacts): boolean {
  if (isCallExpression(e) && isPropertyAccessExpression(e.expression))
    return e.expression.name.text === "valid" && isRequestObject(e.expression.expression);
  const holder = isPropertyAccessExpression(e) && /^(?:parsedInput|input)$/.test(e.name.text) ? unwrap(e.expression) : e;
  if (!isIdentifier(holder)) return false;
  const declaration = declarationOf(holder);
  if (!declaration) return false;
  if (isBindingElement(declaration)) {
    const top = declaration.parent.parent;
    const name = (declaration.propertyName ?? declaration.name).getText(file.sourceFile);
    if (name === "parsedInput") return isParameter(top) && isActionCallback(top.parent);
    return name === "input" && isParameter(top) && routeOf(top.parent, file)?.framework === "trpc";
  }
  if (holder !== e && e.getText(file.sourceFile).endsWith(".parsedInput"))
    return isParameter(declaration) && isActionCallback(declaration.parent);
  return holder !== e && isParameter(declaration) && routeOf(declaration.parent, file)?.framework === "trpc";
}
