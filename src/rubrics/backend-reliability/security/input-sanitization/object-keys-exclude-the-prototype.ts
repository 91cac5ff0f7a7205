import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isForInStatement,
  isForOfStatement,
  isIdentifier,
  isNumericLiteral,
  isObjectLiteralExpression,
  isStringLiteralLike,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { contains, enclosingFunction, functionName, unwrap, walk, type FunctionWithBody } from "../../../syntax/functions.ts";
import { calleeName } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { EqualsToken } = ts.SyntaxKind;

/** Whoever writes one of these has thought of it. */
const GUARDED = /__proto__|prototype|constructor|hasOwn|isSafe|isUnsafe|forbidden|dangerous|denylist|blocklist|BLOCKED|allowed/i;

/** Functions made to write what others hand in; one that walks its own schema is left alone. */
const WRITERS = /set|unflat|merge|assign|extend|expand|parse|deep|nest|put|write|default|hydrate|inflate|update|patch/i;

/** Keys of someone else's object that are followed or copied level by level. */
export const objectKeysExcludeThePrototype: Rule = {
  id: "object-keys-exclude-the-prototype",
  requirement: "input-sanitization",
  severity: "advisory",
  title: "Nested keys that are followed or merged exclude the prototype",
  why: "A key `__proto__` in a body reaches the prototype of every object: the next permission check reads a field that the caller wrote.",
  fix: "Skip `__proto__`, `constructor` and `prototype`, or build on `Object.create(null)` or a `Map`.",
  source: "CWE-1321; OWASP Prototype Pollution Prevention Cheat Sheet",
  examples: {
    bad: `export function merge(target, source) {
  for (const key in source) {
    if (typeof source[key] === "object") target[key] = merge(target[key] ?? {}, source[key]);
    else target[key] = source[key];
  }
  return target;
}
`,
    good: `export function merge(target, source) {
  for (const key of Object.keys(source)) {
    if (key === "__proto__" || key === "constructor") continue;
    if (typeof source[key] === "object") target[key] = merge(target[key] ?? {}, source[key]);
    else target[key] = source[key];
  }
  return target;
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.BinaryExpression],
    look: (node, file) => {
      if (!isBinaryExpression(node) || node.operatorToken.kind !== EqualsToken) return [];
      const problem = isElementAccessExpression(node.left) ? ofMerge(node, node.left) : ofDescent(node);
      return problem && !isGuarded(node, file) ? [problem] : [];
    },
  },
};

/** `target[key] = ...` in a loop over the keys of a parameter, in a function that calls itself with what stands at the key. */
function ofMerge(node: ts.BinaryExpression, left: ts.ElementAccessExpression): Problem | null {
  const key = unwrap(left.argumentExpression);
  const target = unwrap(left.expression);
  if (!isIdentifier(key) || !isIdentifier(target) || !isParameter(target)) return null;
  const loop = loopOver(key, target.text);
  const fn = enclosingFunction(node);
  if (!loop || !fn || fn.parameters.length < 2) return null;
  const name = functionName(fn).split(".").at(-1) ?? "";
  const recursion =
    name === "" ? null : findCall(fn, (call) => calleeName(call) === name && call.arguments.some((a) => isAt(a, target.text, key.text)));
  if (!recursion || !isFirstIn(fn, node, (n) => isAssignmentTo(n, target.text, key.text))) return null;
  return {
    node,
    message: `\`${target.text}[${key.text}]\` is written for every key of the other object, at every depth; a key \`__proto__\` reaches the prototype of all objects. Whose object it is was not followed.`,
  };
}

/** `current = current[key]` in a loop, with an assignment to `current[...]` in the same function. */
function ofDescent(node: ts.BinaryExpression): Problem | null {
  const left = unwrap(node.left);
  const right = unwrap(node.right);
  if (!isIdentifier(left) || !isElementAccessExpression(right)) return null;
  const from = unwrap(right.expression);
  const key = unwrap(right.argumentExpression);
  if (!isIdentifier(from) || from.text !== left.text || isStringLiteralLike(key) || isNumericLiteral(key)) return null;
  const fn = enclosingFunction(node);
  const source = keysBehind(key);
  if (!fn || !source || !isPartOfText(source)) return null;
  if (!WRITERS.test(functionName(fn))) return null;
  const isWritten = contains(fn, (n) => isKeyedWrite(n, left.text), true);
  return isWritten
    ? {
        node,
        message: `\`${left.text}\` follows a path of keys and is written to at its end; a key \`__proto__\` reaches the prototype of all objects. Where the path comes from was not followed.`,
      }
    : null;
}

/** `current[k] = value`, not the making of the next level (`current[k] = {}`). */
function isKeyedWrite(node: ts.Node, name: string): boolean {
  if (!isBinaryExpression(node) || node.operatorToken.kind !== EqualsToken || !isElementAccessExpression(node.left)) return false;
  const target = unwrap(node.left.expression);
  const value = unwrap(node.right);
  return (
    isIdentifier(target) &&
    target.text === name &&
    !isStringLiteralLike(unwrap(node.left.argumentExpression)) &&
    !contains(value, (n) => isObjectLiteralExpression(n) && n.properties.length === 0)
  );
}

/** The list that a key was taken from: `keys` of `keys[i]`, of `for (const key of keys)`, and of `const key = keys[i]`. */
function keysBehind(key: ts.Node, depth = 0): ts.Identifier | null {
  if (depth > 3) return null;
  if (isElementAccessExpression(key)) {
    const list = unwrap(key.expression);
    return isIdentifier(list) ? list : null;
  }
  const declaration = isIdentifier(key) ? declarationOf(key) : null;
  if (!declaration || !isVariableDeclaration(declaration)) return null;
  const holder = declaration.parent.parent;
  if (isForOfStatement(holder)) {
    const list = unwrap(holder.expression);
    return isIdentifier(list) ? list : null;
  }
  return declaration.initializer ? keysBehind(unwrap(declaration.initializer), depth + 1) : null;
}

/** The list is a parameter, or a parameter's text split into parts. */
function isPartOfText(list: ts.Identifier): boolean {
  const declaration = declarationOf(list);
  if (!declaration) return false;
  if (ts.isParameter(declaration)) return true;
  if (!isVariableDeclaration(declaration) || !declaration.initializer) return false;
  return contains(declaration.initializer, (n) => isCallExpression(n) && calleeName(n) === "split");
}

function isParameter(name: ts.Identifier): boolean {
  const declaration = declarationOf(name);
  return declaration !== null && ts.isParameter(declaration);
}

/** The loop over keys that declares the name: `for (const key in source)`, `for (const key of Object.keys(source))`. */
function loopOver(key: ts.Identifier, target: string): ts.Node | null {
  const declaration = declarationOf(key);
  const loop = declaration && isVariableDeclaration(declaration) ? declaration.parent.parent : null;
  if (!loop || (!isForInStatement(loop) && !isForOfStatement(loop))) return null;
  const over = unwrap(loop.expression);
  const source = isForInStatement(loop) ? over : isCallExpression(over) && calleeName(over) === "keys" ? over.arguments[0] : undefined;
  const name = source && unwrap(source);
  return name && isIdentifier(name) && name.text !== target && isParameter(name) ? loop : null;
}

function isAt(node: ts.Node, target: string, key: string): boolean {
  return contains(
    node,
    (n) =>
      isElementAccessExpression(n) &&
      isIdentifier(n.expression) &&
      n.expression.text === target &&
      isIdentifier(n.argumentExpression) &&
      n.argumentExpression.text === key,
  );
}

function isAssignmentTo(node: ts.Node, target: string, key: string): boolean {
  return isBinaryExpression(node) && node.operatorToken.kind === EqualsToken && isAt(node.left, target, key);
}

function isFirstIn(fn: FunctionWithBody, node: ts.Node, test: (n: ts.Node) => boolean): boolean {
  let first: ts.Node | null = null;
  walk(fn, (n) => {
    if (!first && test(n)) first = n;
    return first === null;
  });
  return first === null || first === node;
}

function findCall(fn: FunctionWithBody, test: (call: ts.CallExpression) => boolean): boolean {
  return contains(fn, (n) => isCallExpression(n) && test(n), true);
}

function isGuarded(node: ts.Node, file: SourceFacts): boolean {
  const fn = enclosingFunction(node);
  const outer = fn && (enclosingFunction(fn) ?? fn);
  const text = (outer ?? file.sourceFile).getText(file.sourceFile);
  return GUARDED.test(text) || /Object\.create\(null\)|new Map\b/.test(text);
}
