import type { ts } from "ts-morph";
import {
  isBindingElement,
  isCallExpression,
  isIdentifier,
  isObjectBindingPattern,
  isPropertyAccessExpression,
} from "../../../syntax/guards.ts";
import { contains, isFunction, nameText, type FunctionWithBody, unwrap } from "../../../syntax/functions.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { inputIn } from "../../../syntax/request-input.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** Rows whose id is a secret of its own, or that only the program writes. */
export const CAPABILITY = /session|token|result|log$|event|job|cache|queue|run$|attempt/i;

/** `credentials.id` of `prisma.credentials`: the row itself was handed in. */
export function isOwnRow(id: ts.Node, model: string, file: SourceFacts): boolean {
  const e = unwrap(id);
  if (!isPropertyAccessExpression(e) || !isIdentifier(e.expression) || /input|body|payload|dto/i.test(e.expression.text)) return false;
  return inputIn(e, file) === null && e.expression.text.toLowerCase().startsWith(modelName(model).toLowerCase().slice(0, 6));
}

/** The same id went to another call before: `await getNoteOrThrow(id, user)`. */
export function isHandedOn(id: ts.Node, outer: FunctionWithBody, access: ts.CallExpression): boolean {
  const e = unwrap(id);
  const name = isPropertyAccessExpression(e) ? e.name.text : isIdentifier(e) ? e.text : "";
  if (name === "" || name === "id") return false;
  return contains(
    outer,
    (n) =>
      isCallExpression(n) &&
      n.end <= access.pos &&
      !/^(?:parse|log|info|debug|warn|error|String|Number|parseInt)$/.test(calleeName(n)) &&
      n.arguments.some((a) => !isFunction(unwrap(a)) && contains(a, (inner) => isIdentifier(inner) && inner.text === name)),
    true,
  );
}

/** What a model is called, without what its variable adds: `invoice` of `this.invoiceRepository`. */
export function modelName(model: string): string {
  return (model.split(".").at(-1) ?? model).replace(/^this\.|(?:Model|Repository|Repo|Table)$/g, "");
}

/** Handed on by whoever found out who calls: `ctx: { accountId }`, `ctx.accountId`. */
export function isOfContext(id: ts.Node): boolean {
  const e = unwrap(id);
  if (isPropertyAccessExpression(e)) return /^(?:this\.)?(?:ctx|context|session|auth|viewer)\b/.test(e.expression.getText());
  let up: ts.Node | null = isIdentifier(e) ? declarationOf(e) : null;
  for (; up && (isBindingElement(up) || isObjectBindingPattern(up)); up = up.parent)
    if (isBindingElement(up) && /^(?:ctx|context|session|auth)$/.test(nameText(up.propertyName))) return true;
  return false;
}
