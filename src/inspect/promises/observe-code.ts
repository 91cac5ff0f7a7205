import { ts } from "ts-morph";
import {
  isCallExpression,
  isClassLike,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isStatement,
  isVariableDeclaration,
} from "../../rubrics/syntax/guards.ts";
import { functionName, isFunction, nameText, unwrap } from "../../rubrics/syntax/functions.ts";
import { durationMs, stringOf, textParts } from "../../rubrics/syntax/literals.ts";
import { calleeName, calleeOf } from "../../rubrics/syntax/origin.ts";
import { outboundCallOf, type OutboundCall } from "../../rubrics/syntax/outbound-calls.ts";
import { propertyOf } from "../../rubrics/syntax/properties.ts";
import type { SourceFacts } from "../../rubrics/syntax/source-facts.ts";
import type { Change } from "../read-change.ts";
import { followNumber } from "./follow-number.ts";
import { namedNumbers } from "./observe-names.ts";
import type { Quantity } from "./read-promise.ts";
import { requestTimeout, tlsVersion, tokenLifetime } from "./read-values.ts";
import { subjectWords } from "./subject-words.ts";

const { CallExpression, NewExpression } = ts.SyntaxKind;

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
  /** What the names around it say that it is about. */
  readonly subjects: ReadonlySet<string>;
  /** The same without what the file's name alone says. */
  readonly ownSubjects: ReadonlySet<string>;
  /** true when a name alone says which number it is. */
  readonly isNamed: boolean;
}

type Sink = (quantity: Quantity, value: number | null, node: ts.Node, name?: string) => void;

const DATABASE_OPTIONS = ["statement_timeout", "query_timeout", "commandTimeout", "socketTimeoutMS", "timeoutMS", "maxTimeMS"];

/** Numbers on added lines that a plan item may have promised. Values that cannot be told are left out. */
export function observeCode(change: Change, file: SourceFacts): readonly Observation[] {
  const found: Observation[] = [];
  const add: Sink = (quantity, value, node, name) => {
    const from = ts.getLineAndCharacterOfPosition(file.sourceFile, node.getStart(file.sourceFile)).line + 1;
    const to = ts.getLineAndCharacterOfPosition(file.sourceFile, node.end).line + 1;
    let line: number | null = change.wholeFile ? from : null;
    for (let at = from; line === null && at <= to; at++) if (change.added.has(at)) line = at;
    if (value === null || line === null || !Number.isFinite(value)) return;
    found.push({
      quantity,
      value,
      path: change.file.path,
      line,
      quote: node.getText(file.sourceFile).replace(/\s+/g, " ").slice(0, 60),
      subjects: subjectWords(`${name ?? ""} ${fileName(file)} ${namesAround(node, file)}`),
      ownSubjects: subjectWords(`${name ?? ""} ${namesAround(node, file)}`),
      isNamed: name !== undefined,
    });
  };
  const seen = new Set<ts.Node>();
  for (const node of file.nodes(CallExpression)) {
    if (!isCallExpression(node)) continue;
    observeTimeout(node, file, add, seen);
    observeCall(node, file, add);
  }
  for (const node of file.nodes(NewExpression)) if (isNewExpression(node)) observeNew(node, file, add);
  const seenLines = new Set(found.map((o) => `${o.quantity} ${o.line}`));
  for (const { quantity, value, node, name } of namedNumbers(file)) {
    const { line } = ts.getLineAndCharacterOfPosition(file.sourceFile, node.getStart(file.sourceFile));
    if (!seenLines.has(`${quantity} ${line + 1}`)) add(quantity, value, node, name);
  }
  return found;
}

function fileName({ path }: SourceFacts): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.[cm]?[jt]sx?$/, "");
}

/** Names of the variables, properties, functions and classes around a node, and the addresses in it. */
function namesAround(node: ts.Node, file: SourceFacts): string {
  const names: string[] = [];
  const around = outboundAround(node, file);
  if (around?.url) names.push(...textParts(around.url));
  for (let up: ts.Node | undefined = node; up; up = up.parent) {
    if (isVariableDeclaration(up) && isIdentifier(up.name)) names.push(up.name.text);
    else if (isPropertyAssignment(up) || isPropertyDeclaration(up)) names.push(nameText(up.name));
    else if (isFunction(up) || isClassLike(up)) names.push(functionName(up));
    if (isObjectLiteralExpression(up)) {
      const address = propertyOf(up, "baseURL", "prefixUrl", "url");
      if (address.state === "present") names.push(...textParts(address.value));
    }
  }
  return names.join(" ").slice(0, 1000);
}

/** The HTTP call that a node stands in, as its options. */
function outboundAround(node: ts.Node, file: SourceFacts): OutboundCall | null {
  for (let up: ts.Node | undefined = node; up && !isStatement(up); up = up.parent) {
    const call = outboundCallOf(up, file);
    if (call) return call;
  }
  return null;
}

function observeTimeout(call: ts.CallExpression, file: SourceFacts, add: Sink, seen: Set<ts.Node>): void {
  const outbound = outboundCallOf(call, file);
  if (outbound?.deadline.state !== "set" || seen.has(outbound.deadline.node)) return;
  seen.add(outbound.deadline.node);
  const node = outbound.deadline.node;
  if (node.getSourceFile() === file.sourceFile)
    add("http-timeout", outbound.deadline.ms ?? deadlineElsewhere(node, file), isPropertyAssignment(node.parent) ? node.parent : node);
}

/** A deadline whose number another file at hand holds. */
function deadlineElsewhere(node: ts.Node, file: SourceFacts): number | null {
  const e = unwrap(node);
  if (!isCallExpression(e)) return followNumber(e, file);
  return calleeName(e) === "timeout" ? followNumber(e.arguments[0], file) : null;
}

/** Callees worth following: makers of clients, limiters, ciphers, hashes and tokens; everything else sets no promised number. */
const SPEAKING =
  /^(?:create|extend|register|createCipheriv|hash|hashSync|genSalt|genSaltSync|sign|signAsync|request|get|createServer|connect)$|retry|limit/i;

function observeCall(call: ts.CallExpression, file: SourceFacts, add: Sink): void {
  const name = calleeName(call);
  if (!SPEAKING.test(name)) return;
  const module = calleeOf(call, file).module ?? "";
  if (/^(?:axios|got|ky|ofetch)$/.test(module) && /^(?:create|extend)$/.test(name))
    option(call.arguments[0], ["timeout"], "http-timeout", add, (n) => followNumber(n, file) ?? requestTimeout(n));
  if (/^(?:p-retry|async-retry|axios-retry|promise-retry)$/.test(module))
    for (const argument of call.arguments.slice(1)) option(argument, ["retries"], "retries", add, (n) => followNumber(n, file));
  if (/^(?:express-rate-limit|@fastify\/rate-limit|koa-ratelimit|hono-rate-limiter)$/.test(module))
    observeRate(call.arguments[0], file, add);
  const registered = call.arguments[0];
  if (name === "register" && registered && calleeModule(registered, file) === "@fastify/rate-limit")
    observeRate(call.arguments[1], file, add);
  if (module === "crypto" && /^createCipheriv$/.test(name)) {
    const bits = /aes-?(128|192|256)/i.exec(stringOf(call.arguments[0]) ?? "")?.[1];
    add("cipher-bits", bits === undefined ? null : Number(bits), call);
  }
  if (/^bcrypt(?:js)?$/.test(module) && /^(?:hash|hashSync|genSalt|genSaltSync)$/.test(name))
    add("hash-cost", followNumber(call.arguments[name.startsWith("hash") ? 1 : 0], file), call);
  if (/^(?:jsonwebtoken|jose|@nestjs\/jwt)$/.test(module) && /^(?:sign|signAsync)$/.test(name))
    for (const argument of call.arguments.slice(1)) option(argument, ["expiresIn"], "token-lifetime", add, tokenLifetime);
  if (/^(?:https|tls)$/.test(module))
    for (const argument of call.arguments) option(argument, ["minVersion"], "tls-version", add, tlsVersion);
}

function observeNew(node: ts.NewExpression, file: SourceFacts, add: Sink): void {
  const origin = calleeOf(node, file);
  const module = origin.module ?? "";
  const options = node.arguments?.at(-1);
  if (/^(?:pg|pg-pool|ioredis|mongodb|mysql2)$/.test(module))
    option(options, DATABASE_OPTIONS, "database-timeout", add, (n) => followNumber(n, file));
  if (module === "opossum") option(node.arguments?.[1], ["resetTimeout"], "breaker-reset", add, (n) => followNumber(n, file));
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
    add(quantity, read(answer.value), isPropertyAssignment(answer.value.parent) ? answer.value.parent : answer.value);
}

function observeRate(options: ts.Node | undefined, file: SourceFacts, add: Sink): void {
  const most = propertyOf(options, "max", "limit");
  const window = propertyOf(options, "windowMs", "timeWindow", "duration");
  if (most.state !== "present" || window.state === "unknown") return;
  const count = followNumber(most.value, file);
  const ms = window.state === "absent" ? 60_000 : (followNumber(window.value, file) ?? durationMs(stringOf(window.value) ?? ""));
  add("rate", count === null || ms === null || ms === 0 ? null : (count * 60_000) / ms, most.value.parent);
}

function calleeModule(node: ts.Node, file: SourceFacts): string | null {
  return isIdentifier(node) ? (file.imports.get(node.text)?.from ?? null) : null;
}
