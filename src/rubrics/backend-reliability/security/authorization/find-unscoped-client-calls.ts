import { ts } from "ts-morph";
import {
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isCallExpression,
} from "../../../syntax/guards.ts";
import type { Problem } from "../../../rule.ts";
import { isOwnerName } from "../../../syntax/access-checks.ts";
import { enclosingFunction, functionName, isFunction, nameText, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import { inputIn, isExaminedBefore } from "../../../syntax/request-input.ts";
import { routeOf } from "../../../syntax/requests.ts";
import { callsLike } from "../../../syntax/named-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { CallExpression } = ts.SyntaxKind;

/** The route handler or outermost function around a node; null at the top level. */
export function outermost(node: ts.Node, file: SourceFacts): FunctionWithBody | null {
  let outer = enclosingFunction(node);
  for (let up = outer; up; up = enclosingFunction(up)) {
    outer = up;
    if (routeOf(up, file)) break;
  }
  return outer;
}

/** Code for operators, jobs and the like sees everyone's rows on purpose. */
export function isPrivileged(fn: FunctionWithBody, file: SourceFacts): boolean {
  const owner = routeOf(fn, file)?.owner ?? "";
  return /admin|internal|cron|jobs?\/|worker|webhook|queue|script|system|superuser|backoffice/i.test(
    `${file.path} ${functionName(fn)} ${owner}`,
  );
}

const DESTRUCTIVE = /^(?:delete|remove|destroy|revoke|archive|update|patch|disable)[A-Z]\w*$/;

/** true for the verb of a client call that `findUnscopedClientCalls` looks at. */
export function isDestructive(name: string): boolean {
  return DESTRUCTIVE.test(name);
}

const destructiveCalls = callsLike(isDestructive);

/** `client.deleteThings({ id })` where other calls of the same client in the file name the tenant. */
export function findUnscopedClientCalls(file: SourceFacts): readonly Problem[] {
  const destructive = destructiveCalls(file);
  if (destructive.length === 0) return [];
  const calls = file.nodes(CallExpression).filter(isCallExpression);
  return destructive.flatMap((call): Problem[] => {
    const receiver = receiverOf(call);
    const keys = keysOf(call.arguments[0]);
    if (!receiver || !keys || keys.some(isOwnerName)) return [];
    const name = receiver.getText(file.sourceFile);
    const siblings = calls.filter(
      (other) => other !== call && receiverOf(other)?.getText(file.sourceFile) === name && keysOf(other.arguments[0])?.some(isOwnerName),
    );
    const owner = siblings.length > 0 ? keysOf(siblings[0]?.arguments[0])?.find(isOwnerName) : undefined;
    if (
      !owner ||
      siblings.length < 2 ||
      !literalOf(call.arguments[0])?.properties.some((p) => isInputProperty(p, file)) ||
      isSettledBefore(call, calls, file)
    )
      return [];
    return [
      {
        node: call,
        message: `\`${calleeName(call)}\` goes by what the caller sent alone; ${siblings.length} other calls of \`${name}\` here name \`${owner}\`. Whether it was checked before was not followed.`,
      },
    ];
  });
}

function literalOf(node: ts.Node | undefined): ts.ObjectLiteralExpression | null {
  const e = node && unwrap(node);
  return e && isObjectLiteralExpression(e) ? e : null;
}

function keysOf(node: ts.Node | undefined): readonly string[] | null {
  const literal = literalOf(node);
  if (!literal || literal.properties.some(isSpreadAssignment)) return null;
  return literal.properties.map((p) => (p.name && !isFunction(p) ? nameText(p.name) : ""));
}

/** The function was let in by role, looked at the id, or asked for the same row with its owner before. */
function isSettledBefore(call: ts.CallExpression, calls: readonly ts.CallExpression[], file: SourceFacts): boolean {
  const outer = outermost(call, file);
  if (!outer || isPrivileged(outer, file)) return true;
  const values = (literalOf(call.arguments[0])?.properties ?? []).flatMap((p) => (p.name ? [nameText(p.name)] : []));
  const asked = calls.some((other) => {
    const keys = keysOf(other.arguments[0]);
    return other.pos < call.pos && other.pos > outer.pos && keys !== null && keys.some(isOwnerName) && values.some((v) => keys.includes(v));
  });
  if (asked) return true;
  return (literalOf(call.arguments[0])?.properties ?? []).some((p) => {
    const value = isPropertyAssignment(p) ? p.initializer : isShorthandPropertyAssignment(p) ? p.name : null;
    const flow = value && inputIn(value, file);
    return flow ? isExaminedBefore(flow, call, file) : false;
  });
}

function isInputProperty(property: ts.ObjectLiteralElementLike, file: SourceFacts): boolean {
  const value = isPropertyAssignment(property) ? property.initializer : isShorthandPropertyAssignment(property) ? property.name : null;
  return value !== null && inputIn(value, file) !== null;
}
