import { ts } from "ts-morph";
import { isCallExpression, isIdentifier, isPropertyAccessExpression, isStringLiteralLike } from "./guards.ts";
import { calleeOf, type Origin } from "./origin.ts";
import { objectOf, propertyOf, type PropertyAnswer } from "./properties.ts";
import { functionOf, unwrap } from "./functions.ts";
import { perFile } from "./per-file.ts";
import { memoOf } from "./node-memo.ts";
import { deadlineOf } from "./call-deadline.ts";
import type { OutboundCall } from "./outbound-call.ts";
import type { SourceFacts } from "./source-facts.ts";

import { CLIENT_MEMBERS, HTTP_CLIENTS, mayHaveClient, type HttpClient } from "./http-clients.ts";

export type { Deadline, OutboundCall } from "./outbound-call.ts";

const { CallExpression } = ts.SyntaxKind;

/** Reads a call as an outbound HTTP call of a known client, or of an instance of one; null when it is none. */
export function outboundCallOf(node: ts.Node, file: SourceFacts): OutboundCall | null {
  if (!isCallExpression(node) || !mayHaveClient(file) || !mayCallOut(node)) return null;
  const memo = memoOf(node);
  return memo.outbound === undefined ? (memo.outbound = readCall(node, file)) : memo.outbound;
}

/** Every outbound HTTP call of the file, in source order. */
export const outboundCallsOf = perFile((file): readonly OutboundCall[] =>
  mayHaveClient(file) ? file.nodes(CallExpression).flatMap((node) => outboundCallOf(node, file) ?? []) : [],
);

/** true when the file makes an outbound HTTP call: for `when`. */
export function callsOut(file: SourceFacts): boolean {
  return outboundCallsOf(file).length > 0;
}

/** A plain name, or a member that some client has: everything else is no call of a client, and most calls are settled here. */
function mayCallOut(node: ts.CallExpression): boolean {
  const callee = unwrap(node.expression);
  if (isPropertyAccessExpression(callee)) return CLIENT_MEMBERS.has(callee.name.text);
  return !isIdentifier(callee) || functionOf(callee) === null;
}

function readCall(node: ts.CallExpression, file: SourceFacts): OutboundCall | null {
  const origin = calleeOf(node, file);
  const client = clientOf(origin);
  if (!client) return null;
  const path = origin.type === null ? origin.path : origin.path.slice(1);
  const verb = path.at(-1) ?? "";
  const isInstance = client.factories.includes(path[0] ?? "") && origin.creation !== null;
  if (path.length > (isInstance ? 2 : 1)) return null;
  const isRoot = path.length === 0 || client.roots.includes(verb) || (origin.creation !== null && client.factories.includes(verb));
  if (!isRoot && !client.verbs.includes(verb)) return null;
  if (client.factories.includes(verb) && (origin.creation === null || origin.creation.node.parent === node)) return null;
  const [first, second, third] = node.arguments;
  const isConfigFirst = first !== undefined && isConfig(first, client, isRoot || verb === "request");
  if (first && /\bimport\.meta\.url\b/.test(first.getText(file.sourceFile).slice(0, 300))) return null;
  const hasBody = !isRoot && client.bodyVerbs.includes(verb);
  const options = isConfigFirst ? first : hasBody ? third : second;
  const named = propertyOf(options, "method");
  const method =
    isRoot || verb === "request"
      ? named.state === "present"
        ? textOf(named.value)
        : named.state === "absent"
          ? "GET"
          : null
      : verb.toUpperCase();
  return {
    node,
    client: client.name,
    method,
    url: (isConfigFirst ? valueOf(propertyOf(first, "url", "uri")) : first) ?? null,
    deadline: deadlineOf(node, options, client, origin, file),
    options: options ?? null,
  };
}

/** The first argument is the options: it has an address in it, or is a variable whose name is no address's where a client takes options first. */
function isConfig(first: ts.Node, client: HttpClient, mayBeFirst: boolean): boolean {
  const e = unwrap(first);
  const object = objectOf(e);
  if (object) return propertyOf(object, "url", "uri", "hostname", "host", "path", "baseURL").state !== "absent";
  if (client.name.includes("fetch") || client.name === "undici" || !isIdentifier(e)) return false;
  return (mayBeFirst || /^https?$/.test(client.name)) && /options?$|opts$|config|params|request|^init$/i.test(e.text);
}

function clientOf(origin: Origin): HttpClient | null {
  if (origin.kind === "global") return origin.path.length === 1 && origin.path[0] === "fetch" ? (HTTP_CLIENTS.get("fetch") ?? null) : null;
  return (origin.module === null ? undefined : HTTP_CLIENTS.get(origin.module)) ?? null;
}

function valueOf(answer: PropertyAnswer): ts.Node | undefined {
  return answer.state === "present" ? answer.value : undefined;
}

function textOf(node: ts.Node): string | null {
  const e = unwrap(node);
  return isStringLiteralLike(e) ? e.text.toUpperCase() : null;
}
