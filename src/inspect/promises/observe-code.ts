import { ts } from "ts-morph";
import { durationMs, numberOf, stringOf } from "../../rubrics/syntax/literals.ts";
import { calleeName, calleeOf } from "../../rubrics/syntax/origin.ts";
import { outboundCallOf } from "../../rubrics/syntax/outbound-calls.ts";
import { propertyOf } from "../../rubrics/syntax/properties.ts";
import type { SourceFacts } from "../../rubrics/syntax/source-facts.ts";
import type { Change } from "../read-change.ts";
import type { Quantity } from "./read-promise.ts";

/** A number that the changed lines set. */
export interface Observation {
  readonly quantity: Quantity;
  /** In the units of `Promised`. */
  readonly value: number;
  readonly path: string;
  /** 1-based line at the head. */
  readonly line: number;
  /** As the code says it, cut short: "timeout: 30_000". */
  readonly quote: string;
}

type Sink = (quantity: Quantity, value: number | null, node: ts.Node) => void;

const DATABASE_OPTIONS = ["statement_timeout", "query_timeout", "commandTimeout", "socketTimeoutMS", "timeoutMS", "maxTimeMS"];

/** Numbers on added lines that a plan item may have promised. Values that cannot be told are left out. */
export function observeCode(change: Change, file: SourceFacts): readonly Observation[] {
  const found: Observation[] = [];
  const add: Sink = (quantity, value, node) => {
    const from = ts.getLineAndCharacterOfPosition(file.sourceFile, node.getStart(file.sourceFile)).line + 1;
    const to = ts.getLineAndCharacterOfPosition(file.sourceFile, node.end).line + 1;
    let line: number | null = change.wholeFile ? from : null;
    for (let at = from; line === null && at <= to; at++) if (change.added.has(at)) line = at;
    if (value === null || line === null || !Number.isFinite(value)) return;
    found.push({ quantity, value, path: change.file.path, line, quote: node.getText(file.sourceFile).replace(/\s+/g, " ").slice(0, 60) });
  };
  const seen = new Set<ts.Node>();
  for (const node of file.nodes(ts.SyntaxKind.CallExpression)) {
    if (!ts.isCallExpression(node)) continue;
    observeTimeout(node, file, add, seen);
    observeCall(node, file, add);
  }
  for (const node of file.nodes(ts.SyntaxKind.NewExpression)) if (ts.isNewExpression(node)) observeNew(node, file, add);
  return found;
}

function observeTimeout(call: ts.CallExpression, file: SourceFacts, add: Sink, seen: Set<ts.Node>): void {
  const outbound = outboundCallOf(call, file);
  if (outbound?.deadline.state !== "set" || seen.has(outbound.deadline.node)) return;
  seen.add(outbound.deadline.node);
  const node = outbound.deadline.node;
  if (node.getSourceFile() === file.sourceFile)
    add("http-timeout", outbound.deadline.ms, ts.isPropertyAssignment(node.parent) ? node.parent : node);
}

/** Callees worth following: makers of clients, limiters, ciphers, hashes and tokens; everything else sets no promised number. */
const SPEAKING =
  /^(?:create|extend|register|createCipheriv|hash|hashSync|genSalt|genSaltSync|sign|signAsync|request|get|createServer|connect)$|retry|limit/i;

function observeCall(call: ts.CallExpression, file: SourceFacts, add: Sink): void {
  const name = calleeName(call);
  if (!SPEAKING.test(name)) return;
  const module = calleeOf(call, file).module ?? "";
  if (/^(?:axios|got|ky|ofetch)$/.test(module) && /^(?:create|extend)$/.test(name))
    option(call.arguments[0], ["timeout"], "http-timeout", add, (n) => numberOf(n) ?? nested(n));
  if (/^(?:p-retry|async-retry|axios-retry|promise-retry)$/.test(module))
    for (const argument of call.arguments.slice(1)) option(argument, ["retries"], "retries", add, numberOf);
  if (/^(?:express-rate-limit|@fastify\/rate-limit|koa-ratelimit|hono-rate-limiter)$/.test(module)) observeRate(call.arguments[0], add);
  const registered = call.arguments[0];
  if (name === "register" && registered && calleeModule(registered, file) === "@fastify/rate-limit") observeRate(call.arguments[1], add);
  if (module === "crypto" && /^createCipheriv$/.test(name)) {
    const bits = /aes-?(128|192|256)/i.exec(stringOf(call.arguments[0]) ?? "")?.[1];
    add("cipher-bits", bits === undefined ? null : Number(bits), call);
  }
  if (/^bcrypt(?:js)?$/.test(module) && /^(?:hash|hashSync|genSalt|genSaltSync)$/.test(name))
    add("hash-cost", numberOf(call.arguments[name.startsWith("hash") ? 1 : 0]), call);
  if (/^(?:jsonwebtoken|jose|@nestjs\/jwt)$/.test(module) && /^(?:sign|signAsync)$/.test(name))
    for (const argument of call.arguments.slice(1)) option(argument, ["expiresIn"], "token-lifetime", add, lifetime);
  if (/^(?:https|tls)$/.test(module))
    for (const argument of call.arguments) option(argument, ["minVersion"], "tls-version", add, tlsVersion);
}

function observeNew(node: ts.NewExpression, file: SourceFacts, add: Sink): void {
  const origin = calleeOf(node, file);
  const module = origin.module ?? "";
  const options = node.arguments?.at(-1);
  if (/^(?:pg|pg-pool|ioredis|mongodb|mysql2)$/.test(module)) option(options, DATABASE_OPTIONS, "database-timeout", add, numberOf);
  if (module === "opossum") option(node.arguments?.[1], ["resetTimeout"], "breaker-reset", add, numberOf);
  if (module === "https" && origin.path.at(-1) === "Agent") option(options, ["minVersion"], "tls-version", add, tlsVersion);
}

function option(
  options: ts.Node | undefined,
  names: readonly string[],
  quantity: Quantity,
  add: Sink,
  read: (node: ts.Node) => number | null,
): void {
  const answer = propertyOf(options, ...names);
  if (answer.state === "present")
    add(quantity, read(answer.value), ts.isPropertyAssignment(answer.value.parent) ? answer.value.parent : answer.value);
}

/** got's `{ request: 5000 }`. */
function nested(node: ts.Node): number | null {
  const request = propertyOf(node, "request");
  return request.state === "present" ? numberOf(request.value) : null;
}

function observeRate(options: ts.Node | undefined, add: Sink): void {
  const most = propertyOf(options, "max", "limit");
  const window = propertyOf(options, "windowMs", "timeWindow", "duration");
  if (most.state !== "present" || window.state === "unknown") return;
  const count = numberOf(most.value);
  const ms = window.state === "absent" ? 60_000 : (numberOf(window.value) ?? durationMs(stringOf(window.value) ?? ""));
  add("rate", count === null || ms === null || ms === 0 ? null : (count * 60_000) / ms, most.value.parent);
}

/** jsonwebtoken: a number is seconds, a text is a duration ("15m"). */
function lifetime(node: ts.Node): number | null {
  const text = stringOf(node);
  if (text !== null && !/^\d+$/.test(text)) return durationMs(text);
  const seconds = numberOf(node);
  return seconds === null ? null : seconds * 1000;
}

function tlsVersion(node: ts.Node): number | null {
  const version = /^TLSv(1\.\d)$/.exec(stringOf(node) ?? "")?.[1];
  return version === undefined ? null : Number(version);
}

function calleeModule(node: ts.Node, file: SourceFacts): string | null {
  return ts.isIdentifier(node) ? (file.imports.get(node.text)?.from ?? null) : null;
}
