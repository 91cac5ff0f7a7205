import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isComputedPropertyName,
  isIdentifier,
  isNumericLiteral,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isStringLiteralLike,
  isTemplateExpression,
  isVariableDeclaration,
} from "./guards.ts";
import { declarationOf } from "./declarations.ts";
import { nameText, unwrap } from "./functions.ts";

const { NullKeyword } = ts.SyntaxKind;

/** What is known of one property of an object: its value, surely absent, or hidden behind a spread or a variable. */
export type PropertyAnswer =
  | { readonly state: "present"; readonly value: ts.Node }
  | { readonly state: "absent" }
  | { readonly state: "unknown" };

/** The object literal that an expression is or names by a constant; null otherwise. */
export function objectOf(node: ts.Node | undefined): ts.ObjectLiteralExpression | null {
  if (!node) return null;
  const e = unwrap(node);
  if (isObjectLiteralExpression(e)) return e;
  if (isIdentifier(e)) {
    const declaration = declarationOf(e);
    if (declaration && isVariableDeclaration(declaration) && declaration.initializer) {
      const value = unwrap(declaration.initializer);
      return isObjectLiteralExpression(value) && !isReplaced(e, declaration) ? value : null;
    }
  }
  return null;
}

/** A `let` that is given another value somewhere in the file is not the object it began as. */
function isReplaced(name: ts.Identifier, declaration: ts.VariableDeclaration): boolean {
  if (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) return false;
  const { text } = name.getSourceFile();
  for (let at = text.indexOf(name.text); at >= 0; at = text.indexOf(name.text, at + name.text.length)) {
    const isDeclaration = at >= declaration.pos && at < declaration.name.end;
    if (
      !isDeclaration &&
      !/[\w$.]/.test(text[at - 1] ?? "") &&
      /^\s{0,3}=(?![=>])/.test(text.slice(at + name.text.length, at + name.text.length + 6))
    )
      return true;
  }
  return false;
}

/**
 * Looks a property up by any of its names in an expression that should be an object. A missing argument is
 * "absent"; a parameter, a call or a spread of something unknown is "unknown".
 */
export function propertyOf(node: ts.Node | undefined, ...names: readonly string[]): PropertyAnswer {
  if (!node) return { state: "absent" };
  const literal = objectOf(node);
  if (!literal) return isNothing(unwrap(node)) ? { state: "absent" } : { state: "unknown" };
  let unknown = false;
  for (const property of literal.properties) {
    if (isSpreadAssignment(property)) {
      const inner = propertyOf(property.expression, ...names);
      if (inner.state === "present") return inner;
      if (inner.state === "unknown") unknown = true;
    } else if (isShorthandPropertyAssignment(property)) {
      if (names.includes(property.name.text)) return { state: "present", value: property.name };
    } else if (names.includes(nameText(property.name))) {
      return { state: "present", value: isPropertyAssignment(property) ? property.initializer : property };
    } else if (isComputedPropertyName(property.name)) unknown = true;
  }
  return unknown || isExtended(node, names) ? { state: "unknown" } : { state: "absent" };
}

/** true when the value is set by `options.timeout = ...` after an options variable was declared. */
function isExtended(node: ts.Node, names: readonly string[]): boolean {
  const e = unwrap(node);
  if (!isIdentifier(e)) return false;
  const source = e.getSourceFile().text;
  return names.some((name) => source.includes(`${e.text}.${name} =`) || source.includes(`${e.text}["${name}"] =`));
}

/** Surely no object: null, undefined, a string, a number, an environment variable, or `x ?? "text"`. */
function isNothing(e: ts.Node): boolean {
  if (e.kind === NullKeyword || (isIdentifier(e) && e.text === "undefined")) return true;
  if (isStringLiteralLike(e) || isTemplateExpression(e) || isNumericLiteral(e)) return true;
  if (isPropertyAccessExpression(e)) return /^process\.env\b/.test(e.expression.getText());
  return isBinaryExpression(e) && isNothing(unwrap(e.right));
}
