import type { ts } from "ts-morph";
import { canHaveDecorators, getDecorators, isCallExpression, isIdentifier, isPropertyAccessExpression } from "./guards.ts";

/** The decorators of a node. */
export function decorators(node: ts.Node): readonly ts.Decorator[] {
  return canHaveDecorators(node) ? (getDecorators(node) ?? []) : [];
}

/** `UseGuards` of `@UseGuards(AuthGuard)`. */
export function decoratorName(mark: ts.Decorator): string {
  const e = isCallExpression(mark.expression) ? mark.expression.expression : mark.expression;
  return isIdentifier(e) ? e.text : isPropertyAccessExpression(e) ? e.name.text : "";
}

/** The call of the decorator with this name: `Controller("/users")`; null when it is absent or not called. */
export function decoratorCall(node: ts.Node, name: string): ts.CallExpression | null {
  const mark = decorators(node).find((d) => decoratorName(d) === name);
  return mark && isCallExpression(mark.expression) ? mark.expression : null;
}
