import { ts } from "ts-morph";
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isAwaitExpression,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isPropertyAccessExpression,
  isReturnStatement,
  isStringLiteralLike,
  isVoidExpression,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { contains, walk } from "../../../syntax/functions.ts";
import { webhooksOf, hasWebhooks } from "../../../syntax/payment-webhooks.ts";

/** A payment webhook that has effects and never looks at the event's id. */
export const paymentEventIsProcessedOnce: Rule = {
  id: "payment-event-is-processed-once",
  requirement: "payment-event-dedupe",
  severity: "advisory",
  title: "A payment event that arrives twice has its effect once",
  why: "Providers deliver an event at least once: the second copy ships, credits or mails again.",
  fix: "Insert the event's id under a unique index in the transaction of its effect, and answer 200 when it is there already.",
  source: "https://docs.stripe.com/webhooks#handle-duplicate-events",
  needsWholeFile: true,
  examples: {
    bad: `import express from "express";
import Stripe from "stripe";
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
const app = express();
app.post("/stripe/webhook", express.raw({ type: "application/json" }), async (req, res) => {
  const event = stripe.webhooks.constructEvent(req.body, req.headers["stripe-signature"], process.env.STRIPE_WEBHOOK_SECRET);
  if (event.type === "invoice.paid") await credits.increment(event.data.object.customer, 100);
  res.sendStatus(200);
});
`,
    good: `import express from "express";
import Stripe from "stripe";
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
const app = express();
app.post("/stripe/webhook", express.raw({ type: "application/json" }), async (req, res) => {
  const event = stripe.webhooks.constructEvent(req.body, req.headers["stripe-signature"], process.env.STRIPE_WEBHOOK_SECRET);
  if (await events.insertOnce(event.id)) await credits.increment(event.data.object.customer, 100);
  res.sendStatus(200);
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: hasWebhooks,
    look: (_node, file) =>
      webhooksOf(file).flatMap(({ anchor, handler, name }) => {
        const effect = contains(handler, recognises, true) ? null : firstEffect(handler);
        if (!effect) return [];
        const added = effect.expression.getText(file.sourceFile).replace(/\s+/g, " ").slice(0, 60);
        const message = `The webhook \`${name}\` calls \`${added}\` for each event and never looks at the event's id; what it calls was not followed.`;
        return [{ node: anchor, alsoTouches: [effect], message }];
      }),
  },
};

const ADDS =
  /^(?:create(?!\w*(?:Client|Caller|Context|Logger|Response)$)\w*|insert\w*|increment\w*|add\w*|credit\w*|grant\w*|send(?!Status$|File$|$)\w*|ship\w*|fulfil\w*|provision\w*|topUp\w*|deposit\w*|enqueue\w*)$/;

/** The first effect that a second delivery doubles; setting a status again does not, and making a value is none. */
function firstEffect(handler: ts.Node): ts.CallExpression | null {
  let found: ts.CallExpression | null = null;
  walk(
    handler,
    (node) => {
      if (!found && isCallExpression(node) && ADDS.test(calleeName(node)) && isRunForItself(node)) found = node;
      return found === null;
    },
    true,
  );
  return found;
}

/** `await add(x)`, `add(x);`, `return add(x)`, `[add(x)]`, `add(x).then(...)`: not `const hash = createHash(x)`. */
function isRunForItself(call: ts.CallExpression): boolean {
  const { parent } = call;
  return (
    isAwaitExpression(parent) ||
    isExpressionStatement(parent) ||
    isReturnStatement(parent) ||
    isArrowFunction(parent) ||
    isVoidExpression(parent) ||
    (isArrayLiteralExpression(parent) && isCallExpression(parent.parent) && calleeName(parent.parent).startsWith("all")) ||
    (isPropertyAccessExpression(parent) && /^(?:then|catch|finally|execute|exec)$/.test(parent.name.text))
  );
}

const RECOGNISES =
  /event[-_]?id|pspReference|notification_?id|processed|dedup|idempot|already|upsert|seen|onConflict|jobId|unique|exists|claim/i;

function recognises(node: ts.Node): boolean {
  if (isIdentifier(node)) return RECOGNISES.test(node.text) || /[a-z]Once/.test(node.text);
  if (isStringLiteralLike(node)) return /on conflict|event[-_]id|P2002|23505/i.test(node.text);
  return (
    isPropertyAccessExpression(node) &&
    node.name.text === "id" &&
    /(?:^|\.)(?:event|evt|notification|message|payload|body|webhook\w*)$/i.test(node.expression.getText())
  );
}
