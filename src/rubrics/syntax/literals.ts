import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isEnumDeclaration,
  isIdentifier,
  isNumericLiteral,
  isObjectLiteralExpression,
  isParameter,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteralLike,
  isTemplateExpression,
  isVariableDeclaration,
} from "./guards.ts";
import { declarationOf } from "./declarations.ts";
import { nameText, unwrap } from "./functions.ts";

const { AsteriskAsteriskToken, AsteriskToken, BarBarToken, MinusToken, PlusToken, QuestionQuestionToken, SlashToken } = ts.SyntaxKind;

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  millisecond: 1,
  milliseconds: 1,
  s: 1000,
  sec: 1000,
  second: 1000,
  seconds: 1000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  minutes: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
};

/**
 * The number that an expression surely has, or has by default: literals, arithmetic, constants in scope,
 * `ms("5s")`, `Number(process.env.X ?? 5000)`, `env.X || 5000`. null when it cannot be told.
 */
export function numberOf(node: ts.Node | undefined, depth = 0): number | null {
  if (!node || depth > 8) return null;
  const e = unwrap(node);
  if (isNumericLiteral(e)) return Number(e.text);
  if (isStringLiteralLike(e)) return /^\d+(?:\.\d+)?$/.test(e.text.trim()) ? Number(e.text) : null;
  if (isPrefixUnaryExpression(e)) {
    const value = numberOf(e.operand, depth + 1);
    if (value === null) return null;
    return e.operator === MinusToken ? -value : e.operator === PlusToken ? value : null;
  }
  if (isBinaryExpression(e)) return arithmetic(e, depth);
  if (isCallExpression(e)) return numberOfCall(e, depth);
  if (isIdentifier(e)) {
    if (e.text === "Infinity") return Infinity;
    const declaration = declarationOf(e);
    return declaration && (isVariableDeclaration(declaration) || isParameter(declaration)) && isIdentifier(declaration.name)
      ? numberOf(declaration.initializer, depth + 1)
      : null;
  }
  if (isPropertyAccessExpression(e)) return numberOf(constantMember(e), depth + 1);
  if (isConditionalExpression(e)) return numberOf(e.whenFalse, depth + 1) ?? numberOf(e.whenTrue, depth + 1);
  return null;
}

function arithmetic(e: ts.BinaryExpression, depth: number): number | null {
  const operator = e.operatorToken.kind;
  const left = numberOf(e.left, depth + 1);
  const right = numberOf(e.right, depth + 1);
  if (operator === QuestionQuestionToken || operator === BarBarToken) return left ?? right;
  if (left === null || right === null) return null;
  if (operator === AsteriskToken) return left * right;
  if (operator === PlusToken) return left + right;
  if (operator === MinusToken) return left - right;
  if (operator === SlashToken) return right === 0 ? null : left / right;
  if (operator === AsteriskAsteriskToken) return left ** right;
  return null;
}

function numberOfCall(e: ts.CallExpression, depth: number): number | null {
  const name = isIdentifier(e.expression) ? e.expression.text : isPropertyAccessExpression(e.expression) ? e.expression.name.text : "";
  const first = e.arguments[0];
  if (["Number", "parseInt", "parseFloat"].includes(name)) return numberOf(first, depth + 1);
  if (name === "ms" && first && isStringLiteralLike(first)) return durationMs(first.text);
  const unit = UNIT_MS[name.toLowerCase()];
  if (unit !== undefined && name.length > 2 && first) {
    const value = numberOf(first, depth + 1);
    return value === null ? null : value * unit;
  }
  return null;
}

/** Milliseconds of a duration in words ("5s", "2 minutes"); null when it is not one. */
export function durationMs(text: string): number | null {
  const match = /^(\d{1,12}(?:\.\d{1,6})?) ?([a-z]*)$/i.exec(text.trim());
  if (!match) return null;
  const unit = UNIT_MS[(match[2] || "ms").toLowerCase()];
  return unit === undefined ? null : Number(match[1]) * unit;
}

/** `CONFIG.timeoutMs` where CONFIG is an object literal (or enum) in scope. */
function constantMember(e: ts.PropertyAccessExpression): ts.Node | undefined {
  const object = unwrap(e.expression);
  if (!isIdentifier(object)) return undefined;
  const declaration = declarationOf(object);
  if (declaration && isEnumDeclaration(declaration)) return declaration.members.find((m) => nameText(m.name) === e.name.text)?.initializer;
  if (!declaration || !isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  const literal = unwrap(declaration.initializer);
  if (!isObjectLiteralExpression(literal)) return undefined;
  for (const property of literal.properties)
    if (isPropertyAssignment(property) && nameText(property.name) === e.name.text) return property.initializer;
  return undefined;
}

/** The text that an expression surely has: literals, concatenations of them, constants in scope. null when any part is unknown. */
export function stringOf(node: ts.Node | undefined, depth = 0): string | null {
  if (!node || depth > 8) return null;
  const e = unwrap(node);
  if (isStringLiteralLike(e)) return e.text;
  if (isTemplateExpression(e)) {
    let text = e.head.text;
    for (const span of e.templateSpans) {
      const part = stringOf(span.expression, depth + 1);
      if (part === null) return null;
      text += part + span.literal.text;
    }
    return text;
  }
  if (isBinaryExpression(e) && e.operatorToken.kind === PlusToken) {
    const left = stringOf(e.left, depth + 1);
    const right = stringOf(e.right, depth + 1);
    return left === null || right === null ? null : left + right;
  }
  if (isIdentifier(e)) {
    const declaration = declarationOf(e);
    return declaration && isVariableDeclaration(declaration) ? stringOf(declaration.initializer, depth + 1) : null;
  }
  if (isPropertyAccessExpression(e)) return stringOf(constantMember(e), depth + 1);
  return null;
}

/** The literal text parts of a string expression, holes left out: `/users/${id}` gives ["/users/", ""]. Empty when it is not built in place. */
export function textParts(node: ts.Node | undefined): readonly string[] {
  if (!node) return [];
  const e = unwrap(node);
  if (isStringLiteralLike(e)) return [e.text];
  if (isTemplateExpression(e)) return [e.head.text, ...e.templateSpans.map((s) => s.literal.text)];
  if (isBinaryExpression(e) && e.operatorToken.kind === PlusToken) return [...textParts(e.left), ...textParts(e.right)];
  return [];
}
