import { ts } from "ts-morph";
import { isCallExpression } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { firstRepeatableEffect, recognisesRepeats } from "../../../syntax/effects.ts";
import { contains } from "../../../syntax/functions.ts";
import { speaksOf } from "../../../syntax/input-checks.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { routesOf, hasRoutes } from "../../../syntax/routes.ts";

/** A webhook's handler that inserts, adds up or sends, and never asks whether it saw the event before. */
export const webhookEventIsProcessedOnce: Rule = {
  id: "webhook-event-is-processed-once",
  requirement: "idempotency",
  severity: "advisory",
  title: "A webhook event that arrives twice is processed once",
  why: "Every provider delivers some events more than once: after a timeout of ours, after a redeploy, by hand. The second delivery must find that the first was done.",
  fix: "Insert the event's id into a table with a unique index in the same transaction as the effect, and answer 200 without doing anything when it is there.",
  source: "https://docs.stripe.com/webhooks#handle-duplicate-events",
  examples: {
    bad: `app.post("/webhooks/billing", async (req, res) => {
  const event = verifyEvent(req);
  await prisma.credit.create({ data: { accountId: event.data.account, amount: event.data.amount } });
  res.sendStatus(200);
});
`,
    good: `app.post("/webhooks/billing", async (req, res) => {
  const event = verifyEvent(req);
  await prisma.$transaction(async (tx) => {
    await tx.processedEvent.create({ data: { id: event.id } });
    await tx.credit.create({ data: { accountId: event.data.account, amount: event.data.amount } });
  });
  res.sendStatus(200);
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: hasRoutes,
    look: (_node, file) =>
      routesOf(file).flatMap((route) => {
        const body = route.handler?.body;
        if (!body || !/^(?:POST|ALL|PUT)$/.test(route.method)) return [];
        if (!isEventRoute(route.path, body)) return [];
        const effect = firstRepeatableEffect(body, file);
        if (!effect || recognisesRepeats(body)) return [];
        return [
          {
            node: effect.expression,
            alsoTouches: [route.anchor],
            message: `\`${calleeText(effect, file)}\` happens again when the event is delivered again: nothing here asks whether it was processed. Called functions and unique indexes were not followed.`,
          },
        ];
      }),
  },
};

/** It verifies an event, or its path names a webhook and its code speaks of a signature or an event's type. A route that manages webhooks does neither. */
function isEventRoute(path: string, body: ts.Node): boolean {
  if (contains(body, isSignedEvent, true)) return true;
  return (
    /(?:^|\/)[\w-]*(?:web-?hooks?|callbacks?|ipn|notify)(?:[/_-]|$)/i.test(path) &&
    speaksOf(body, /signature|hmac|^(?:event|evt|verifyEvent|eventType)$/i)
  );
}

function isSignedEvent(node: ts.Node): boolean {
  return isCallExpression(node) && /^(?:constructEvent|constructEventAsync|unmarshalWebhook|verifyWebhook\w*)$/.test(calleeName(node));
}
