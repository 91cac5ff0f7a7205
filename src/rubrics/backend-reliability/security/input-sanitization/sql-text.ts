import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isExpression,
  isIdentifier,
  isStringLiteralLike,
  isTemplateExpression,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { unwrap } from "../../../syntax/functions.ts";

const { PlusToken } = ts.SyntaxKind;

/** A value that is pasted into the text of a statement. */
export interface Hole {
  readonly node: ts.Expression;
  readonly before: string;
}

/** The template or concatenation behind an argument, through one variable. */
export function builtText(argument: ts.Node): ts.Node | null {
  const e = unwrap(argument);
  if (isTemplateExpression(e) || (isBinaryExpression(e) && e.operatorToken.kind === PlusToken)) return e;
  if (!isIdentifier(e)) return null;
  const declaration = declarationOf(e);
  const value = declaration && isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : null;
  return value && (isTemplateExpression(value) || (isBinaryExpression(value) && value.operatorToken.kind === PlusToken)) ? value : null;
}

/** Each hole with all the literal text before it. */
export function holesOf(text: ts.Node): readonly Hole[] {
  const holes: Hole[] = [];
  let before = "";
  const visit = (node: ts.Node): void => {
    const e = unwrap(node);
    if (isTemplateExpression(e)) {
      before += e.head.text;
      for (const span of e.templateSpans) {
        holes.push({ node: span.expression, before });
        before += `?${span.literal.text}`;
      }
    } else if (isBinaryExpression(e) && e.operatorToken.kind === PlusToken) {
      visit(e.left);
      visit(e.right);
    } else if (isStringLiteralLike(e)) before += e.text;
    else if (isExpression(e)) {
      holes.push({ node: e, before });
      before += "?";
    }
  };
  visit(text);
  return holes;
}
