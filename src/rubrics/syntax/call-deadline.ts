import { ts } from "ts-morph";
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isNumericLiteral,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isStatement,
  isStringLiteralLike,
  isVariableDeclaration,
} from "./guards.ts";
import { isFunction, unwrap } from "./functions.ts";
import type { HttpClient } from "./http-clients.ts";
import { durationMs, numberOf } from "./literals.ts";
import type { Deadline } from "./outbound-call.ts";
import { objectOf, propertyOf } from "./properties.ts";
import type { SourceFacts } from "./source-facts.ts";
import type { Origin } from "./value-origin.ts";

const { CallExpression } = ts.SyntaxKind;

/** How long an outbound call waits at most: by its own options, by what stands around it, by the instance it is made on, or by its client's default. */
export function deadlineOf(
  call: ts.CallExpression,
  options: ts.Node | undefined,
  client: HttpClient,
  origin: Origin,
  file: SourceFacts,
): Deadline {
  const own = deadlineIn(options, client);
  if (own.state === "set") return own;
  const around = deadlineAround(call, file);
  if (around) return around;
  const instance = instanceDeadline(origin, client);
  if (instance.state === "set") return instance;
  if (isSetByDefaults(client, file)) return { state: "unknown" };
  if (own.state === "unknown" || instance.state === "unknown") return { state: "unknown" };
  if (client.defaultMs !== null) return { state: "default", ms: client.defaultMs };
  const request = unwrap(call.arguments[0] ?? call);
  if (client.name.includes("fetch") && isRequestInHand(request)) return { state: "unknown" };
  if (client.name.includes("fetch") && call.arguments.length === 1 && isNewExpression(request))
    return deadlineIn(request.arguments?.[1], client);
  return { state: "absent" };
}

/** `fetch(buildRequest(url))`, `fetch(request)`: what was put together elsewhere may carry its own signal. */
function isRequestInHand(first: ts.Node): boolean {
  if (isIdentifier(first)) return /(?:^|[a-z])(?:req|request)$/i.test(first.text) && objectOf(first) === null;
  return isCallExpression(first) && /(?:^|[a-z])[Rr]eq(?:uest)?$/.test(first.expression.getText().split(".").at(-1) ?? "");
}

/** What an options object says; "absent" for a missing argument. */
function deadlineIn(options: ts.Node | undefined, client: HttpClient): Deadline {
  if (options && isFunction(unwrap(options))) return { state: "absent" };
  const answer = propertyOf(options, ...client.options);
  if (answer.state !== "present") return answer;
  const value = unwrap(answer.value);
  const ms = durationOf(value, client);
  if (ms === 0 && client.zeroIsNever) return { state: "absent" };
  return { state: "set", ms, node: answer.value };
}

function durationOf(value: ts.Node, client: HttpClient): number | null {
  if (isObjectLiteralExpression(value)) {
    const nested = propertyOf(value, "request", "response", "deadline", "socket");
    return nested.state === "present" ? numberOf(nested.value) : null;
  }
  if (isStringLiteralLike(value)) return durationMs(value.text);
  const abort = abortTimeout(value);
  return abort ?? (client.options.includes("timeout") || isNumericLiteral(value) ? numberOf(value) : null);
}

/** Milliseconds of `AbortSignal.timeout(ms)`, possibly within `AbortSignal.any([...])`. */
function abortTimeout(value: ts.Node): number | null {
  if (!isCallExpression(value) || !isPropertyAccessExpression(value.expression)) return null;
  if (value.expression.name.text === "timeout") return numberOf(value.arguments[0]);
  const list = value.arguments[0];
  if (value.expression.name.text !== "any" || !list || !isArrayLiteralExpression(list)) return null;
  for (const element of list.elements) {
    const ms = abortTimeout(unwrap(element));
    if (ms !== null) return ms;
  }
  return null;
}

/** Bounded from outside: a race, a wrapper whose name says so, `.timeout(...)`, or `setTimeout` and `on("timeout")` on the request. */
function deadlineAround(call: ts.CallExpression, file: SourceFacts): Deadline | null {
  let child: ts.Node = call;
  for (let up: ts.Node | undefined = call.parent; up; up = up.parent) {
    if (isPropertyAccessExpression(up) && up.expression === child && isCallExpression(up.parent)) {
      if (["timeout", "setTimeout"].includes(up.name.text)) return { state: "set", ms: numberOf(up.parent.arguments[0]), node: up.parent };
      if (
        up.name.text === "pipe" &&
        up.parent.arguments.some((a) => isCallExpression(a) && a.expression.getText(file.sourceFile).startsWith("timeout"))
      )
        return { state: "set", ms: null, node: up.parent };
    }
    if (isCallExpression(up) && up.expression !== child) {
      const name = up.expression.getText(file.sourceFile);
      if (/(?:^|\.)race$|timeout|deadline|abortable/i.test(name))
        return { state: "set", ms: up.arguments[1] ? numberOf(up.arguments[1]) : null, node: up };
    }
    if (isVariableDeclaration(up) && isIdentifier(up.name)) return laterDeadline(up.name.text, file);
    if (isStatement(up) || (isFunction(up) && !isArrowFunction(up))) return null;
    child = up;
  }
  return null;
}

/** `const req = https.request(...); req.setTimeout(5000)`, and promises raced later. */
function laterDeadline(name: string, file: SourceFacts): Deadline | null {
  for (const node of file.nodes(CallExpression)) {
    if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression)) continue;
    const receiver = node.expression.expression;
    const method = node.expression.name.text;
    if (isIdentifier(receiver) && receiver.text === name && ["setTimeout", "timeout"].includes(method))
      return { state: "set", ms: numberOf(node.arguments[0]), node };
    const first = node.arguments[0];
    if (method === "race" && first && isArrayLiteralExpression(first) && first.elements.some((e) => isIdentifier(e) && e.text === name))
      return { state: "set", ms: null, node };
  }
  return null;
}

/** What the instance was made with: `axios.create({timeout})`, `got.extend({timeout})`, `new Agent({headersTimeout})`. */
function instanceDeadline(origin: Origin, client: HttpClient): Deadline {
  const made = origin.creation;
  if (!made) return { state: origin.kind === "parameter" ? "unknown" : "absent" };
  const config = made.node.arguments?.[client.name === "bent" ? 9 : 0];
  return deadlineIn(config, client);
}

/** `axios.defaults.timeout = ...` in the file. */
function isSetByDefaults(client: HttpClient, file: SourceFacts): boolean {
  return client.name === "axios"
    ? /\.defaults\.timeout\s*=/.test(file.text)
    : client.name.includes("fetch") && /setGlobalDispatcher\s*\(/.test(file.text);
}
