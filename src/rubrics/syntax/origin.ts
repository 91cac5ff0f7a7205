import { ts } from "ts-morph";
import {
  canHaveModifiers,
  getModifiers,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isComputedPropertyName,
  isConstructorDeclaration,
  isElementAccessExpression,
  isExpression,
  isIdentifier,
  isImportClause,
  isImportEqualsDeclaration,
  isImportSpecifier,
  isNamespaceImport,
  isNewExpression,
  isObjectBindingPattern,
  isParameter,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isStringLiteralLike,
  isTypeReferenceNode,
  isVariableDeclaration,
} from "./guards.ts";
import { assignedTo, assignedToThis, isNothing } from "./assignments.ts";
import { declarationOf, type Declaration } from "./declarations.ts";
import { enclosingClass, isFunction, nameText, unwrap } from "./functions.ts";
import { knownOf, memoOf } from "./node-memo.ts";
import type { SourceFacts } from "./source-facts.ts";
import type { Origin } from "./value-origin.ts";

export type { Origin } from "./value-origin.ts";

const { BarBarToken, ImportKeyword, QuestionQuestionEqualsToken, QuestionQuestionToken, ThisKeyword } = ts.SyntaxKind;

const UNKNOWN: Origin = { module: null, path: [], kind: "unknown", creation: null, type: null };
const DEPTH = 12;

/** Where the callee of a call or `new` comes from: `calleeOf(axios.get(url))` is {module: "axios", path: ["get"]}. */
export function calleeOf(node: ts.CallExpression | ts.NewExpression, file: SourceFacts): Origin {
  return originOf(node.expression, file);
}

/** The name written last in a callee: `get` of `this.http.get(...)`; "" when computed. */
export function calleeName(node: ts.CallExpression | ts.NewExpression): string {
  const callee = unwrap(node.expression);
  if (isIdentifier(callee)) return callee.text;
  return isPropertyAccessExpression(callee) ? callee.name.text : "";
}

/** The expression before the last dot of a callee; null for a plain call. */
export function receiverOf(node: ts.CallExpression | ts.NewExpression): ts.Expression | null {
  const callee = unwrap(node.expression);
  return isPropertyAccessExpression(callee) ? callee.expression : null;
}

/** Follows an expression to the import, global, parameter or local value that it comes from. Never throws; gives kind "unknown" when lost. */
export function originOf(node: ts.Node, file: SourceFacts, depth = 0): Origin {
  if (depth > DEPTH) return UNKNOWN;
  const e = unwrap(node);
  const before = knownOf(e)?.origin;
  if (before) return before;
  const origin = follow(e, file, depth);
  // An answer found deep in a chain may have been cut short by the depth limit.
  if (depth < DEPTH / 2) memoOf(e).origin = origin;
  return origin;
}

function follow(e: ts.Node, file: SourceFacts, depth: number): Origin {
  if (isIdentifier(e)) return ofIdentifier(e, file, depth);
  if (isPropertyAccessExpression(e)) {
    if (e.expression.kind === ThisKeyword) return ofThisMember(e, file, depth);
    return member(originOf(e.expression, file, depth + 1), e.name.text);
  }
  if (isElementAccessExpression(e) && isStringLiteralLike(e.argumentExpression))
    return member(originOf(e.expression, file, depth + 1), e.argumentExpression.text);
  if (isCallExpression(e) || isNewExpression(e)) return ofCreation(e, file, depth);
  if (isBinaryExpression(e) && isEither(e.operatorToken.kind)) {
    const right = originOf(e.right, file, depth + 1);
    return right.module !== null || right.creation ? right : originOf(e.left, file, depth + 1);
  }
  return UNKNOWN;
}

function isEither(kind: ts.SyntaxKind): boolean {
  return kind === QuestionQuestionToken || kind === BarBarToken || kind === QuestionQuestionEqualsToken;
}

function member(origin: Origin, name: string): Origin {
  if (origin.kind === "unknown") return { ...UNKNOWN, path: [...origin.path, name] };
  if (name === "default") return origin;
  const isGlobalObject =
    origin.kind === "global" && origin.path.length === 1 && /^(?:globalThis|global|window)$/.test(origin.path[0] ?? "");
  return { ...origin, path: isGlobalObject ? [name] : [...origin.path, name] };
}

function ofCreation(e: ts.CallExpression | ts.NewExpression, file: SourceFacts, depth: number): Origin {
  const argument = e.arguments?.[0];
  if (isIdentifier(e.expression) && e.expression.text === "require" && argument && isStringLiteralLike(argument))
    return ofImport(argument.text, "*", file, depth);
  if (e.expression.kind === ImportKeyword && argument && isStringLiteralLike(argument)) return ofImport(argument.text, "*", file, depth);
  const made = originOf(e.expression, file, depth + 1);
  return { ...made, creation: { node: e, file } };
}

function ofIdentifier(e: ts.Identifier, file: SourceFacts, depth: number): Origin {
  const declaration = declarationOf(e);
  if (!declaration) return { ...UNKNOWN, kind: "global", path: [e.text] };
  return ofDeclaration(declaration, e.text, file, depth);
}

function ofDeclaration(declaration: Declaration, name: string, file: SourceFacts, depth: number): Origin {
  const before = knownOf(declaration)?.declared;
  if (before) return before;
  const origin = followDeclaration(declaration, name, file, depth);
  if (depth < DEPTH / 2) memoOf(declaration).declared = origin;
  return origin;
}

function followDeclaration(declaration: Declaration, name: string, file: SourceFacts, depth: number): Origin {
  if (isImportSpecifier(declaration) || isImportClause(declaration) || isNamespaceImport(declaration)) {
    const imported = file.imports.get(name);
    return imported ? ofImport(imported.from, imported.name, file, depth) : UNKNOWN;
  }
  if (isImportEqualsDeclaration(declaration)) {
    const imported = file.imports.get(name);
    return imported ? ofImport(imported.from, "*", file, depth) : UNKNOWN;
  }
  if (isParameter(declaration)) return { ...ofType(declaration.type, file), kind: "parameter" };
  if (isBindingElement(declaration)) return ofBinding(declaration, file, depth);
  if (isVariableDeclaration(declaration)) {
    const value =
      declaration.initializer && !isNothing(declaration.initializer) ? declaration.initializer : assignedTo(declaration, name, file);
    if (value) {
      const origin = originOf(value, file, depth + 1);
      if (origin.kind !== "unknown") return origin;
    }
    return declaration.type ? ofType(declaration.type, file) : { ...UNKNOWN, kind: "local" };
  }
  return { ...UNKNOWN, kind: "local", path: [name] };
}

/** `const { get } = axios` and `const { data } = await call()`. */
function ofBinding(element: ts.BindingElement, file: SourceFacts, depth: number): Origin {
  const pattern = element.parent;
  const holder = pattern.parent;
  const name = nameText(
    element.propertyName && !isComputedPropertyName(element.propertyName)
      ? element.propertyName
      : isIdentifier(element.name)
        ? element.name
        : undefined,
  );
  if (!isObjectBindingPattern(pattern)) return { ...UNKNOWN, kind: "local" };
  if (isVariableDeclaration(holder) && holder.initializer) return member(originOf(holder.initializer, file, depth + 1), name);
  return isParameter(holder) ? { ...UNKNOWN, kind: "parameter", path: [name] } : { ...UNKNOWN, kind: "local" };
}

/** `this.name`: an initialised property, an assignment in the class, or a typed constructor parameter property. */
function ofThisMember(access: ts.PropertyAccessExpression, file: SourceFacts, depth: number): Origin {
  const owner = enclosingClass(access);
  const name = access.name.text;
  if (!owner) return { ...UNKNOWN, path: [name] };
  let declared: ts.TypeNode | undefined;
  for (const part of owner.members) {
    if (isPropertyDeclaration(part) && nameText(part.name) === name) {
      if (part.initializer && !isNothing(part.initializer)) {
        const origin = originOf(part.initializer, file, depth + 1);
        if (origin.kind !== "unknown") return origin;
      }
      declared = part.type;
    }
    if (isConstructorDeclaration(part))
      for (const parameter of part.parameters)
        if (canHaveModifiers(parameter) && getModifiers(parameter)?.length && isIdentifier(parameter.name) && parameter.name.text === name)
          return { ...ofType(parameter.type, file), kind: "parameter" };
    if (isFunction(part) && part.name && nameText(part.name) === name) return { ...UNKNOWN, kind: "local", path: [name] };
  }
  const assigned = assignedToThis(owner, name, file);
  if (assigned) {
    const origin = originOf(assigned, file, depth + 1);
    if (origin.kind !== "unknown" && (origin.module !== null || origin.creation || !declared)) return origin;
  }
  return declared ? ofType(declared, file) : { ...UNKNOWN, path: [name] };
}

/** A value known by its declared type: the type's import names the module. */
function ofType(type: ts.TypeNode | undefined, file: SourceFacts): Origin {
  if (!type || !isTypeReferenceNode(type)) return { ...UNKNOWN, kind: "local" };
  const root = leftmost(type.typeName);
  const imported = file.imports.get(root.text);
  const typeText = isIdentifier(type.typeName) ? root.text : type.typeName.getText(file.sourceFile);
  const isDefault = !imported || imported.name === "default" || imported.name === "*";
  const path = isDefault && isIdentifier(type.typeName) ? (imported ? [] : [typeText]) : typeText.split(".").slice(isDefault ? 1 : 0);
  return { module: imported?.from ?? null, path, kind: imported ? "import" : "local", creation: null, type: typeText };
}

function leftmost(name: ts.EntityName): ts.Identifier {
  let left = name;
  while (!isIdentifier(left)) left = left.left;
  return left;
}

function ofImport(from: string, name: string, file: SourceFacts, depth: number): Origin {
  const module = from.replace(/^node:/, "");
  const path = name === "default" || name === "*" ? [] : [name];
  const direct: Origin = { module, path, kind: "import", creation: null, type: null };
  if (!/^[.~@#/]/.test(module) || name === "*" || depth > DEPTH) return direct;
  const foreign = file.repository.exportOf(file.path, from, name);
  if (!foreign) return direct;
  const node = foreign.node;
  if (isVariableDeclaration(node) && isIdentifier(node.name)) {
    const origin = ofDeclaration(node, node.name.text, foreign.file, depth + 4);
    return origin.module !== null || origin.creation ? origin : direct;
  }
  if (isExpression(node)) {
    const origin = originOf(node, foreign.file, depth + 4);
    return origin.module !== null || origin.creation ? origin : direct;
  }
  return direct;
}
