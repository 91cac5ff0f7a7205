import { ts } from "ts-morph";
import { isAwaitExpression, isBlock, isCallExpression, isExpressionStatement } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { consumersOf } from "../../../syntax/consumers.ts";
import { contains, enclosingFunction, functionOf } from "../../../syntax/functions.ts";
import { calleeName, receiverOf } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { TrueKeyword } = ts.SyntaxKind;

/** A message that is told done before its work is: what fails afterwards is never tried again. */
export const messageIsAcknowledgedAfterItsWork: Rule = {
  id: "message-is-acknowledged-after-its-work",
  requirement: "retry-backoff",
  severity: "advisory",
  title: "A message is acknowledged when its work is done",
  why: "The broker forgets what is acknowledged: a crash or an error in the work that follows loses the message for good.",
  fix: "Acknowledge after the last `await`; on an error `nack` it to be tried again or to the dead letters.",
  source: "https://www.rabbitmq.com/docs/confirms#acknowledgement-modes",
  examples: {
    bad: `import amqp from "amqplib";
const connection = await amqp.connect("amqp://queue");
const channel = await connection.createChannel();
channel.consume("orders", async (message) => {
  channel.ack(message);
  await book(message.content);
});
`,
    good: `import amqp from "amqplib";
const connection = await amqp.connect("amqp://queue");
const channel = await connection.createChannel();
channel.consume("orders", async (message) => {
  try {
    await book(message.content);
    channel.ack(message);
  } catch (error) {
    channel.nack(message);
  }
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["ack", "consume"],
    look: (node, file) => {
      if (!isCallExpression(node)) return [];
      return calleeName(node) === "ack" ? acknowledgedEarly(node, file) : consumedWithout(node, file);
    },
  },
};

/** `ack` as a statement with an await behind it in the same run of statements, in a consumer's function. */
function acknowledgedEarly(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const statement = call.parent;
  if (!isExpressionStatement(statement) || !isBlock(statement.parent)) return [];
  const handler = enclosingFunction(call);
  const isConsumer = consumersOf(file).some((consumer) => consumer.handler !== null && functionOf(consumer.handler) === handler);
  if (!handler || !isConsumer) return [];
  const { statements } = statement.parent;
  const following = statements.slice(statements.indexOf(statement) + 1);
  return following.some((each) => contains(each, isAwaitExpression))
    ? [{ node: call, message: "The message is acknowledged, and its work goes on: what fails below is never tried again." }]
    : [];
}

/** `channel.consume(queue, handler, { noAck: true })` whose handler waits for something. */
function consumedWithout(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const options = call.arguments[2];
  const answer = propertyOf(options, "noAck");
  if (!options || answer.state !== "present" || answer.value.kind !== TrueKeyword) return [];
  const handler = functionOf(call.arguments[1]);
  const isChannel = /channel$/i.test(receiverOf(call)?.getText(file.sourceFile) ?? "");
  if (!isChannel || !handler?.body || !contains(handler.body, isAwaitExpression)) return [];
  return [
    {
      node: answer.value,
      alsoTouches: [call.expression],
      message: "`noAck: true` counts every message as done when it is sent: what fails in the handler is never tried again.",
    },
  ];
}
