import { ts } from "ts-morph";

/** The decorators of a node. */
export function decorators(node: ts.Node): readonly ts.Decorator[] {
  return ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [];
}

/** `UseGuards` of `@UseGuards(AuthGuard)`. */
export function decoratorName(mark: ts.Decorator): string {
  const e = ts.isCallExpression(mark.expression) ? mark.expression.expression : mark.expression;
  return ts.isIdentifier(e) ? e.text : ts.isPropertyAccessExpression(e) ? e.name.text : "";
}

/** The call of the decorator with this name: `Controller("/users")`; null when it is absent or not called. */
export function decoratorCall(node: ts.Node, name: string): ts.CallExpression | null {
  const mark = decorators(node).find((d) => decoratorName(d) === name);
  return mark && ts.isCallExpression(mark.expression) ? mark.expression : null;
}
