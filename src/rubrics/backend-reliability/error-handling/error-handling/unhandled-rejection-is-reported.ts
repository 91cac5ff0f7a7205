import { ts } from "ts-morph";
import { isBinaryExpression, isCallExpression, isThrowStatement } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { contains, functionOf, type FunctionWithBody } from "../../../syntax/functions.ts";
import { stringOf } from "../../../syntax/literals.ts";
import { receiverOf } from "../../../syntax/origin.ts";

/** The process's last listener for errors: one that does nothing hides every bug, one that only logs an exception goes on in an unknown state. */
export const unhandledRejectionIsReported: Rule = {
  id: "unhandled-rejection-is-reported",
  requirement: "error-handling",
  severity: "blocking",
  title: "An unhandled error is reported, and after an uncaught exception the process ends",
  why: "An empty listener switches off the one signal that a promise or an exception was forgotten; after an exception nothing is known of the state.",
  fix: "Log the error with its stack; after `uncaughtException` close what is open and `process.exit(1)`, and let the orchestrator start anew.",
  source: "https://nodejs.org/api/process.html#warning-using-uncaughtexception-correctly",
  examples: {
    bad: `process.on("unhandledRejection", () => {});
`,
    good: `process.on("unhandledRejection", (reason) => {
  logger.fatal({ err: reason }, "unhandled rejection");
  process.exit(1);
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["on", "once", "addListener"],
    look: (node, file) => {
      if (!isCallExpression(node) || receiverOf(node)?.getText(file.sourceFile) !== "process") return [];
      const event = stringOf(node.arguments[0]);
      if (event !== "unhandledRejection" && event !== "uncaughtException") return [];
      const listener = functionOf(node.arguments[1]);
      if (!listener?.body || listener.getSourceFile() !== file.sourceFile) return [];
      if (!acts(listener)) return [{ node, message: `The listener of \`${event}\` does nothing: what nobody caught is not even told.` }];
      if (event === "unhandledRejection" || ends(listener)) return [];
      return [
        {
          node: node.expression,
          severity: "advisory",
          message: "After `uncaughtException` the process goes on in an unknown state: nothing here ends it.",
        },
      ];
    },
  },
};

function acts(listener: FunctionWithBody): boolean {
  return (
    listener.body !== undefined && contains(listener.body, (n) => isCallExpression(n) || isThrowStatement(n) || isBinaryExpression(n), true)
  );
}

/** Exits, throws on, or hands over to a function whose name says that it ends the process. */
function ends(listener: FunctionWithBody): boolean {
  const { body } = listener;
  return (
    body !== undefined &&
    contains(
      body,
      (n) =>
        isThrowStatement(n) ||
        (isCallExpression(n) &&
          /exit|abort|kill|shut\w*|stop|close|terminate|die|crash|fatal|panic|graceful|teardown|drain/i.test(n.expression.getText())),
      true,
    )
  );
}
