import { expect, test } from "vitest";
import { inspectPullRequest } from "../../src/inspect/inspect-pull-request.ts";
import { paymentOperationsRules } from "../../src/rubrics/payment-operations/rules.ts";
import { buildPullRequest } from "../support/build-pull-request.ts";

const STRIPE = 'import Stripe from "stripe";\nconst stripe = new Stripe(process.env.KEY ?? "");\n';
const BRAINTREE = 'import braintree from "braintree";\nconst gateway = new braintree.BraintreeGateway({});\n';
const ADYEN = 'import { CheckoutAPI } from "@adyen/api-library";\nconst checkout = new CheckoutAPI(client);\n';
const SQUARE = 'import { SquareClient } from "square";\nconst client = new SquareClient({});\n';
const route = (body: string) =>
  `import express from "express";\n${STRIPE}const app = express();\napp.post("/pay", async (req, res) => {\n${body}\n  res.sendStatus(204);\n});\n`;
const intent = (amount: string) =>
  `stripe.paymentIntents.create({ amount: ${amount}, currency: "eur" }, { idempotencyKey: req.body.key });`;
const hook = (body: string) =>
  `import express from "express";\nconst app = express();\napp.post("/webhooks/stripe", async (req, res) => {\n${body}\n  res.sendStatus(200);\n});\n`;

// What a reviewer would stop is told from what was only inferred.
test.each<[string, string, string, "blocking" | "advisory" | "silent"]>([
  ["the price of the request", "price-comes-from-the-server", route(`await ${intent("req.body.amount")}`), "blocking"],
  ["the same, through Number", "price-comes-from-the-server", route(`await ${intent("Number(req.body.amount)")}`), "blocking"],
  [
    "a price that is compared",
    "price-comes-from-the-server",
    route(`if (req.body.amount !== cart.total) return res.sendStatus(409);\nawait ${intent("req.body.amount")}`),
    "advisory",
  ],
  ["a donation", "price-comes-from-the-server", route(`const donation = true;\nawait ${intent("req.body.amount")}`), "advisory"],
  ["an id of the request in place of a price", "price-comes-from-the-server", route(`await ${intent("prices[req.body.plan]")}`), "silent"],
  ["a part refunded without a key", "charge-has-idempotency-key", `${STRIPE}stripe.refunds.create({ charge, amount: 5 });\n`, "blocking"],
  ["all refunded without a key", "charge-has-idempotency-key", `${STRIPE}stripe.refunds.create({ charge });\n`, "advisory"],
  [
    "a stored card charged at Braintree with no reference",
    "charge-has-idempotency-key",
    `${BRAINTREE}gateway.transaction.sale({ amount, paymentMethodToken });\n`,
    "advisory",
  ],
  [
    "a capture without a key",
    "charge-has-idempotency-key",
    `${ADYEN}checkout.ModificationsApi.captureAuthorisedPayment(id, { amount: { currency, value } });\n`,
    "advisory",
  ],
  [
    "an amount on the next bill without a key",
    "charge-has-idempotency-key",
    `${STRIPE}stripe.invoiceItems.create({ customer, amount: 5, currency });\n`,
    "advisory",
  ],
  [
    "a payment at Square without its required key",
    "charge-has-idempotency-key",
    `${SQUARE}client.payments.create({ sourceId });\n`,
    "blocking",
  ],
  [
    "a posted refund of an amount",
    "charge-has-idempotency-key",
    'fetch("https://api.stripe.com/v1/refunds", { method: "POST", headers: {}, body: "amount=5" });\n',
    "blocking",
  ],
  [
    "a posted refund of all",
    "charge-has-idempotency-key",
    'fetch("https://api.stripe.com/v1/refunds", { method: "POST", headers: {}, body: JSON.stringify({}) });\n',
    "advisory",
  ],
  [
    "a body that Razorpay's samples write again",
    "webhook-signature-covers-the-raw-body",
    hook("validateWebhookSignature(JSON.stringify(req.body), sign, secret);"),
    "advisory",
  ],
  [
    "a body that anyone else writes again",
    "webhook-signature-covers-the-raw-body",
    hook("stripe.webhooks.constructEvent(JSON.stringify(req.body), sign, secret);"),
    "blocking",
  ],
  [
    "a card that is charged at once without a key",
    "charge-has-idempotency-key",
    `${STRIPE}stripe.paymentIntents.create({ amount, currency, confirm: true });\n`,
    "blocking",
  ],
  [
    "a hold that is captured later, without a key",
    "charge-has-idempotency-key",
    `${STRIPE}stripe.paymentIntents.create({ amount, currency, confirm: true, capture_method: "manual" });\n`,
    "advisory",
  ],
  ["a subscription without a key", "charge-has-idempotency-key", `${STRIPE}stripe.subscriptions.create({ customer });\n`, "advisory"],
  ["options from elsewhere", "charge-has-idempotency-key", `${STRIPE}stripe.refunds.create({ charge, amount: 5 }, options);\n`, "silent"],
  ["a webhook that acts on its body", "webhook-verifies-its-signature", hook("await orders.markPaid(req.body.id);"), "blocking"],
  ["a webhook that hands its request on", "webhook-verifies-its-signature", hook("await receive(req);\nlog(req.body.id);"), "advisory"],
])("%s: %s", (_name, rule, content, expected) => {
  const { findings } = inspectPullRequest(
    buildPullRequest([{ path: "src/pay.ts", status: "added", content }]),
    [],
    paymentOperationsRules.filter(({ id }) => id === rule),
  );
  expect(findings[0]?.severity ?? "silent").toBe(expected);
});
