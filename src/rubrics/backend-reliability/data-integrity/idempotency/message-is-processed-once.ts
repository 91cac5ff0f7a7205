import { ts } from "ts-morph";
import type { Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { firstRepeatableEffect, recognisesRepeats } from "../../../syntax/effects.ts";
import { functionOf, type FunctionWithBody } from "../../../syntax/functions.ts";
import { consumersOf, hasConsumers } from "../../../syntax/consumers.ts";

/** A consumer that inserts, adds up or sends, and never asks whether it saw the message before. */
export const messageIsProcessedOnce: Rule = {
  id: "message-is-processed-once",
  requirement: "idempotency",
  severity: "advisory",
  title: "A message that is delivered twice is processed once",
  why: "Queues deliver at least once: a consumer that dies after its work and before its acknowledgement gets the message again.",
  fix: "Remember the message's id with a unique index in the transaction of the effect, use an upsert, or set a key that the other side recognises.",
  source: "https://microservices.io/patterns/communication-style/idempotent-consumer.html",
  examples: {
    bad: `import { Worker } from "bullmq";
export const worker = new Worker("receipts", async (job) => {
  await prisma.receipt.create({ data: { orderId: job.data.orderId } });
});
`,
    good: `import { Worker } from "bullmq";
export const worker = new Worker("receipts", async (job) => {
  await prisma.receipt.upsert({ where: { orderId: job.data.orderId }, create: { orderId: job.data.orderId }, update: {} });
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: hasConsumers,
    look: (_node, file) =>
      consumersOf(file).flatMap((consumer) => {
        const body = bodyOf(consumer.handler);
        if (!body) return [];
        const effect = firstRepeatableEffect(body, file);
        if (!effect || recognisesRepeats(body)) return [];
        return [
          {
            node: effect.expression,
            alsoTouches: [consumer.anchor],
            message: `\`${calleeText(effect, file)}\` happens again when the message is delivered again: nothing here recognises it. Called functions and unique indexes were not followed.`,
          },
        ];
      }),
  },
};

function bodyOf(handler: ts.Node | null): ts.Node | null {
  const fn: FunctionWithBody | null = handler ? functionOf(handler) : null;
  return fn?.body ?? null;
}
