import { ts } from "ts-morph";
import { isCallExpression, isExpressionStatement, isPropertyAccessExpression } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { calledFunction, calleeText, neverRejects, promiseAnswer } from "../../../syntax/async-calls.ts";
import { hasRejectionHandler } from "../../../syntax/catches.ts";
import { enclosingFunction, isAsync, isFunction, unwrap, isPromiseFunction } from "../../../syntax/functions.ts";
import { ownerAwaitedElsewhere } from "../../../syntax/awaited-owners.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import { isEffect, looksLikeRemoteEffect } from "../../../syntax/remote-effects.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { handsOnACall } from "../../../syntax/waited-uses.ts";

const { AwaitExpression } = ts.SyntaxKind;

/**
 * A promise that nobody waits for and whose rejection nobody hears. `void` and `.catch` are statements of intent and left alone, as are
 * calls at the top level (a start-up failure should end the process) and functions whose whole body stands in a try.
 */
export const promiseIsAwaited: Rule = {
  id: "promise-is-awaited",
  requirement: "error-handling",
  severity: "blocking",
  title: "A promise is awaited, returned or given a rejection handler",
  why: "A dropped promise that rejects ends a Node process (unhandledRejection), and until then the answer goes out before the work is done.",
  fix: "`await` it, return it, or hand it on with `.catch(...)` that logs; mark a deliberate background task with `void` and a handler.",
  source: "https://nodejs.org/api/process.html#event-unhandledrejection",
  examples: {
    bad: `async function recordVisit(id) {
  await db.query("INSERT INTO visits (id) VALUES ($1)", [id]);
}

export async function show(req, res) {
  recordVisit(req.params.id);
  res.json({ ok: true });
}
`,
    good: `async function recordVisit(id) {
  await db.query("INSERT INTO visits (id) VALUES ($1)", [id]);
}

export async function show(req, res) {
  await recordVisit(req.params.id);
  res.json({ ok: true });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.ExpressionStatement],
    look: (node, file) => {
      if (!isExpressionStatement(node) || node.expression.kind === AwaitExpression) return [];
      const call = unwrap(node.expression);
      return isCallExpression(call) && enclosingFunction(node) !== null ? dropped(call, file).map((each) => weighed(each, call, file)) : [];
    },
  },
};

/** What may be lost without harm: measurements, and values that are only made ready. */
const MAY_BE_LOST =
  /(?:^|[._])(?:track|capture|telemetry|analytics|posthog|segment|mixpanel|amplitude|metrics?|statsd|warm|warmUp|prefetch|preload|prime)(?=[A-Z._]|$)|(?:Telemetry|Analytics|Metrics|Tracker|PageView)(?=\.|$)|(?:^|\.)\w{0,20}[cC]ache\.(?:set|del|delete|clear|invalidate)$/;

/** A function that the file drops again and again is dropped by one decision. */
function weighed(problem: Problem, call: ts.CallExpression, file: SourceFacts): Problem {
  const text = calleeText(call, file);
  const isAdvice = MAY_BE_LOST.test(text) || isMeant(call, file);
  return { ...problem, habit: text, ...(isAdvice ? { severity: "advisory" as const } : {}) };
}

function dropped(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  if (hasRejectionHandler(call)) return [];
  const name = calleeName(call);
  if (name === "catch" && call.arguments.length === 0)
    return [{ node: call, message: "`.catch()` without a function handles nothing: a rejection passes through it and is unhandled." }];
  if (name === "then" || name === "finally") return chained(call, calleeText(call, file), file);
  const callee = unwrap(call.expression);
  if (isFunction(callee))
    return isAsync(callee) && !neverRejects(callee, file)
      ? [{ node: call, message: "This async function is called and dropped: what it throws is unhandled." }]
      : [];
  const fn = calledFunction(call, file);
  if (fn && ((!isPromiseFunction(fn) && !handsOnACall(fn)) || neverRejects(fn, file))) return [];
  const answer = promiseAnswer(call, file);
  if (answer === "surely")
    return [{ node: call, message: `\`${calleeText(call, file)}(...)\` gives a promise that is neither awaited nor handled.` }];
  if (answer === "awaited-elsewhere" && name === "register") return [];
  if (answer === "awaited-elsewhere")
    return [
      {
        node: call,
        severity: isEffect(name) ? "blocking" : "advisory",
        message: `\`${calleeText(call, file)}(...)\` is awaited elsewhere in this file, here its promise is dropped.`,
      },
    ];
  if (looksLikeRemoteEffect(call, name, file))
    return [
      {
        node: call,
        severity: "advisory",
        message: `\`${calleeText(call, file)}(...)\` looks like a write over the network; if it gives a promise, nobody waits for it or hears its failure.`,
      },
    ];
  const owner = ownerAwaitedElsewhere(call, name, file);
  if (owner !== null && !isSaidToBeDropped(call, file))
    return [
      {
        node: call,
        severity: "advisory",
        message: `The file waits for what \`${owner}\` does everywhere else; \`${calleeText(call, file)}(...)\` is dropped here, and if it gives a promise, so is its failure.`,
      },
    ];
  return [];
}

/** `source.then(...)` as a statement. Builders of the form `when(...).then(...)` are no promises; a race with the process's end needs no handler. */
function chained(call: ts.CallExpression, text: string, file: SourceFacts): readonly Problem[] {
  const source = receiverOf(call);
  const made = source ? rootCall(source) : null;
  if (source && !made && calleeName(call) === "finally" && !isCallExpression(unwrap(source)))
    return [
      {
        node: call,
        severity: "advisory",
        message: `\`${shortChain(text)}\` makes another promise, which rejects as the first one does: nobody hears that.`,
      },
    ];
  if (!made || calleeName(made) === "when" || /process\.exit|allSettled/.test(call.getText(file.sourceFile))) return [];
  const severity = promiseAnswer(made, file) === "unknown" ? "advisory" : "blocking";
  return [{ node: call, severity, message: `\`${shortChain(text)}\` has no \`.catch\`: a rejection is unhandled.` }];
}

/** The call at the root of a chain of then and finally; null when it is no call. */
function rootCall(source: ts.Node): ts.CallExpression | null {
  let e = unwrap(source);
  while (isCallExpression(e) && isPropertyAccessExpression(e.expression) && ["then", "finally"].includes(e.expression.name.text))
    e = unwrap(e.expression.expression);
  return isCallExpression(e) && !/^(?:cy|\$|jQuery)\b/.test(e.getText().slice(0, 10)) ? e : null;
}

function shortChain(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

/** A linter was told that this promise is dropped on purpose: its failure is still heard by nobody. */
function isMeant(call: ts.CallExpression, file: SourceFacts): boolean {
  const start = call.getStart(file.sourceFile);
  return file.text
    .slice(Math.max(0, start - 300), start)
    .split("\n")
    .slice(-2)
    .some((line) => line.includes("no-floating-promises"));
}

/** A comment on the line that says that nobody is to wait. */
function isSaidToBeDropped(node: ts.Node, file: SourceFacts): boolean {
  const behind = ts.getTrailingCommentRanges(file.text, node.parent.end) ?? [];
  return behind.some(({ pos, end }) => /await|wait|background|fire|async/i.test(file.text.slice(pos, Math.min(end, pos + 300))));
}
