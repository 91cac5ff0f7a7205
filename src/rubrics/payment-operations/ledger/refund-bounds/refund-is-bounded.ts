import { ts } from "ts-morph";
import { isBinaryExpression, isIdentifier, isPropertyAccessExpression } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { contains, enclosingFunction } from "../../../syntax/functions.ts";
import { PAYMENT_METHODS, paymentCallOf } from "../../../syntax/payment-calls.ts";
import { inputIn } from "../../../syntax/request-input.ts";

/** A refund of an amount that came from outside and is compared with nothing. */
export const refundIsBounded: Rule = {
  id: "refund-is-bounded",
  requirement: "refund-bounds",
  severity: "advisory",
  title: "A refund is compared with what was captured",
  why: "Two partial refunds at once, or an edited amount, return more than was paid.",
  fix: "Lock the payment, sum its refunds, and refuse what exceeds the captured amount.",
  source: "https://docs.stripe.com/refunds",
  examples: {
    bad: `import express from "express";
import Stripe from "stripe";
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
const app = express();
app.post("/refunds", async (req, res) => {
  const refund = await stripe.refunds.create({ payment_intent: req.body.intent, amount: req.body.amount }, { idempotencyKey: req.body.key });
  res.json(refund);
});
`,
    good: `import express from "express";
import Stripe from "stripe";
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
const app = express();
app.post("/refunds", async (req, res) => {
  const payment = await payments.lock(req.body.payment);
  if (req.body.amount > payment.captured - payment.refunded) return res.status(422).end();
  const refund = await stripe.refunds.create({ payment_intent: payment.intent, amount: req.body.amount }, { idempotencyKey: req.body.key });
  res.json(refund);
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: PAYMENT_METHODS,
    look: (node, file) => {
      const call = paymentCallOf(node, file);
      if (call?.operation !== "refund") return [];
      const around = enclosingFunction(call.node);
      return call.amounts
        .filter((amount) => inputIn(amount, file) !== null && !(around && contains(around, bounds, true)))
        .map((amount) => ({
          node: amount,
          alsoTouches: [call.node],
          message: `\`${amount.getText(file.sourceFile).slice(0, 60)}\` is refunded as the request names it, and nothing here compares it with what was captured.`,
        }));
    },
  },
};

/** A comparison of magnitudes, `Math.min`, or a name that says it is bounded. */
function bounds(node: ts.Node): boolean {
  if (isBinaryExpression(node)) return /^[<>]=?$/.test(node.operatorToken.getText());
  if (isPropertyAccessExpression(node) && node.name.text === "min") return true;
  return isIdentifier(node) && /captured|refundable|remaining|maxRefund|assertRefund|validateRefund|canRefund/i.test(node.text);
}
