import { ts } from "ts-morph";
import {
  isAwaitExpression,
  isCallExpression,
  isCatchClause,
  isIdentifier,
  isIfStatement,
  isThrowStatement,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { errorReceiverOf } from "../../../syntax/catches.ts";
import { contains, isFunction } from "../../../syntax/functions.ts";
import { textParts } from "../../../syntax/literals.ts";
import { logCallOf } from "../../../syntax/log-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** `logger.error("failed")` in a catch, or the error cut down to its message: the stack is lost for good. */
export const errorLogCarriesTheError: Rule = {
  id: "error-log-carries-the-error",
  requirement: "structured-logging",
  severity: "advisory",
  title: "A log line about an error carries the error",
  why: "Without the error object the log says that something failed and not what or where: no type, no stack, no cause.",
  fix: 'Pass the error itself: `logger.error({ err: error, orderId }, "charge failed")`.',
  source: "https://getpino.io/#/docs/api?id=errors",
  examples: {
    bad: `export async function charge(order) {
  try {
    await gateway.charge(order);
  } catch (error) {
    logger.error("charge failed");
    throw new ChargeFailed(order.id);
  }
}
`,
    good: `export async function charge(order) {
  try {
    await gateway.charge(order);
  } catch (error) {
    logger.error({ err: error, orderId: order.id }, "charge failed");
    throw new ChargeFailed(order.id);
  }
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["error", "fatal", "critical", "emerg", "warn", "warning"],
    look: (node, file) => {
      const call = logCallOf(node, file);
      if (!call || !["error", "fatal", "warn"].includes(call.level)) return [];
      const receiver = receiverAround(node);
      if (!receiver) return [];
      const name = receiver.errorName;
      // A warning may say all there is to say; not where the error was given a name and is used for nothing.
      if (
        call.level === "warn" &&
        (name === null || name.startsWith("_") || contains(receiver.body, (n) => isIdentifier(n) && n.text === name, true))
      )
        return [];
      if (name !== null && contains(receiver.body, (n) => n !== node && isIdentifier(n) && n.text === name, true) && call.args.length > 0) {
        const isMentioned = call.args.some((a) => contains(a, (n) => isIdentifier(n) && n.text === name));
        if (isMentioned || hasOtherLogWithError(receiver.body, node, name)) return [];
      }
      if (
        call.args.some((a) =>
          contains(a, (n) => isIdentifier(n) && (n.text === name || /^(?:e|ex)$|err|exception|message|reason|cause/i.test(n.text))),
        )
      )
        return [];
      // A line of dashes, or a hint below the line that did carry it.
      if (
        call.args.length === 0 ||
        !textParts(call.args[0])
          .join("")
          .match(/\p{L}|^$/u) ||
        isStackLogged(receiver.body, node, name, file)
      )
        return [];
      if (isOfAnotherCheck(node, receiver.body) || onlyParses(receiver.node, file)) return [];
      return [{ node, message: "The error is caught here and this line does not carry it: no type, no stack, no cause." }];
    },
  },
};

/** The line stands in a condition, after the catch looked something up: it speaks of what it found then. */
function isOfAnotherCheck(node: ts.Node, body: ts.Node): boolean {
  for (let up: ts.Node | undefined = node.parent; up && up !== body; up = up.parent)
    if (isIfStatement(up)) return contains(body, (n) => isAwaitExpression(n) && n.pos < up.pos, true);
  return false;
}

/** All that was tried is to read a text, and the line says which: the parser's error would add where it gave up. */
function onlyParses(node: ts.Node, file: SourceFacts): boolean {
  if (!isCatchClause(node)) return false;
  const { statements } = node.parent.tryBlock;
  return (
    statements.length === 1 &&
    /\b(?:parse\w*|decode\w*|new URL|require)\(/i.test(statements[0]?.getText(file.sourceFile).slice(0, 300) ?? "") &&
    !contains(node.parent.tryBlock, isAwaitExpression)
  );
}

function receiverAround(node: ts.Node): ReturnType<typeof errorReceiverOf> {
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) {
    const receiver = errorReceiverOf(up);
    if (receiver) return receiver;
    if (isFunction(up)) return null;
  }
  return null;
}

/** Another line at error or above writes the error's stack, message or the whole of it. */
function isStackLogged(body: ts.Node, node: ts.Node, name: string | null, file: SourceFacts): boolean {
  return (
    name !== null &&
    contains(body, (n) => {
      const line = n === node ? null : logCallOf(n, file);
      return (
        line !== null &&
        ["error", "fatal"].includes(line.level) &&
        line.args.some((a) => contains(a, (e) => isIdentifier(e) && e.text === name))
      );
    })
  );
}

/** Thrown on, or logged by another call: the error is not lost. */
function hasOtherLogWithError(body: ts.Node, node: ts.Node, name: string): boolean {
  return contains(
    body,
    (n) =>
      n !== node &&
      ((isCallExpression(n) && n.arguments.some((a) => isIdentifier(a) && a.text === name)) ||
        (isThrowStatement(n) && n.expression.getText() === name)),
    true,
  );
}
