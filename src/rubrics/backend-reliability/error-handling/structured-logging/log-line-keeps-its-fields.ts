import { ts } from "ts-morph";
import { isObjectLiteralExpression, isTemplateExpression } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { LOG_METHODS, logCallOf, logCallsOf } from "../../../syntax/log-calls.ts";
import { unwrap } from "../../../syntax/functions.ts";
import { originOf, receiverOf } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** Values glued into the message where the logger takes fields: pino, bunyan, and files that pass fields elsewhere. */
export const logLineKeepsItsFields: Rule = {
  id: "log-line-keeps-its-fields",
  requirement: "structured-logging",
  severity: "advisory",
  title: "Values of a log line are fields, not part of its text",
  why: "A value inside the text cannot be filtered or counted, and every line becomes its own message, so nothing groups.",
  fix: 'Put the values into the first argument: `logger.info({ orderId, amount }, "order paid")`.',
  source: "https://getpino.io/#/docs/api?id=mergingobject-object",
  examples: {
    bad: `import pino from "pino";
const logger = pino();
export const paid = (order) => logger.info(\`order \${order.id} paid \${order.amount}\`);
`,
    good: `import pino from "pino";
const logger = pino();
export const paid = (order) => logger.info({ orderId: order.id, amount: order.amount }, "order paid");
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: LOG_METHODS,
    look: (node, file) => {
      const call = logCallOf(node, file);
      if (!call || call.sink !== "logger" || call.args.length !== 1) return [];
      const text = call.args[0] && unwrap(call.args[0]);
      if (!text || !isTemplateExpression(text) || !takesFields(call.node, file)) return [];
      return [
        {
          node: text,
          message: `${text.templateSpans.length === 1 ? "A value is" : `${text.templateSpans.length} values are`} part of the message here: as fields they could be searched.`,
        },
      ];
    },
  },
};

/** The logger is pino or bunyan by its module, or another line of the file hands it an object first. */
function takesFields(call: ts.CallExpression, file: SourceFacts): boolean {
  const receiver = receiverOf(call);
  if (receiver && /^(?:pino|bunyan)$/.test(originOf(receiver, file).module ?? "")) return true;
  const owner = receiver?.getText(file.sourceFile);
  return logCallsOf(file).some(
    (log) =>
      log.node !== call &&
      log.args.length > 1 &&
      log.args[0] !== undefined &&
      isObjectLiteralExpression(unwrap(log.args[0])) &&
      receiverOf(log.node)?.getText(file.sourceFile) === owner,
  );
}
