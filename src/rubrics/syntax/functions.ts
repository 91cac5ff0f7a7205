import { ts } from "ts-morph";
import { declarationOf } from "./declarations.ts";

/** A function that has a body. */
export type FunctionWithBody =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.GetAccessorDeclaration
  | ts.SetAccessorDeclaration;

/** true for every kind of function that can have a body. */
export function isFunction(node: ts.Node | undefined): node is FunctionWithBody {
  return (
    node !== undefined &&
    (ts.isFunctionDeclaration(node) ||
      ts.isFunctionExpression(node) ||
      ts.isArrowFunction(node) ||
      ts.isMethodDeclaration(node) ||
      ts.isConstructorDeclaration(node) ||
      ts.isGetAccessorDeclaration(node) ||
      ts.isSetAccessorDeclaration(node))
  );
}

/** The nearest function around a node (not the node itself); null at the top level. */
export function enclosingFunction(node: ts.Node): FunctionWithBody | null {
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) if (isFunction(up)) return up;
  return null;
}

/** The nearest class around a node; null outside classes. */
export function enclosingClass(node: ts.Node): ts.ClassLikeDeclaration | null {
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) if (ts.isClassLike(up)) return up;
  return null;
}

/** The name a reader would use for a function: its own, or that of the variable, property or method that holds it; "" when it has none. */
export function functionName(fn: ts.Node): string {
  if ((ts.isFunctionDeclaration(fn) || ts.isFunctionExpression(fn) || ts.isClassLike(fn)) && fn.name) return fn.name.text;
  if (ts.isConstructorDeclaration(fn)) return "constructor";
  if ((ts.isMethodDeclaration(fn) || ts.isGetAccessorDeclaration(fn) || ts.isSetAccessorDeclaration(fn)) && fn.name)
    return nameText(fn.name);
  const parent = fn.parent;
  if (!parent) return "";
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return parent.name.text;
  if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) return nameText(parent.name);
  return "";
}

/** Names of the enclosing class and named functions, outermost first, joined by dots; "" at the top level. */
export function enclosingName(node: ts.Node): string {
  const names: string[] = [];
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) {
    if (isFunction(up) || ts.isClassLike(up)) {
      const name = functionName(up);
      if (name) names.unshift(name);
    }
  }
  return names.join(".");
}

/** true when the function carries the `async` keyword. */
export function isAsync(fn: ts.Node): boolean {
  return ts.canHaveModifiers(fn) && (ts.getModifiers(fn)?.some((m) => m.kind === ts.SyntaxKind.AsyncKeyword) ?? false);
}

/** The function that an expression is or names: a literal function, a local function, a method `this.name`, possibly `.bind(this)`; null otherwise. */
export function functionOf(expression: ts.Node | undefined): FunctionWithBody | null {
  if (!expression) return null;
  const node = unwrap(expression);
  if (isFunction(node)) return node;
  if (ts.isIdentifier(node)) {
    const declaration = declarationOf(node);
    if (declaration && isFunction(declaration)) return declaration;
    if (declaration && ts.isVariableDeclaration(declaration) && declaration.initializer) {
      const value = unwrap(declaration.initializer);
      return isFunction(value) ? value : null;
    }
  }
  if (ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword) return methodOf(node);
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === "bind")
    return functionOf(node.expression.expression);
  return null;
}

/** Removes parentheses, `as`, `satisfies`, `!` and `await` around an expression. */
export function unwrap(node: ts.Node): ts.Node {
  let inner = node;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isAwaitExpression(inner) ||
    ts.isTypeAssertionExpression(inner)
  )
    inner = inner.expression;
  return inner;
}

/** Calls `visit` for every node below `root` in source order; a subtree is skipped when `visit` returns false. Nested functions are entered only with `intoFunctions`. */
export function walk(root: ts.Node, visit: (node: ts.Node) => boolean | void, intoFunctions = false): void {
  const stack: ts.Node[] = [];
  const push = (node: ts.Node): void => {
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => {
      children.push(child);
    });
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child) stack.push(child);
    }
  };
  push(root);
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (visit(node) === false) continue;
    if (!intoFunctions && (isFunction(node) || ts.isClassLike(node))) continue;
    push(node);
  }
}

/** true when any node below `root` satisfies the test. */
export function contains(root: ts.Node, test: (node: ts.Node) => boolean, intoFunctions = false): boolean {
  let found = test(root);
  if (found) return true;
  walk(
    root,
    (node) => {
      if (!found && test(node)) found = true;
      return !found;
    },
    intoFunctions,
  );
  return found;
}

/** The function handed to a wrapper: `asyncHandler(async (req, res) => ...)`. */
export function wrappedFunction(node: ts.Node): ts.Node | undefined {
  const e = unwrap(node);
  return ts.isCallExpression(e) ? e.arguments.find((a) => functionOf(a) !== null) : undefined;
}

function methodOf(access: ts.PropertyAccessExpression): FunctionWithBody | null {
  const owner = enclosingClass(access);
  for (const member of owner?.members ?? []) {
    if (!member.name || nameText(member.name) !== access.name.text) continue;
    if (isFunction(member)) return member;
    if (ts.isPropertyDeclaration(member) && member.initializer && isFunction(member.initializer)) return member.initializer;
  }
  return null;
}

/** The text of a property name: identifier, string, number or private name; "" when computed. */
export function nameText(name: ts.PropertyName | ts.BindingName | undefined): string {
  if (!name) return "";
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) || ts.isPrivateIdentifier(name)) return name.text;
  return "";
}
