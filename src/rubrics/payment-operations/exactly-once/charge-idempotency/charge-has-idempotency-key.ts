import { ts } from "ts-morph";
import type { Problem, Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { recognisesRepeats } from "../../../syntax/effects.ts";
import { enclosingFunction } from "../../../syntax/functions.ts";
import { asksProviderFirst, PAYMENT_METHODS, paymentCallOf, type PaymentCall } from "../../../syntax/payment-calls.ts";
import type { PaymentOperation } from "../../../syntax/payment-providers.ts";
import { paymentRequestOf, REQUEST_METHODS, type PaymentRequest } from "../../../syntax/payment-requests.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

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
      if (request) return request.key === "absent" ? [inRequest(request, file)] : [];
      const call = paymentCallOf(node, file);
      if (!call || call.key !== "absent" || isHarmlessTwice(call)) return [];
      return call.takesKey === "never" ? withoutKeys(call, file) : [withoutKey(call, file)];
    },
  },
};

const WHAT_IF: Readonly<Record<PaymentOperation, string>> = {
  charge: "a repeat charges again.",
  capture: "a repeat captures again, as far as the authorisation reaches.",
  refund: "a repeat refunds again.",
  payout: "a repeat pays out again.",
  intent: "a repeat leaves a second payment open.",
  subscription: "a repeat starts a second subscription.",
  billing: "a repeat puts the amount on the bill again.",
};

function inRequest(request: PaymentRequest, file: SourceFacts): Problem {
  const isSure = request.operation !== "refund" || request.namesAmount;
  return {
    node: request.node.expression,
    alsoTouches: [request.node],
    severity: isSure ? "blocking" : "advisory",
    message: `\`${calleeText(request.node, file)}(...)\` moves money and sends no \`${request.keyName}\`: ${WHAT_IF[request.operation]}`,
    fix: `Send \`${request.keyName}\`, made from the order and the operation, the same on every attempt.`,
  };
}

function withoutKey(call: PaymentCall, file: SourceFacts): Problem {
  const { operation, provider, keyName } = call;
  const isBlocking = operation === "charge" || operation === "payout" || (operation === "refund" && isPartial(call));
  const isWhole = operation === "refund" && !isPartial(call);
  const repeat = isWhole ? "a repeat is refused as refunded already, where only the first answer was lost." : WHAT_IF[operation];
  const what = call.takesKey === "required" ? `${provider.name} refuses the call without it.` : repeat;
  return {
    node: call.node.expression,
    alsoTouches: [call.node],
    severity: isBlocking ? "blocking" : "advisory",
    message: `\`${calleeText(call.node, file)}(...)\` has no \`${keyName}\`: ${what}`,
    fix: `Pass \`${keyName}\`, made from the order and the operation, the same on every attempt (${provider.source}).`,
  };
}

/** A provider whose library sends no key cannot be asked for one; a store or a look at the provider has to tell a repeat. */
function withoutKeys(call: PaymentCall, file: SourceFacts): readonly Problem[] {
  const around = enclosingFunction(call.node);
  if (around && (recognisesRepeats(around) || asksProviderFirst(call.node))) return [];
  return [
    {
      node: call.node.expression,
      alsoTouches: [call.node],
      severity: "advisory",
      message: `\`${calleeText(call.node, file)}(...)\` carries nothing by which ${call.provider.name} or you would know a repeat: ${WHAT_IF[call.operation]}`,
      ...(call.provider.instead ? { fix: `${call.provider.instead} (${call.provider.source})` } : {}),
    },
  ];
}

/** An order that a customer has to finish, where the provider's reference does not ask for a key; a whole refund that is refused twice. */
function isHarmlessTwice(call: PaymentCall): boolean {
  if (call.operation === "intent") return call.provider.name !== "Stripe";
  // As much as was authorised can be captured, and the provider says how much was.
  if (call.operation === "capture") return asksProviderFirst(call.node);
  return call.operation === "refund" && call.takesKey === "never" && !isPartial(call);
}

/** A whole refund is refused when repeated; a part of it is not. */
function isPartial(call: PaymentCall): boolean {
  return call.amounts.length > 0 || propertyOf(call.params, "amount", "amountMoney", "modificationAmount").state === "present";
}
