import { ts } from "ts-morph";
import { isPromiseFunction, type FunctionWithBody, isFunction, nameText, unwrap } from "./functions.ts";
import {
  isAsExpression,
  isAwaitExpression,
  isCallExpression,
  isFunctionDeclaration,
  isFunctionExpression,
  isGetAccessorDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isNonNullExpression,
  isParenthesizedExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isSatisfiesExpression,
  isVariableDeclaration,
} from "./guards.ts";
import { CLIENT_MEMBERS, mayHaveClient } from "./http-clients.ts";
import { mayComeFrom } from "./module-reach.ts";
import { calleeName } from "./origin.ts";
import { perFile } from "./per-file.ts";
import type { SourceFacts } from "./source-facts.ts";

const { ArrowFunction, AwaitExpression, FunctionDeclaration, FunctionExpression, GetAccessor, MethodDeclaration } = ts.SyntaxKind;

/** Modules of the platform, and one that follows them, whose functions give promises. */
export const PROMISE_MODULES = /^(?:fs\/promises|timers\/promises|stream\/promises|dns\/promises|readline\/promises|fs-extra)$/;

/** What Prisma's models are asked to do. */
export const PRISMA_VERBS: ReadonlySet<string> = new Set([
  "create",
  "createMany",
  "update",
  "updateMany",
  "upsert",
  "delete",
  "deleteMany",
  "findUnique",
  "findFirst",
  "findMany",
  "count",
  "aggregate",
  "groupBy",
]);

/** What a Prisma client itself does; no other library has names like these. */
export const PRISMA_CLIENT_VERBS: ReadonlySet<string> = new Set([
  "$transaction",
  "$executeRaw",
  "$executeRawUnsafe",
  "$queryRaw",
  "$queryRawUnsafe",
]);

/** Members of an answer that read its body. */
export const ANSWER_BODY: ReadonlySet<string> = new Set(["json", "text", "blob", "arrayBuffer", "formData"]);

const ALWAYS: ReadonlySet<string> = new Set([...PRISMA_VERBS, ...PRISMA_CLIENT_VERBS, ...ANSWER_BODY]);

/**
 * false when nothing that this file knows can say that the call gives a promise: by its last name alone, so that most calls are settled
 * before anything is followed.
 */
export function mayGivePromise(call: ts.CallExpression, file: SourceFacts): boolean {
  const name = calleeName(call);
  if (name === "require") return promiseNames(file).has(name); // a module is no promise, and many files are full of it
  if (name === "" || ALWAYS.has(name) || promiseNames(file).has(name) || mayUsePlatform(file)) return true;
  return mayHaveClient(file) && (CLIENT_MEMBERS.has(name) || isIdentifier(unwrap(call.expression)));
}

/** true when the file may hold functions of the platform's modules that give promises. */
export const mayUsePlatform = perFile((file) => mayComeFrom(file, (module) => module === "fs" || PROMISE_MODULES.test(module)));

/** true when the file waits for anything: for `when`. */
export function waitsAnywhere(file: SourceFacts): boolean {
  return file.nodes(AwaitExpression).length > 0;
}

/** Last names of what the file awaits, of its own functions that give promises, and of what it imports from files at hand. */
const promiseNames = perFile((file): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const node of file.nodes(AwaitExpression)) {
    const awaited = isAwaitExpression(node) ? unwrap(node.expression) : node;
    if (isCallExpression(awaited)) names.add(calleeName(awaited));
  }
  for (const kind of [ArrowFunction, FunctionDeclaration, FunctionExpression, GetAccessor, MethodDeclaration])
    for (const node of file.nodes(kind)) if (isFunction(node) && isPromiseFunction(node)) addNames(node, names);
  for (const [local, { from }] of file.imports) if (file.repository.isAtHand(file.path, from)) names.add(local);
  return names;
});

/** The names by which a function can be called: its own, and that of the variable, property or method that holds it. */
function addNames(fn: FunctionWithBody, names: Set<string>): void {
  if (isMethodDeclaration(fn) || isGetAccessorDeclaration(fn)) names.add(nameText(fn.name));
  if ((isFunctionDeclaration(fn) || isFunctionExpression(fn)) && fn.name) names.add(fn.name.text);
  let up = fn.parent;
  while (
    isParenthesizedExpression(up) ||
    isAsExpression(up) ||
    isSatisfiesExpression(up) ||
    isNonNullExpression(up) ||
    isAwaitExpression(up)
  )
    up = up.parent;
  if (isVariableDeclaration(up) || isPropertyDeclaration(up) || isPropertyAssignment(up)) names.add(nameText(up.name));
}
