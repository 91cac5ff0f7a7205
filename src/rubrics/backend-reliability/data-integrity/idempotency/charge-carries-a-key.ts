import { ts } from "ts-morph";
import { isCallExpression, isIdentifier, isPropertyAccessExpression, isSpreadElement } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { unwrap } from "../../../syntax/functions.ts";
import { calleeName, calleeOf, receiverOf } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** Resources of the Stripe client whose creation moves money or promises to. Where the money is, the payment rubric has a rule of its own, which blocks. */
const RESOURCE = /^(?:charges|paymentIntents|refunds|transfers|payouts|topups|subscriptions|invoices|invoiceItems|orders)$/;

/** A charge, transfer or subscription made at the provider without a key by which a repeat is recognised. */
export const chargeCarriesAKey: Rule = {
  id: "charge-carries-a-key",
  requirement: "idempotency",
  severity: "advisory",
  title: "A call that moves money carries an idempotency key",
  why: "When the answer is lost, the caller tries again; without a key made from the operation itself the customer is charged twice.",
  fix: "Pass a key that is the same for every attempt of this operation: `stripe.paymentIntents.create(params, { idempotencyKey: order.id })`.",
  source: "https://docs.stripe.com/api/idempotent_requests",
  examples: {
    bad: `import Stripe from "stripe";
const stripe = new Stripe(process.env.STRIPE_KEY);
export async function payOut(partner) {
  return stripe.transfers.create({ amount: partner.due, currency: "eur", destination: partner.account });
}
`,
    good: `import Stripe from "stripe";
const stripe = new Stripe(process.env.STRIPE_KEY);
export async function payOut(partner) {
  return stripe.transfers.create(
    { amount: partner.due, currency: "eur", destination: partner.account },
    { idempotencyKey: \`payout-\${partner.payoutId}\` },
  );
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["create"],
    look: (node, file) => {
      if (!isCallExpression(node) || calleeName(node) !== "create") return [];
      const resource = resourceOf(node, file);
      if (!resource) return [];
      const key = propertyOf(node.arguments[1], "idempotencyKey");
      if (key.state !== "absent" || (node.arguments[1] === undefined && node.arguments.some((a) => isSpreadElement(a)))) return [];
      return [
        {
          node: node.expression,
          alsoTouches: [node],
          message: `\`${calleeText(node, file)}\` has no \`idempotencyKey\`: a second attempt makes a second one.`,
        },
      ];
    },
  },
};

/** `refunds` of `stripe.refunds.create(...)`; null when the receiver is not the Stripe client. */
function resourceOf(node: ts.CallExpression, file: SourceFacts): string | null {
  const receiver = receiverOf(node);
  const resource = receiver ? unwrap(receiver) : null;
  if (!resource || !isPropertyAccessExpression(resource) || !RESOURCE.test(resource.name.text)) return null;
  const client = unwrap(resource.expression);
  const name = isIdentifier(client) ? client.text : isPropertyAccessExpression(client) ? client.name.text : "";
  const origin = calleeOf(node, file);
  return origin.module === "stripe" || /^_?stripe(?:Client|Api|Sdk)?$/i.test(name) ? resource.name.text : null;
}
