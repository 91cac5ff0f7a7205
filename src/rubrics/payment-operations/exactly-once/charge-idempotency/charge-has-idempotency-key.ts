import { ts } from "ts-morph";
import type { Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { PAYMENT_METHODS, paymentCallOf, type PaymentCall } from "../../../syntax/payment-calls.ts";
import { paymentRequestOf, REQUEST_METHODS } from "../../../syntax/payment-requests.ts";
import { propertyOf } from "../../../syntax/properties.ts";

/** A charge, refund or payout asked for without a key by which the provider would recognise a repeat. */
export const chargeHasIdempotencyKey: Rule = {
  id: "charge-has-idempotency-key",
  requirement: "charge-idempotency",
  severity: "blocking",
  title: "A charge, refund or payout carries an idempotency key",
  why: "When the answer is lost nobody knows whether the money moved: without a key the next attempt moves it again.",
  fix: "Pass a key made from the order and the operation, the same on every attempt: `stripe.refunds.create(params, { idempotencyKey })`.",
  source: "https://docs.stripe.com/api/idempotent_requests",
  examples: {
    bad: `import Stripe from "stripe";
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
export const pay = (order) => stripe.charges.create({ amount: order.amount, currency: "eur", customer: order.customer });
`,
    good: `import Stripe from "stripe";
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
export const pay = (order) =>
  stripe.charges.create({ amount: order.amount, currency: "eur", customer: order.customer }, { idempotencyKey: \`charge-\${order.id}\` });
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: [...PAYMENT_METHODS, ...REQUEST_METHODS],
    look: (node, file) => {
      const request = paymentRequestOf(node, file);
      if (request?.key === "absent") {
        const message = `\`${calleeText(request.node, file)}(...)\` moves money and sends no idempotency key: ${WHAT_IF[request.operation]}`;
        return [{ node: request.node.expression, alsoTouches: [request.node], message }];
      }
      const call = paymentCallOf(node, file);
      if (!call || call.key !== "absent" || isHarmlessTwice(call)) return [];
      const message = `\`${calleeText(call.node, file)}(...)\` has no \`${call.keyName}\`: ${WHAT_IF[call.operation]}`;
      const isBlocking = call.operation === "charge" || call.operation === "payout" || (call.operation === "refund" && isPartial(call));
      return [{ node: call.node.expression, alsoTouches: [call.node], message, severity: isBlocking ? "blocking" : "advisory" }];
    },
  },
};

const WHAT_IF: Readonly<Record<PaymentCall["operation"], string>> = {
  charge: "a repeat charges again.",
  refund: "a repeat refunds again.",
  payout: "a repeat pays out again.",
  intent: "a repeat leaves a second payment open.",
  subscription: "a repeat starts a second subscription.",
};

/** An order that a customer has to finish; only Stripe's reference asks for a key there too. */
function isHarmlessTwice(call: PaymentCall): boolean {
  return call.operation === "intent" && call.provider !== "Stripe";
}

/** A whole refund is refused when repeated; a part of it is not. */
function isPartial(call: PaymentCall): boolean {
  return ["amount", "amountMoney", "body", "modificationAmount"].some((name) => propertyOf(call.params, name).state === "present");
}
