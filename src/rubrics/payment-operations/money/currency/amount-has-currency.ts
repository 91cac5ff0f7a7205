import { ts } from "ts-morph";
import type { Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { objectOf, propertyOf } from "../../../syntax/properties.ts";
import { PAYMENT_METHODS, paymentCallOf } from "../../../syntax/payment-calls.ts";

/** An amount handed to a provider without its currency. */
export const amountHasCurrency: Rule = {
  id: "amount-has-currency",
  requirement: "currency",
  severity: "blocking",
  title: "An amount is handed over with its currency",
  why: "1000 is ten euros or a thousand yen: without the currency the provider refuses the call or takes the account's default.",
  fix: "Pass the ISO 4217 code that is stored beside the amount.",
  source: "https://docs.stripe.com/currencies",
  examples: {
    bad: `import Stripe from "stripe";
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
export const pay = (order, key) => stripe.charges.create({ amount: order.cents, source: order.source }, { idempotencyKey: key });
`,
    good: `import Stripe from "stripe";
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
export const pay = (order, key) =>
  stripe.charges.create({ amount: order.cents, currency: order.currency, source: order.source }, { idempotencyKey: key });
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: PAYMENT_METHODS,
    look: (node, file) => {
      const call = paymentCallOf(node, file);
      // A refund has the currency of its payment; Braintree's stands in the merchant account.
      if (!call || call.provider === "Braintree" || (call.operation === "refund" && ["Stripe", "Razorpay"].includes(call.provider)))
        return [];
      const holder = holderOf(call.params);
      if (!holder || propertyOf(holder, "currency", "currencyCode", "currency_code", "iso_currency_code").state !== "absent") return [];
      return [
        {
          node: call.node.expression,
          alsoTouches: [call.node],
          message: `\`${calleeText(call.node, file)}(...)\` names an amount and no currency.`,
        },
      ];
    },
  },
};

/** The object literal that must hold the currency: the one with the amount in it; null when it cannot be told or no currency belongs there. */
function holderOf(params: ts.Expression | undefined): ts.Expression | null {
  const amount = propertyOf(params, "amount", "amountMoney", "amount_money");
  if (amount.state !== "present" || !params) return null;
  const inner = ts.isExpression(amount.value) ? objectOf(amount.value) : null;
  if (inner) return ["amount", "value"].some((name) => propertyOf(inner, name).state === "present") ? inner : null;
  return objectOf(params);
}
