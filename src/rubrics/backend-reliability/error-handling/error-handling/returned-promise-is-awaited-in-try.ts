import { ts } from "ts-morph";
import {
  isAsExpression,
  isAwaitExpression,
  isCallExpression,
  isIdentifier,
  isNonNullExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isSatisfiesExpression,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { calledFunction, calleeText, isAnswerBody, neverRejects, promiseAnswer } from "../../../syntax/async-calls.ts";
import { enclosingTry, errorReceiverOf, hasRejectionHandler, treatmentOf } from "../../../syntax/catches.ts";
import { contains, enclosingFunction, unwrap, type FunctionWithBody, isPromiseFunction } from "../../../syntax/functions.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";

/** Builders of an answer: what they throw is rarely what the catch is for. */
const ANSWER = /^(?:redirect|respond|render|reply|json|typed(?:json|redirect))|(?:Response|Cors|Redirect|With\w{0,20}Message)$/;

/** `return promise` leaves the try before the promise settles, so the catch (and the rollback in it) never runs for it. */
export const returnedPromiseIsAwaitedInTry: Rule = {
  id: "returned-promise-is-awaited-in-try",
  requirement: "error-handling",
  severity: "blocking",
  title: "A promise returned from a try is awaited",
  why: "`return promise` leaves the try block before the promise settles: the catch and finally around it do not see its rejection.",
  fix: "Write `return await ...` inside try.",
  source: "https://eslint.org/docs/latest/rules/no-return-await (why it was withdrawn)",
  examples: {
    bad: `export async function handle(req, res) {
  try {
    return create(req, res);
  } catch (error) {
    res.status(500).json({ error: "internal" });
  }
}

async function create(req, res) {
  res.json(await orders.insert(req.order));
}
`,
    good: `export async function handle(req, res) {
  try {
    return await create(req, res);
  } catch (error) {
    res.status(500).json({ error: "internal" });
  }
}

async function create(req, res) {
  res.json(await orders.insert(req.order));
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.ReturnStatement],
    when: (file) => file.nodes(ts.SyntaxKind.TryStatement).length > 0,
    look: (node, file) => {
      if (!isReturnStatement(node) || !node.expression || awaits(node.expression)) return [];
      const call = unwrap(node.expression);
      if (!isCallExpression(call)) return [];
      const around = enclosingFunction(node);
      const block = enclosingTry(node);
      if (!around || !block || hasRejectionHandler(call)) return [];
      if (!isPromiseFunction(around) && (!block.catchClause || promiseAnswer(call, file) !== "surely")) return [];
      if (!block.catchClause)
        return runsCallbackBeforeCleanUp(call, block, around)
          ? [
              {
                node,
                severity: "advisory",
                message: `If \`${calleeText(call, file)}(...)\` gives a promise, the finally below cleans up before it is done: it is returned without \`await\`.`,
              },
            ]
          : [];
      const answer = promiseAnswer(call, file);
      const fn = calledFunction(call, file);
      if (fn && (fn === around || neverRejects(fn, file) || !isPromiseFunction(fn))) return []; // its own try holds a call of itself
      const text = calleeText(call, file);
      const message = `\`return ${text}(...)\` leaves the try before the promise settles: the catch below does not see its rejection.`;
      if (isAnswerBody(call, file)) return [{ node, message, severity: "advisory" }];
      if (ANSWER.test(calleeName(call))) return [];
      if (answer !== "unknown")
        return [{ node, message, habit: text, ...(throwsOn(block.catchClause, file) ? { severity: "advisory" as const } : {}) }];
      return isRemote(call)
        ? [
            {
              node,
              severity: "advisory",
              message: `If \`${text}(...)\` gives a promise, the catch below does not see its rejection: it is returned without \`await\`.`,
            },
          ]
        : [];
    },
  },
};

/** A catch that only throws on what it caught: the caller hears of the failure either way. */
function throwsOn(clause: ts.CatchClause, file: SourceFacts): boolean {
  const receiver = errorReceiverOf(clause);
  const treatment = receiver ? treatmentOf(receiver, file) : null;
  if (!treatment || treatment.returns) return false;
  return treatment.rethrows || contains(clause.block, (n) => isCallExpression(n) && calleeName(n).startsWith("throw"));
}

/** `return callback()` of a parameter, in a try whose finally waits for what it releases: the work is still under way then. */
function runsCallbackBeforeCleanUp(call: ts.CallExpression, block: ts.TryStatement, around: FunctionWithBody): boolean {
  const callee = unwrap(call.expression);
  const isOwnCallback = isIdentifier(callee) && around.parameters.some((p) => isIdentifier(p.name) && p.name.text === callee.text);
  return isOwnCallback && block.finallyBlock !== undefined && contains(block.finallyBlock, isAwaitExpression);
}

/** `await x`, also in parentheses or under a cast. */
function awaits(expression: ts.Expression): boolean {
  let e = expression;
  while (isParenthesizedExpression(e) || isAsExpression(e) || isNonNullExpression(e) || isSatisfiesExpression(e)) e = e.expression;
  return isAwaitExpression(e);
}

/** `this.accessService.createAccess(...)`: an injected collaborator with a verb of work. */
function isRemote(call: ts.CallExpression): boolean {
  const receiver = receiverOf(call);
  if (!receiver) return false;
  const e = unwrap(receiver);
  const owner = isIdentifier(e) ? e.text : isPropertyAccessExpression(e) ? e.name.text : "";
  return (
    /(?:Service|Repository|Repo|Store|Client|Gateway|Api|Dao|Provider)$/.test(owner) &&
    /^(?:create|update|delete|remove|save|insert|upsert|fetch|find|load|list|send|publish|process|execute|run|handle)/.test(
      calleeName(call),
    )
  );
}
