import { ts } from "ts-morph";
import { isCallExpression, isExpression } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { contains } from "../../../syntax/functions.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { speaksOfVerification, webhooksOf, type PaymentWebhook, hasWebhooks } from "../../../syntax/payment-webhooks.ts";
import { isRequestObject, requestPartOf } from "../../../syntax/requests.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** A payment webhook that acts on its body without a proof that the provider sent it. */
export const webhookVerifiesItsSignature: Rule = {
  id: "webhook-verifies-its-signature",
  requirement: "webhook-signature",
  severity: "blocking",
  title: "A payment webhook verifies the provider's signature",
  why: "The address of a webhook is public: without the signature anyone can post that an order was paid.",
  fix: "Verify before anything else: `stripe.webhooks.constructEvent(rawBody, signature, secret)`, or the provider's own check; or take only the id and ask the provider.",
  source: "https://docs.stripe.com/webhooks#verify-official-libraries",
  needsWholeFile: true,
  examples: {
    bad: `import express from "express";
const app = express();
app.post("/webhooks/stripe", express.json(), async (req, res) => {
  if (req.body.type === "payment_intent.succeeded") await orders.markPaid(req.body.data.object.metadata.order);
  res.sendStatus(200);
});
`,
    good: `import express from "express";
import Stripe from "stripe";
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
const app = express();
app.post("/webhooks/stripe", express.raw({ type: "application/json" }), async (req, res) => {
  const event = stripe.webhooks.constructEvent(req.body, req.headers["stripe-signature"], process.env.STRIPE_WEBHOOK_SECRET);
  if (event.type === "payment_intent.succeeded") await orders.markPaid(event.data.object.metadata.order);
  res.sendStatus(200);
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: hasWebhooks,
    look: (_node, file) => webhooksOf(file).flatMap((webhook) => unverified(webhook, file)),
  },
};

function unverified({ anchor, handler, name, middleware }: PaymentWebhook, file: SourceFacts): readonly Problem[] {
  const readsBody = contains(handler, (node) => isExpression(node) && requestPartOf(node, file) === "body", true);
  if (!readsBody || speaksOfVerification(file.sourceFile) || contains(handler, asksProvider, true)) return [];
  if (middleware.some((each) => !PROVES_NOTHING.test(each.getText(file.sourceFile)))) return [];
  const handsOn = contains(handler, (node) => handsRequestOn(node, file), true);
  return [
    {
      node: anchor,
      severity: handsOn ? "advisory" : "blocking",
      message: `The webhook \`${name}\` acts on its body, and nothing here proves that the provider sent it${handsOn ? "; what it hands the request on to was not followed" : ""}.`,
    },
  ];
}

/** Middleware that looks at no signature; any other may be the proof. */
const PROVES_NOTHING =
  /json|raw|text|body-?parser|urlencoded|cors|logger|morgan|pino|rate-?limit|limiter|throttl|helmet|compression|cookie|session|metrics|request-?id|tracing|timeout/i;

/** The documented way where there are no signatures: only the id is taken, the rest is read at the provider. */
function asksProvider(node: ts.Node): boolean {
  return (
    isCallExpression(node) &&
    /^(?:retrieve\w*|get|fetchPayment|getPayment|getOrder|find\w*AtProvider|sync\w*)$/.test(calleeName(node)) &&
    /payment|order|stripe|mollie|paypal|client|event|session|invoice|subscription/i.test(node.expression.getText())
  );
}

/** The request, its headers or its whole body goes to code that this file does not show. */
function handsRequestOn(node: ts.Node, file: SourceFacts): boolean {
  if (!isCallExpression(node)) return false;
  return node.arguments.some((argument) => {
    if (isRequestObject(argument)) return true;
    const part = requestPartOf(argument, file);
    return part === "headers" || (part === "body" && /(?:\.|^)(?:body|rawBody|payload)$/.test(argument.getText(file.sourceFile)));
  });
}
