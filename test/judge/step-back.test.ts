import { expect, test } from "vitest";
import { inspectPullRequest } from "../../src/inspect/inspect-pull-request.ts";
import { stepBack } from "../../src/judge/step-back.ts";
import { allRules } from "../../src/rubrics/all-rules.ts";
import { buildFinding } from "../support/build-review.ts";
import { buildPullRequest } from "../support/build-pull-request.ts";

const general = buildFinding({ rule: "charge-carries-a-key", path: "src/pay.ts", line: 7, endLine: 9, severity: "advisory" });
const payment = buildFinding({ rule: "charge-has-idempotency-key", path: "src/pay.ts", line: 7, endLine: 7, severity: "advisory" });
const rulesOf = (...findings: Parameters<typeof stepBack>[0]) => stepBack(findings).map(({ rule }) => rule);

test("a general rule steps back where a payment rule says the same of the line", () => {
  expect(rulesOf(general, payment)).toEqual(["charge-has-idempotency-key"]);
});

test.each([
  ["on another line", general, { ...payment, line: 10, endLine: 10 }],
  ["in another file", general, { ...payment, path: "src/refund.ts" }],
  ["less severely", { ...general, severity: "blocking" as const }, payment],
  ["under a suppression", general, { ...payment, suppressed: "the provider refuses it twice" }],
  ["of something else", general, { ...payment, rule: "amount-has-currency" }],
])("it stays where the payment rule speaks %s", (_how, one, other) => {
  expect(stepBack([one, other])).toEqual([one, other]);
});

const KEY = ["sk", "live", "4eQ9zPq2LkV7mXw3RtYb8NcD"].join("_");

test("one call, one webhook and one key are told once, out of all rules", () => {
  const content = `import Stripe from "stripe";
import express from "express";
const stripe = new Stripe("${KEY}");
const app = express();
app.post("/webhooks/stripe", express.json(), async (req, res) => {
  if (req.body.type === "invoice.paid") await credits.increment(req.body.data.object.customer, 100);
  res.sendStatus(200);
});
export const pay = (order) => stripe.charges.create({ amount: order.cents, currency: "eur", customer: order.customer });
`;
  const { findings } = inspectPullRequest(buildPullRequest([{ path: "src/pay.ts", status: "added", content }]), [], allRules);
  const twice = ["charge-carries-a-key", "webhook-signature-is-verified", "secret-is-not-in-the-code"];
  expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(twice));
  const kept = stepBack(findings).map(({ rule }) => rule);
  for (const rule of twice) expect(kept).not.toContain(rule);
  expect(kept).toEqual(
    expect.arrayContaining(["charge-has-idempotency-key", "webhook-verifies-its-signature", "payment-key-is-not-in-the-code"]),
  );
});
