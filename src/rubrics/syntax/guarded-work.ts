import type { ts } from "ts-morph";
import {
  forEachChild,
  isCallExpression,
  isDecorator,
  isExpressionStatement,
  isNewExpression,
  isPropertyAccessExpression,
  isStatement,
  isStringLiteralLike,
} from "./guards.ts";
import { bareText, calleeKey } from "./former-file.ts";
import { enclosingFunction, functionName, isFunction } from "./functions.ts";
import type { KeptLines } from "./kept-lines.ts";
import { calleeName } from "./origin.ts";
import type { SourceFacts } from "./source-facts.ts";

/** Of a function that lost more of its lines than this share, nothing is said: its work went elsewhere. */
const LEAST_KEPT = 0.3;

/** The line of a node, from 1. */
export function lineOf(node: ts.Node, file: SourceFacts): number {
  return file.sourceFile.getLineAndCharacterOfPosition(node.getStart(file.sourceFile)).line + 1;
}

/** What was guarded is still there: the function around, and the call that took the word as an argument or was decorated with it. */
export function isGuardedStillThere(word: ts.Node, former: SourceFacts, file: SourceFacts, lines: KeptLines): boolean {
  const fn = enclosingFunction(word);
  if (fn && (keptShare(fn, former, lines) < LEAST_KEPT || !isStillNamed(fn, file))) return false;
  const call = callTaking(word);
  return call === null ? fn !== null || isOwnStatement(word) : isStillMade(call, word, lineOf(word, former), file, lines);
}

/** The nearest function with a name is still called so: one that is gone took its work with it. */
function isStillNamed(fn: ts.Node, file: SourceFacts): boolean {
  for (let up: ts.Node | null = fn; up; up = enclosingFunction(up)) {
    const name = functionName(up);
    if (name !== "") return file.names.has(name);
  }
  return true;
}

/** How much of a function is left, of the lines that say something. */
function keptShare(fn: ts.Node, former: SourceFacts, lines: KeptLines): number {
  const text = former.text.split("\n");
  const from = lineOf(fn, former);
  const to = former.sourceFile.getLineAndCharacterOfPosition(fn.end).line + 1;
  let [all, kept] = [0, 0];
  for (let line = from; line <= to; line++) {
    if (!/\w{2}/.test(text[line - 1] ?? "")) continue;
    all++;
    if (lines.now(line) !== null) kept++;
  }
  return all === 0 ? 0 : kept / all;
}

/**
 * The nearest call around in whose arguments the word stands, within its statement and function: not the call that the word itself makes, nor
 * one that takes nothing else (`.use(rateLimit)`), which goes with it.
 */
function callTaking(word: ts.Node): ts.CallExpression | ts.NewExpression | null {
  for (let child = word, up = word.parent; up && !isFunction(up) && !isStatement(up); child = up, up = up.parent) {
    if (isDecorator(up)) return null;
    if ((isCallExpression(up) || isNewExpression(up)) && up.expression !== child && (up.arguments?.length !== 1 || !isChained(up)))
      return up;
  }
  return null;
}

/** A link of a chain: `procedure.use(x).input(y)`. */
function isChained(call: ts.CallExpression | ts.NewExpression): boolean {
  return isPropertyAccessExpression(call.expression) && isPropertyAccessExpression(call.parent) && call.parent.expression === call;
}

/** Another call of the same with the same first argument, or of what the word wrapped, stands in the file; or one where the former call stood. */
function isStillMade(
  call: ts.CallExpression | ts.NewExpression,
  word: ts.Node,
  line: number,
  file: SourceFacts,
  lines: KeptLines,
): boolean {
  const first = call.arguments?.[0];
  const alike = (isNewExpression(call) ? file.newsNamed(calleeName(call)) : file.callsNamed(calleeName(call))).filter(
    (each) => calleeKey(each) === calleeKey(call),
  );
  if (!first || (word.pos >= first.pos && word.end <= first.end)) return alike.length > 0;
  if (alike.some((each) => each.arguments?.[0] !== undefined && bareText(each.arguments[0]) === bareText(first))) return true;
  const { after, before } = lines.around(line);
  return !isStringLiteralLike(first) && alike.some((each) => lineOf(each, file) >= after - NEAR && lineOf(each, file) <= before + NEAR);
}

/** Lines between a call's name and what it takes. */
const NEAR = 8;

/** `router.use(requireUser)`: a statement at the top of a file, of which the rest goes on. */
function isOwnStatement(word: ts.Node): boolean {
  let up = word;
  while (up.parent && !isStatement(up)) up = up.parent;
  return isExpressionStatement(up) || isDecoratorOf(word);
}

function isDecoratorOf(word: ts.Node): boolean {
  for (let up = word.parent; up && !isStatement(up); up = up.parent) if (isDecorator(up)) return true;
  return false;
}

/** Lines after a removal that may be empty, comments or closing brackets. */
const GAP = 4;

/** The first thing on the line that came in place of the former one; where nothing came, on the next line that says something, or the one before. */
export function placeNow(former: number, lines: KeptLines, file: SourceFacts): ts.Node | null {
  const { after, before } = lines.around(former);
  const next = firstNodeFrom(after + 1, before + GAP, file);
  if (next) return next;
  const starts = file.sourceFile.getLineStarts();
  return after === 0 ? null : firstBetween(starts[after - 1] ?? 0, starts[after] ?? file.text.length, file.sourceFile, file.sourceFile);
}

/** The first node on the lines between two, both included, that says something; null when there is none. */
export function firstNodeFrom(first: number, last: number, file: SourceFacts): ts.Node | null {
  const starts = file.sourceFile.getLineStarts();
  for (let line = first; line <= Math.min(last, starts.length); line++) {
    const from = starts[line - 1] ?? 0;
    const to = starts[line] ?? file.text.length;
    const text = file.text.slice(from, to);
    if (!/\w/.test(text) || /^\s*(?:\/\/|\*|\/\*)/.test(text)) continue;
    const node = firstBetween(from, to, file.sourceFile, file.sourceFile);
    if (node) return node;
  }
  return null;
}

/** The first node that begins between two positions, the smallest of those that begin together; null when none does. */
function firstBetween(from: number, to: number, within: ts.Node, sourceFile: ts.SourceFile): ts.Node | null {
  let found: ts.Node | null = null;
  forEachChild(within, (child) => {
    if (found || child.end <= from || child.pos >= to) return;
    const start = child.getStart(sourceFile);
    found = firstBetween(from, to, child, sourceFile) ?? (start >= from && start < to ? child : null);
  });
  return found;
}
