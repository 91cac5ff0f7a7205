import { ts } from "ts-morph";
import {
  isCallExpression,
  isCatchClause,
  isIdentifier,
  isIfStatement,
  isReturnStatement,
  isThrowStatement,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { errorReceiverOf } from "../../../syntax/catches.ts";
import { contains, isFunction } from "../../../syntax/functions.ts";
import { LOG_METHODS, logCallOf } from "../../../syntax/log-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** A caught error logged at debug or info and nowhere else: production drops it, alerts never see it. */
export const caughtErrorIsLoggedAtError: Rule = {
  id: "caught-error-is-logged-at-error",
  requirement: "log-levels",
  severity: "advisory",
  title: "A caught error is logged at warn or error",
  why: "Production usually drops debug and never alerts on info: the failure happens in silence.",
  fix: "Log it at error (or warn, when the work was done another way).",
  source: "https://www.rfc-editor.org/rfc/rfc5424#section-6.2.1",
  examples: {
    bad: `export async function refund(order) {
  try {
    await gateway.refund(order);
  } catch (error) {
    logger.debug({ err: error }, "refund failed");
  }
}
`,
    good: `export async function refund(order) {
  try {
    await gateway.refund(order);
  } catch (error) {
    logger.error({ err: error }, "refund failed");
    throw error;
  }
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: LOG_METHODS,
    look: (node, file) => {
      const call = logCallOf(node, file);
      if (!call || call.sink !== "logger" || !["debug", "trace", "info"].includes(call.level)) return [];
      const receiver = receiverOfError(node);
      if (!receiver?.errorName || !call.args.some((a) => contains(a, (n) => isIdentifier(n) && n.text === receiver.errorName))) return [];
      const isHandled = contains(
        receiver.body,
        (n) =>
          n !== node &&
          (isThrowStatement(n) ||
            isReturnStatement(n) ||
            isIfStatement(n) ||
            ["warn", "error", "fatal"].includes(logCallOf(n, file)?.level ?? "") ||
            (isCallExpression(n) && n !== node && !node.getText().includes(n.getText()))),
        true,
      );
      return isHandled || !isWork(receiver.node, file)
        ? []
        : [{ node, message: `The caught error is logged at ${call.level} and nowhere else: production drops it or never alerts on it.` }];
    },
  },
};

/** What failed changes something or carries a message: not a look-up for which the code has a substitute. */
function isWork(node: ts.Node, file: SourceFacts): boolean {
  const tried = isCatchClause(node) ? node.parent.tryBlock : node.parent;
  return WORK.test(tried.getText(file.sourceFile).slice(0, 4000));
}

const WORK =
  /\b(?:save|store|insert|create|update|upsert|delete|remove|send|publish|enqueue|process|import|sync|charge|refund|capture|handle|execute|run|start|connect|migrate|notify|deliver|upload|write|persist|commit|settle|complete|finish|apply)(?!d)\w*(?:\?\.)?\(/;

function receiverOfError(node: ts.Node): ReturnType<typeof errorReceiverOf> {
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) {
    const receiver = errorReceiverOf(up);
    if (receiver) return receiver;
    if (isFunction(up)) return null;
  }
  return null;
}
