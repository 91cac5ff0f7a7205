import { ts } from "ts-morph";
import { isObjectLiteralExpression, isPropertyAssignment, isShorthandPropertyAssignment } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { nameText } from "../../../syntax/functions.ts";
import { PAYMENT_METHODS, paymentCallOf, type PaymentCall } from "../../../syntax/payment-calls.ts";
import { objectOf, propertyOf } from "../../../syntax/properties.ts";

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
      // Braintree's currency stands in the merchant account.
      if (!call || call.provider.name === "Braintree") return [];
      const isMissing = holdersOf(call).some((holder) => propertyOf(holder, ...CURRENCY).state === "absent");
      if (!isMissing) return [];
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

const CURRENCY = ["currency", "currencyCode", "currency_code", "iso_currency_code"];

/** Providers whose amount is a number beside its currency; the others take an object of both, which may come from elsewhere. */
const FLAT: ReadonlySet<string> = new Set(["Stripe", "Razorpay"]);

/**
 * The object literals that must hold a currency: those in which an amount stands. An amount beside the call's other parameters is left
 * out where the provider has a documented default, and a refund has the currency of its payment.
 */
function holdersOf(call: PaymentCall): readonly ts.ObjectLiteralExpression[] {
  const outer = objectOf(call.params);
  const holders = call.amounts.flatMap((amount) => {
    const holder = amount.parent.parent;
    if (isShorthandPropertyAssignment(amount.parent) || isPropertyAssignment(amount.parent))
      return isObjectLiteralExpression(holder) ? [holder] : [];
    return [];
  });
  return [...new Set(holders)].filter((holder) =>
    holder === outer ? FLAT.has(call.provider.name) && !call.hasOwnCurrency : isMoney(holder),
  );
}

/** `amount: { value, currency }`, `price_data: { unit_amount, currency }`. */
function isMoney(holder: ts.ObjectLiteralExpression): boolean {
  return isPropertyAssignment(holder.parent) && /amount|money|price/i.test(nameText(holder.parent.name));
}
