import { ts } from "ts-morph";
import {
  isAsExpression,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isLiteralExpression,
  isNonNullExpression,
  isParenthesizedExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isStringLiteralLike,
  isTemplateSpan,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import { boundNames } from "../../../syntax/async-calls.ts";
import { contains, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";
import { isWholePart } from "../../../syntax/request-values.ts";
import { requestHandlerAround } from "../../../syntax/requests.ts";
import { callsLike } from "../../../syntax/named-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { EqualsToken, ExclamationToken, PlusToken, PropertyAccessExpression } = ts.SyntaxKind;

/** One place where a handler takes fields out of a body. */
export interface BodyUse {
  readonly node: ts.Node;
  readonly fields: readonly string[];
  readonly isCast: boolean;
}

const readCalls = callsLike((name) => /^(?:json|parseBody)$/.test(name));

/** Where each handler of a file takes fields out of a body. */
export function usesByHandler(file: SourceFacts): ReadonlyMap<FunctionWithBody, readonly BodyUse[]> {
  const handlers = new Map<FunctionWithBody, BodyUse[]>();
  const reads = readCalls(file);
  if (reads.length === 0 && !file.names.has("body")) return handlers;
  const roots = [...file.nodes(PropertyAccessExpression), ...reads].filter(
    (node) => isNamedLikeBody(node) && isWholePart(node, "body", file),
  );
  for (const root of roots.toSorted((a, b) => a.pos - b.pos)) {
    const handler = requestHandlerAround(root, file);
    if (!handler) continue;
    const uses = handlers.get(handler) ?? [];
    const use = useOf(root, handler);
    if (use) uses.push(use);
    handlers.set(handler, uses);
  }
  return handlers;
}

/** `x.body`, `x.json()`: a quick look before anything is followed. */
function isNamedLikeBody(node: ts.Node): boolean {
  if (isPropertyAccessExpression(node)) return node.name.text === "body";
  return isCallExpression(node) && isPropertyAccessExpression(node.expression) && /^(?:json|parseBody)$/.test(node.expression.name.text);
}

/** `String(req.body.name ?? "")`: whatever was sent, its type is settled. */
function isConverted(field: ts.Node): boolean {
  let e = field;
  while (isParenthesizedExpression(e.parent) || (isBinaryExpression(e.parent) && e.parent.left === e)) {
    e = e.parent;
    if (isBinaryExpression(e) && isLiteralExpression(unwrap(e.right)) && /^[!=]==?$/.test(e.operatorToken.getText())) return true;
    if (isBinaryExpression(e) && e.operatorToken.kind === EqualsToken) return true;
    if (isBinaryExpression(e) && e.operatorToken.kind === PlusToken && isStringLiteralLike(unwrap(e.right))) return true;
  }
  if (
    isTemplateSpan(e.parent) ||
    (isPrefixUnaryExpression(e.parent) && e.parent.operator === ExclamationToken && isPrefixUnaryExpression(e.parent.parent))
  )
    return true;
  return isCallExpression(e.parent) && /^(?:String|Number|Boolean|parseInt|parseFloat|BigInt)$/.test(e.parent.expression.getText());
}

/** Fields read off a body: taken apart, accessed, or through a variable that holds it. */
function useOf(root: ts.Node, handler: FunctionWithBody): BodyUse | null {
  let isCast = false;
  let e = root;
  while (isAwaitExpression(e.parent) || isParenthesizedExpression(e.parent) || isAsExpression(e.parent) || isNonNullExpression(e.parent)) {
    e = e.parent;
    if (isAsExpression(e) && !/^(?:any|unknown)$/.test(e.type.getText())) isCast = true;
  }
  if (isPropertyAccessExpression(e.parent) && e.parent.expression === e && isConverted(e.parent)) return null;
  if (isPropertyAccessExpression(e.parent) && e.parent.expression === e)
    return isCallExpression(e.parent.parent) && e.parent.parent.expression === e.parent
      ? null
      : { node: e.parent, fields: [e.parent.name.text], isCast };
  if (!isVariableDeclaration(e.parent) || e.parent.initializer !== e) return null;
  const name = e.parent.name;
  if (e.parent.type && !/^(?:any|unknown)$/.test(e.parent.type.getText())) isCast = true;
  if (!isIdentifier(name)) return { node: e, fields: boundNames(name), isCast };
  const fields = new Set<string>();
  if (handler.body)
    contains(
      handler.body,
      (n) => {
        if (isPropertyAccessExpression(n) && isIdentifier(n.expression) && n.expression.text === name.text) fields.add(n.name.text);
        if (isVariableDeclaration(n) && n.initializer && isIdentifier(n.initializer) && n.initializer.text === name.text)
          boundNames(n.name).forEach((f) => fields.add(f));
        return false;
      },
      true,
    );
  return fields.size === 0 ? null : { node: e, fields: [...fields], isCast };
}
