import { ts } from "ts-morph";
import { nameText, unwrap } from "./functions.ts";
import { originOf } from "./origin.ts";
import { objectOf, propertyOf } from "./properties.ts";
import type { SourceFacts } from "./source-facts.ts";

/**
 * What a call asks a payment provider for. "charge", "refund" and "payout" move money when they are called; "intent" prepares a
 * payment that a customer finishes; "subscription" starts charging.
 */
export type PaymentOperation = "charge" | "intent" | "refund" | "payout" | "subscription";

/** A call to a payment provider's SDK that moves money or prepares it. */
export interface PaymentCall {
  readonly node: ts.CallExpression;
  readonly provider: string;
  readonly operation: PaymentOperation;
  /** The object that names the amount; undefined when the call has none. */
  readonly params: ts.Expression | undefined;
  /** Whether a repeat is told apart: by an idempotency key, or by what the provider takes in its place. "unknown": could not tell. */
  readonly key: "present" | "absent" | "unknown";
  /** The name under which the provider takes the key, for messages. */
  readonly keyName: string;
}

interface CallShape {
  readonly operation: PaymentOperation;
  /** Position of the object that names the amount. */
  readonly params: number;
  /** Position of the first argument that may hold the key. */
  readonly key: number;
  readonly names: readonly string[];
}

interface Provider {
  readonly name: string;
  readonly module: RegExp;
  /** Names of clients whose import could not be followed. */
  readonly client: RegExp;
  readonly calls: Readonly<Record<string, CallShape>>;
}

const shape = (operation: PaymentOperation, params: number, key: number, ...names: readonly string[]): CallShape => ({
  operation,
  params,
  key,
  names,
});

const STRIPE_KEY = ["idempotencyKey", "idempotency_key"];
const SQUARE_KEY = ["idempotencyKey", "idempotency_key"];
const PAYPAL_KEY = ["paypalRequestId", "payPalRequestId"];

/** Sources: the API references of the providers' Node.js libraries. Operations that the provider itself refuses to repeat (captures) are left out. */
const PROVIDERS: readonly Provider[] = [
  {
    name: "Stripe",
    module: /^stripe$/,
    client: /stripe/i,
    calls: {
      "charges.create": shape("charge", 0, 1, ...STRIPE_KEY),
      "paymentIntents.create": shape("intent", 0, 1, ...STRIPE_KEY),
      "refunds.create": shape("refund", 0, 1, ...STRIPE_KEY),
      "transfers.create": shape("payout", 0, 1, ...STRIPE_KEY),
      "payouts.create": shape("payout", 0, 1, ...STRIPE_KEY),
      "subscriptions.create": shape("subscription", 0, 1, ...STRIPE_KEY),
    },
  },
  {
    name: "PayPal",
    module: /^@paypal\/paypal-server-sdk$/,
    client: /paypal/i,
    calls: {
      "ordersController.createOrder": shape("intent", 0, 0, ...PAYPAL_KEY),
      "paymentsController.refundCapturedPayment": shape("refund", 0, 0, ...PAYPAL_KEY),
    },
  },
  {
    name: "Braintree",
    module: /^braintree$/,
    client: /braintree|^gateway$/i,
    // A nonce can be used once, an order id is looked at by the gateway's duplicate check.
    calls: { "transaction.sale": shape("charge", 0, 0, "orderId", "paymentMethodNonce") },
  },
  {
    name: "Adyen",
    module: /^@adyen\/api-library/,
    client: /adyen/i,
    calls: {
      "PaymentsApi.payments": shape("charge", 0, 1, "idempotencyKey"),
      "ModificationsApi.refundCapturedPayment": shape("refund", 1, 2, "idempotencyKey"),
    },
  },
  {
    name: "Square",
    module: /^square(?:\/legacy)?$/,
    client: /square/i,
    calls: {
      "payments.create": shape("charge", 0, 0, ...SQUARE_KEY),
      "paymentsApi.createPayment": shape("charge", 0, 0, ...SQUARE_KEY),
      "refunds.refundPayment": shape("refund", 0, 0, ...SQUARE_KEY),
      "refundsApi.refundPayment": shape("refund", 0, 0, ...SQUARE_KEY),
    },
  },
  {
    name: "Mollie",
    module: /^@mollie\/api-client$/,
    client: /mollie/i,
    calls: {
      "payments.create": shape("intent", 0, 0, "idempotencyKey"),
      "customerPayments.create": shape("charge", 0, 0, "idempotencyKey"),
      "paymentRefunds.create": shape("refund", 0, 0, "idempotencyKey"),
    },
  },
  {
    name: "Razorpay",
    module: /^razorpay$/,
    client: /razorpay/i,
    calls: {
      "orders.create": shape("intent", 0, 0, "receipt"),
      "payments.refund": shape("refund", 1, 1, "receipt"),
    },
  },
  {
    name: "Plaid",
    module: /^plaid$/,
    client: /plaid/i,
    calls: {
      transferAuthorizationCreate: shape("payout", 0, 0, "idempotency_key"),
      transferRefundCreate: shape("refund", 0, 0, "idempotency_key"),
    },
  },
];

/** Last names of the calls that `paymentCallOf` knows, for a rule's `callees`. */
export const PAYMENT_METHODS: readonly string[] = [
  ...new Set(PROVIDERS.flatMap((provider) => Object.keys(provider.calls).map((path) => path.slice(path.lastIndexOf(".") + 1)))),
];

/** Reads a call as one that moves money at a provider or prepares it: by the SDK's module, or by the client's name; null when it is none. */
export function paymentCallOf(node: ts.Node, file: SourceFacts): PaymentCall | null {
  if (!ts.isCallExpression(node)) return null;
  const names = namesOf(node.expression);
  const last = names.at(-1) ?? "";
  if (!PAYMENT_METHODS.includes(last)) return null;
  const path = [`${names.at(-2) ?? ""}.${last}`, last];
  for (const provider of PROVIDERS) {
    const entry = path.map((each) => provider.calls[each]).find((each) => each !== undefined);
    if (!entry || !isClientOf(provider, node, names, file)) continue;
    const params = node.arguments[entry.params];
    return {
      node,
      provider: provider.name,
      operation: operationOf(entry.operation, provider.name, params),
      params,
      key: keyIn(node, entry),
      keyName: entry.names[0] ?? "",
    };
  }
  return null;
}

/** The names of a callee, outermost first: `this.stripe.refunds.create` is ["stripe", "refunds", "create"]. */
function namesOf(callee: ts.Node): readonly string[] {
  const names: string[] = [];
  let e = unwrap(callee);
  while (ts.isPropertyAccessExpression(e)) {
    names.unshift(e.name.text);
    e = unwrap(e.expression);
  }
  if (ts.isIdentifier(e)) names.unshift(e.text);
  else if (ts.isCallExpression(e)) names.unshift(...namesOf(e.expression));
  return names;
}

function isClientOf(provider: Provider, call: ts.CallExpression, names: readonly string[], file: SourceFacts): boolean {
  const { module } = originOf(call.expression, file);
  if (module !== null && !/^[.~@#/]/.test(module)) return provider.module.test(module);
  if (module !== null && provider.module.test(module)) return true;
  return names.slice(0, -1).some((name) => provider.client.test(name));
}

/** An intent that is confirmed at once, or a recurring payment, is a charge. */
function operationOf(operation: PaymentOperation, provider: string, params: ts.Expression | undefined): PaymentOperation {
  if (operation !== "intent") return operation;
  const [name, value] = provider === "Stripe" ? (["confirm", "true"] as const) : (["sequenceType", "recurring"] as const);
  const answer = propertyOf(params, name);
  return answer.state === "present" && answer.value.getText().includes(value) ? "charge" : "intent";
}

function keyIn(call: ts.CallExpression, { key, names }: CallShape): PaymentCall["key"] {
  let isUnknown = false;
  for (const argument of call.arguments.slice(key)) {
    if (ts.isSpreadElement(argument)) return "unknown";
    if (ts.isFunctionLike(unwrap(argument))) continue;
    const answer = propertyOf(argument, ...names);
    if (answer.state === "present") return "present";
    if (answer.state === "unknown") isUnknown = true;
  }
  return isUnknown || call.arguments.some(ts.isSpreadElement) ? "unknown" : "absent";
}

const AMOUNT_NAMES = ["amount", "unit_amount", "unitAmount", "value", "total"];

/** The expressions that say how much, wherever they stand in a call's parameters: `amount`, `price_data.unit_amount`, `amountMoney.amount`. */
export function amountsIn(params: ts.Expression | undefined): readonly ts.Expression[] {
  const literal = objectOf(params);
  if (!literal) return [];
  const found: ts.Expression[] = [];
  const visit = (object: ts.ObjectLiteralExpression, depth: number): void => {
    for (const property of object.properties) {
      if (ts.isShorthandPropertyAssignment(property) && AMOUNT_NAMES.includes(property.name.text)) found.push(property.name);
      if (!ts.isPropertyAssignment(property)) continue;
      const inner = unwrap(property.initializer);
      if (ts.isObjectLiteralExpression(inner) && depth < 4) visit(inner, depth + 1);
      else if (ts.isArrayLiteralExpression(inner) && depth < 4)
        inner.elements.forEach((element) => ts.isObjectLiteralExpression(element) && visit(element, depth + 1));
      else if (AMOUNT_NAMES.includes(nameText(property.name))) found.push(property.initializer);
    }
  };
  visit(literal, 0);
  return found;
}

const PAYMENT_MODULE =
  /^(?:stripe|@paypal\/.+|braintree|@adyen\/.+|square(?:\/legacy)?|@mollie\/.+|razorpay|@paddle\/.+|plaid|@lemonsqueezy\/.+|dinero\.js)$/;
const PAYMENT_PATH =
  /(?:^|[/._-])(?:payments?|billing|checkouts?|invoices?|refunds?|payouts?|charges?|ledgers?|subscriptions?|stripe|paypal|adyen|braintree|mollie|razorpay|paddle|plaid)(?=$|[/._-])/i;

/** true for a file that imports a payment SDK or whose path says that it is about payments. */
export function isPaymentFile(file: SourceFacts): boolean {
  return PAYMENT_PATH.test(file.path) || [...file.imports.values()].some(({ from }) => PAYMENT_MODULE.test(from));
}
