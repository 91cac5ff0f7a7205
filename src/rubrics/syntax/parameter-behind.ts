import { ts } from "ts-morph";
import {
  isArrayTypeNode,
  isArrowFunction,
  isBindingElement,
  isCallExpression,
  isElementAccessExpression,
  isForOfStatement,
  isIdentifier,
  isLiteralTypeNode,
  isParameter,
  isPropertyAccessExpression,
  isPropertySignature,
  isTemplateExpression,
  isTypeLiteralNode,
  isTypeReferenceNode,
  isUnionTypeNode,
  isVariableDeclaration,
} from "./guards.ts";
import { declarationOf } from "./declarations.ts";
import { contains, unwrap } from "./functions.ts";

const { BigIntKeyword, BooleanKeyword, NumberKeyword, StringKeyword } = ts.SyntaxKind;

const RESHAPING = /^(?:map|join|trim|toLowerCase|toUpperCase|slice|filter|toString|replace|replaceAll|concat|flatMap|split)$/;

/**
 * The name of the function parameter that an expression is made of, through members, constants, templates and string methods;
 * null when it is something else, or when the parameter is declared to be a number, a boolean, a date or a type of fixed values.
 */
export function parameterBehind(node: ts.Node, depth = 0): string | null {
  if (depth > 6) return null;
  const e = unwrap(node);
  if (isPropertyAccessExpression(e)) return e.name.text === "length" ? null : parameterBehind(e.expression, depth + 1);
  if (isElementAccessExpression(e)) return parameterBehind(e.expression, depth + 1);
  if (isCallExpression(e) && isPropertyAccessExpression(e.expression)) {
    if (!RESHAPING.test(e.expression.name.text) || makesPlaceholders(e)) return null;
    return parameterBehind(e.expression.expression, depth + 1);
  }
  if (isTemplateExpression(e)) {
    for (const span of e.templateSpans) {
      const found = parameterBehind(span.expression, depth + 1);
      if (found) return found;
    }
    return null;
  }
  if (!isIdentifier(e)) return null;
  const declaration = declarationOf(e);
  if (!declaration) return null;
  if (isParameter(declaration)) return isOpenType(declaration.type) && !isMapped(declaration) ? e.text : null;
  if (isVariableDeclaration(declaration))
    return declaration.initializer && !isForOfStatement(declaration.parent.parent)
      ? parameterBehind(declaration.initializer, depth + 1)
      : null;
  if (!isBindingElement(declaration)) return null;
  let top: ts.Node = declaration;
  while (isBindingElement(top)) top = top.parent.parent;
  if (isParameter(top)) return isOpenMember(top.type, e.text) ? e.text : null;
  return isVariableDeclaration(top) && top.initializer ? parameterBehind(top.initializer, depth + 1) : null;
}

/** `ids.map((_, i) => `$${i + 1}`)`: what is mapped is not in the result. */
function makesPlaceholders(call: ts.CallExpression): boolean {
  const callback = call.arguments[0];
  if (!callback || !isArrowFunction(callback)) return false;
  const first = callback.parameters[0]?.name;
  const name = first && isIdentifier(first) ? first.text : null;
  return name === null || !contains(callback.body, (n) => isIdentifier(n) && n.text === name);
}

/** Parameters of callbacks in chains (`rows.map((row) => ...)`) say nothing about callers. */
function isMapped(parameter: ts.ParameterDeclaration): boolean {
  return isArrowFunction(parameter.parent) && isCallExpression(parameter.parent.parent);
}

function isOpenType(type: ts.TypeNode | undefined): boolean {
  if (!type) return true;
  if (type.kind === NumberKeyword || type.kind === BooleanKeyword || type.kind === BigIntKeyword) return false;
  if (isUnionTypeNode(type)) return type.types.some((t) => t.kind === StringKeyword);
  if (isArrayTypeNode(type)) return isOpenType(type.elementType);
  if (isTypeReferenceNode(type))
    return !/Date|Number|Enum|Type$|Kind$|Direction|Interval|Config|Options$|Id$/.test(type.typeName.getText());
  return !isLiteralTypeNode(type);
}

function isOpenMember(type: ts.TypeNode | undefined, name: string): boolean {
  if (!type || !isTypeLiteralNode(type)) return true;
  const member = type.members.find((m) => isPropertySignature(m) && m.name.getText() === name);
  return !member || !isPropertySignature(member) || isOpenType(member.type);
}
