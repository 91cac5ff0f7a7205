import { ts } from "ts-morph";
import {
  canHaveModifiers,
  forEachChild,
  isCallExpression,
  isClassLike,
  isConstructorDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isGetAccessorDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isNumericLiteral,
  isPrivateIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isSetAccessorDeclaration,
  isStringLiteralLike,
  isTypeReferenceNode,
  isVariableDeclaration,
} from "./guards.ts";
import { declarationOf } from "./declarations.ts";

const {
  ArrowFunction,
  AsExpression,
  AsyncKeyword,
  AwaitExpression,
  Constructor,
  FunctionDeclaration,
  FunctionExpression,
  GetAccessor,
  MethodDeclaration,
  NonNullExpression,
  ParenthesizedExpression,
  SatisfiesExpression,
  SetAccessor,
  ThisKeyword,
  TypeAssertionExpression,
} = ts.SyntaxKind;

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
  switch (node?.kind) {
    case ArrowFunction:
    case FunctionExpression:
    case FunctionDeclaration:
    case MethodDeclaration:
    case Constructor:
    case GetAccessor:
    case SetAccessor:
      return true;
    default:
      return false;
  }
}

/** The nearest function around a node (not the node itself); null at the top level. */
export function enclosingFunction(node: ts.Node): FunctionWithBody | null {
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) if (isFunction(up)) return up;
  return null;
}

/** The nearest class around a node; null outside classes. */
export function enclosingClass(node: ts.Node): ts.ClassLikeDeclaration | null {
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) if (isClassLike(up)) return up;
  return null;
}

/** The name a reader would use for a function: its own, or that of the variable, property or method that holds it; "" when it has none. */
export function functionName(fn: ts.Node): string {
  if ((isFunctionDeclaration(fn) || isFunctionExpression(fn) || isClassLike(fn)) && fn.name) return fn.name.text;
  if (isConstructorDeclaration(fn)) return "constructor";
  if ((isMethodDeclaration(fn) || isGetAccessorDeclaration(fn) || isSetAccessorDeclaration(fn)) && fn.name) return nameText(fn.name);
  const parent = fn.parent;
  if (!parent) return "";
  if (isVariableDeclaration(parent) && isIdentifier(parent.name)) return parent.name.text;
  if (isPropertyAssignment(parent) || isPropertyDeclaration(parent)) return nameText(parent.name);
  return "";
}

/** Names of the enclosing class and named functions, outermost first, joined by dots; "" at the top level. */
export function enclosingName(node: ts.Node): string {
  const names: string[] = [];
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) {
    if (isFunction(up) || isClassLike(up)) {
      const name = functionName(up);
      if (name) names.unshift(name);
    }
  }
  return names.join(".");
}

/** true when the function carries the `async` keyword. */
export function isAsync(fn: ts.Node): boolean {
  if (!canHaveModifiers(fn) || !fn.modifiers) return false;
  for (const modifier of fn.modifiers) if (modifier.kind === AsyncKeyword) return true;
  return false;
}

/** true when a function is async or is declared to return a promise. Generators are not. */
export function isPromiseFunction(fn: FunctionWithBody): boolean {
  if ("asteriskToken" in fn && fn.asteriskToken) return false;
  if (isAsync(fn)) return true;
  return (
    fn.type !== undefined &&
    isTypeReferenceNode(fn.type) &&
    isIdentifier(fn.type.typeName) &&
    /^Promise(?:Like)?$/.test(fn.type.typeName.text)
  );
}

/** The function that an expression is or names: a literal function, a local function, a method `this.name`, possibly `.bind(this)`; null otherwise. */
export function functionOf(expression: ts.Node | undefined): FunctionWithBody | null {
  if (!expression) return null;
  const node = unwrap(expression);
  if (isFunction(node)) return node;
  if (isIdentifier(node)) {
    const declaration = declarationOf(node);
    if (declaration && isFunction(declaration)) return declaration;
    if (declaration && isVariableDeclaration(declaration) && declaration.initializer) {
      const value = unwrap(declaration.initializer);
      return isFunction(value) ? value : null;
    }
  }
  if (isPropertyAccessExpression(node) && node.expression.kind === ThisKeyword) return methodOf(node);
  if (isCallExpression(node) && isPropertyAccessExpression(node.expression) && node.expression.name.text === "bind")
    return functionOf(node.expression.expression);
  return null;
}

/** Removes parentheses, `as`, `satisfies`, `!` and `await` around an expression. */
export function unwrap(node: ts.Node): ts.Node {
  let inner = node;
  while (isWrapper(inner)) inner = inner.expression;
  return inner;
}

type Wrapper =
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.NonNullExpression
  | ts.AwaitExpression
  | ts.TypeAssertion;

function isWrapper(node: ts.Node): node is Wrapper {
  switch (node.kind) {
    case ParenthesizedExpression:
    case AsExpression:
    case SatisfiesExpression:
    case NonNullExpression:
    case AwaitExpression:
    case TypeAssertionExpression:
      return true;
    default:
      return false;
  }
}

/** Calls `visit` for every node below `root` in source order; a subtree is skipped when `visit` returns false. Nested functions are entered only with `intoFunctions`. */
export function walk(root: ts.Node, visit: (node: ts.Node) => boolean | void, intoFunctions = false): void {
  const stack: ts.Node[] = [];
  const add = (child: ts.Node): void => void stack.push(child);
  pushChildren(root, stack, add);
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (visit(node) === false) continue;
    if (!intoFunctions && (isFunction(node) || isClassLike(node))) continue;
    pushChildren(node, stack, add);
  }
}

/** Puts the children on the stack so that the first is taken first. */
function pushChildren(node: ts.Node, stack: ts.Node[], add: (child: ts.Node) => void): void {
  let from = stack.length;
  forEachChild(node, add);
  for (let to = stack.length - 1; from < to; from++, to--) {
    const [left, right] = [stack[from], stack[to]];
    if (left && right) {
      stack[from] = right;
      stack[to] = left;
    }
  }
}

/** true when any node below `root` satisfies the test. */
export function contains(root: ts.Node, test: (node: ts.Node) => boolean, intoFunctions = false): boolean {
  if (test(root)) return true;
  const stack: ts.Node[] = [];
  const add = (child: ts.Node): void => void stack.push(child);
  pushChildren(root, stack, add);
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (test(node)) return true;
    if (intoFunctions || !(isFunction(node) || isClassLike(node))) pushChildren(node, stack, add);
  }
  return false;
}

/** The function handed to a wrapper: `asyncHandler(async (req, res) => ...)`. */
export function wrappedFunction(node: ts.Node): ts.Node | undefined {
  const e = unwrap(node);
  return isCallExpression(e) ? e.arguments.find((a) => functionOf(a) !== null) : undefined;
}

function methodOf(access: ts.PropertyAccessExpression): FunctionWithBody | null {
  const owner = enclosingClass(access);
  for (const member of owner?.members ?? []) {
    if (!member.name || nameText(member.name) !== access.name.text) continue;
    if (isFunction(member)) return member;
    if (isPropertyDeclaration(member) && member.initializer && isFunction(member.initializer)) return member.initializer;
  }
  return null;
}

/** The text of a property name: identifier, string, number or private name; "" when computed. */
export function nameText(name: ts.PropertyName | ts.BindingName | undefined): string {
  if (!name) return "";
  if (isIdentifier(name) || isStringLiteralLike(name) || isNumericLiteral(name) || isPrivateIdentifier(name)) return name.text;
  return "";
}
