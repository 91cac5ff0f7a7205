import { ts } from "ts-morph";
import {
  forEachChild,
  isAwaitExpression,
  isBindingElement,
  isBlock,
  isCallExpression,
  isForOfStatement,
  isIdentifier,
  isImportClause,
  isImportSpecifier,
  isNewExpression,
  isParameter,
  isPropertyAccessExpression,
  isReturnStatement,
  isThrowStatement,
  isTryStatement,
  isVariableDeclaration,
} from "./guards.ts";
import { hasRejectionHandler } from "./catches.ts";
import { declarationOf } from "./declarations.ts";
import { contains, functionOf, isAsync, isFunction, isPromiseFunction, nameText, unwrap, type FunctionWithBody } from "./functions.ts";
import { calleeName, calleeOf } from "./origin.ts";
import { outboundCallOf } from "./outbound-calls.ts";
import type { SourceFacts } from "./source-facts.ts";
import { perFile } from "./per-file.ts";
import { ANSWER_BODY, mayGivePromise, mayUsePlatform, PRISMA_CLIENT_VERBS, PRISMA_VERBS, PROMISE_MODULES } from "./promise-names.ts";

const { AwaitExpression, ThisKeyword } = ts.SyntaxKind;

/** How surely a call gives a promise: its declaration says so, the same callee is awaited elsewhere in the file, or nothing says so. */
export type PromiseAnswer = "surely" | "awaited-elsewhere" | "unknown";

const SYNC_NAME = /Sync$|^(?:createReadStream|createWriteStream|existsSync)$/;
/** Whether a call gives a promise, as far as declarations and the file's own habits show. */
export function promiseAnswer(call: ts.CallExpression, file: SourceFacts): PromiseAnswer {
  if (!mayGivePromise(call, file)) return "unknown";
  const fn = calledFunction(call, file);
  if (fn) return isPromiseFunction(fn) ? "surely" : "unknown";
  const outbound = outboundCallOf(call, file);
  if (outbound && /fetch|axios|got|ky|undici/.test(outbound.client)) return "surely";
  const ofPlatform = mayUsePlatform(file) ? platformAnswer(call, file) : null;
  if (ofPlatform) return ofPlatform;
  if (isPrismaCall(call) || PRISMA_CLIENT_VERBS.has(calleeName(call)) || isAnswerBody(call, file)) return "surely";
  return awaitedCallees(file).has(calleeKey(call)) ? "awaited-elsewhere" : "unknown";
}

/** What the platform's own modules say of a call; null when they say nothing. */
function platformAnswer(call: ts.CallExpression, file: SourceFacts): PromiseAnswer | null {
  const { module, path } = calleeOf(call, file);
  if (module === null) return null;
  const last = call.arguments.at(-1);
  if (module === "fs-extra" && last && isFunction(unwrap(last))) return "unknown";
  if (PROMISE_MODULES.test(module) && !SYNC_NAME.test(path.at(-1) ?? "") && path.length === 1) return "surely";
  return module === "fs" && path[0] === "promises" && path.length === 2 ? "surely" : null;
}

/** true for `response.json()` of a variable that holds the awaited answer of a fetch. */
export function isAnswerBody(call: ts.CallExpression, file: SourceFacts): boolean {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee) || !ANSWER_BODY.has(callee.name.text)) return false;
  const receiver = unwrap(callee.expression);
  const declaration = isIdentifier(receiver) ? declarationOf(receiver) : null;
  const made = declaration && isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : null;
  if (made === null || !isCallExpression(made)) return false;
  return /fetch/.test(outboundCallOf(made, file)?.client ?? "") || /^(?:\w{0,20}F|f)etch$/.test(calleeName(made));
}

/** The function that a call runs when it is declared in this file or in another file at hand; null otherwise. */
export function calledFunction(call: ts.CallExpression, file: SourceFacts): FunctionWithBody | null {
  const local = functionOf(call.expression);
  if (local) return local;
  const callee = unwrap(call.expression);
  if (!isIdentifier(callee)) return null;
  const imported = file.imports.get(callee.text);
  if (!imported || !/^[.@~#/]/.test(imported.from)) return null;
  const declaration = declarationOf(callee);
  if (!declaration || !(isImportSpecifier(declaration) || isImportClause(declaration))) return null;
  const foreign = file.repository.exportOf(file.path, imported.from, imported.name)?.node;
  if (!foreign) return null;
  if (isFunction(foreign)) return foreign;
  return isVariableDeclaration(foreign) && foreign.initializer ? functionOf(foreign.initializer) : null;
}

/**
 * true when nothing that the function waits for, throws or hands on can make its promise reject: each stands in a try whose catch does
 * not throw again, has its own handler, or is a function of this file that never rejects either. What plain calls may throw is not counted.
 */
export function neverRejects(fn: FunctionWithBody, file: SourceFacts, depth = 2): boolean {
  const body = fn.body;
  if (!body || depth === 0) return false;
  if (!isBlock(body)) return hasRejectionHandler(body);
  return !hasEscape(body, file, depth - 1);
}

/** A throw, an await or a returned call, of this function itself, whose failure would leave it. */
function hasEscape(node: ts.Node, file: SourceFacts, depth: number): boolean {
  if (isFunction(node)) return false;
  if (isThrowStatement(node) || (isForOfStatement(node) && node.awaitModifier)) return true;
  if (isTryStatement(node) && node.catchClause)
    return [node.catchClause.block, node.finallyBlock].some((part) => part !== undefined && hasEscape(part, file, depth));
  if (isAwaitExpression(node) || (isReturnStatement(node) && node.expression !== undefined)) {
    const value = node.expression && unwrap(node.expression);
    if (value && isFailing(value, isAwaitExpression(node), file, depth)) return true;
  }
  return forEachChild(node, (child) => hasEscape(child, file, depth) || undefined) ?? false;
}

/** Waits and cannot fail: a sleep, a promise that only a timer resolves, `Promise.allSettled`, a wrapper that gives the error back as a value. */
function isPause(value: ts.Node): boolean {
  if (isCallExpression(value))
    return /^(?:allSettled|sleep|delay|wait|timer|pause|tryCatch|trySafe|safeTry|safely)$/.test(calleeName(value));
  if (!isNewExpression(value) || !isIdentifier(value.expression) || value.expression.text !== "Promise") return false;
  const executor = value.arguments?.[0] && unwrap(value.arguments[0]);
  return (
    executor !== undefined &&
    isFunction(executor) &&
    !isAsync(executor) &&
    executor.parameters.length === 1 &&
    contains(executor, isTimer, true)
  );
}

function isTimer(node: ts.Node): boolean {
  return isCallExpression(node) && /^set(?:Timeout|Immediate)$/.test(calleeName(node));
}

/** Whether a value that is awaited or returned may reject; a returned value that is no call is no promise. */
function isFailing(value: ts.Node, isAwaited: boolean, file: SourceFacts, depth: number): boolean {
  if (hasRejectionHandler(value) || isPause(value)) return false;
  if (!isCallExpression(value)) return isAwaited;
  const called = functionOf(value.expression);
  return called === null || !neverRejects(called, file, depth);
}

/** `prisma.user.create(...)`, `tx.order.update(...)`, `this.prisma.x.findMany(...)`: lazy until awaited. */
export function isPrismaCall(call: ts.CallExpression): boolean {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee) || !PRISMA_VERBS.has(callee.name.text)) return false;
  const model = unwrap(callee.expression);
  if (!isPropertyAccessExpression(model)) return false;
  const client = unwrap(model.expression);
  const name = isIdentifier(client) ? client.text : isPropertyAccessExpression(client) ? client.name.text : "";
  return /prisma/i.test(name);
}

/** Callees that the file awaits somewhere, or whose rejection it handles. */
const awaitedCallees = perFile((file): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const node of file.nodes(AwaitExpression)) {
    const e = isAwaitExpression(node) ? unwrap(node.expression) : node;
    if (isCallExpression(e)) found.add(calleeKey(e));
  }
  found.delete("");
  return found;
});

/**
 * true when the file awaits other calls of the same receiver (`await this.users.save(x)` beside `this.users.find(id)`), and the receiver is a
 * member or an imported module: its methods are likely to give promises too.
 */
export function isReceiverAwaited(call: ts.CallExpression, file: SourceFacts): boolean {
  const key = calleeKey(call);
  const end = key.lastIndexOf(".");
  if (end <= 0 || key.startsWith("Promise.")) return false;
  const receiver = key.slice(0, end + 1);
  for (const each of awaitedCallees(file)) if (each.startsWith(receiver) && each.indexOf(".", receiver.length) < 0) return true;
  return false;
}

/** `this.events.store`: a callee made of names only; "" for anything else, and for names that mean nothing alone. */
function calleeKey(call: ts.CallExpression): string {
  const parts: string[] = [];
  let e: ts.Node = unwrap(call.expression);
  while (isPropertyAccessExpression(e)) {
    parts.unshift(e.name.text);
    e = unwrap(e.expression);
  }
  if (e.kind === ThisKeyword) parts.unshift("this");
  else if (isIdentifier(e)) {
    // A bare parameter called `callback` is another function in every function that has one.
    const declaration = parts.length === 0 ? declarationOf(e) : null;
    if (declaration && isParameter(declaration)) return "";
    parts.unshift(e.text);
  } else if (isCallExpression(e) && parts.length > 0) {
    const inner = calleeKey(e);
    if (inner === "") return "";
    parts.unshift(`${inner}()`);
  } else return "";
  return parts.join(".");
}

/** Nearest name of what is called, for messages: `this.events.store`. Shortened to 60 characters. */
export function calleeText(call: ts.CallExpression | ts.NewExpression, file: SourceFacts): string {
  const text = call.expression.getText(file.sourceFile).replace(/\s+/g, " ");
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The names that a binding introduces. */
export function boundNames(name: ts.BindingName): readonly string[] {
  if (isIdentifier(name)) return [nameText(name)];
  return name.elements.flatMap((e) => (isBindingElement(e) ? boundNames(e.name) : []));
}

/** Awaits of a function's own body that no try with a catch holds and that have no `.catch` of their own; in source order. */
export function unguardedAwaits(body: ts.Node): readonly ts.AwaitExpression[] {
  const found: ts.AwaitExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunction(node)) return;
    if (isTryStatement(node) && node.catchClause) {
      forEachChild(node.catchClause, visit);
      return;
    }
    if (isAwaitExpression(node) && !hasRejectionHandler(node.expression) && !isPause(unwrap(node.expression))) found.push(node);
    forEachChild(node, visit);
  };
  visit(body);
  return found;
}
