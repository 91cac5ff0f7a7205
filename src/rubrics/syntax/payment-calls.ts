import type { ts } from "ts-morph";
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isFunctionLike,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadElement,
} from "./guards.ts";
import { contains, enclosingFunction, nameText, unwrap } from "./functions.ts";
import { remembered } from "./named-calls.ts";
import { calleeName, originOf } from "./origin.ts";
import { PAYMENT_PROVIDERS, type KeyPolicy, type PaymentMethod, type PaymentOperation, type PaymentProvider } from "./payment-providers.ts";
import { objectOf, propertyOf } from "./properties.ts";
import type { SourceFacts } from "./source-facts.ts";

/** A call to a payment provider's SDK that moves money or prepares it. */
export interface PaymentCall {
  readonly node: ts.CallExpression;
  readonly provider: PaymentProvider;
  readonly operation: PaymentOperation;
  readonly takesKey: KeyPolicy;
  /** The object that names the amount; undefined when the call has none. */
  readonly params: ts.Expression | undefined;
  /** The expressions that say how much. */
  readonly amounts: readonly ts.Expression[];
  /** Whether a repeat is told apart: by an idempotency key, or by what the provider takes in its place. "unknown": could not tell. */
  readonly key: "present" | "absent" | "unknown";
  /** The key where it is written out. */
  readonly keyValue: ts.Node | null;
  /** The name under which the provider takes the key, for messages; "" when there is none. */
  readonly keyName: string;
  /** true when the currency has a documented default or belongs to something else. */
  readonly hasOwnCurrency: boolean;
}

/** Last names of the calls that `paymentCallOf` knows, for a rule's `callees`. */
export const PAYMENT_METHODS: readonly string[] = [
  ...new Set(PAYMENT_PROVIDERS.flatMap((provider) => Object.keys(provider.methods).map((path) => path.slice(path.lastIndexOf(".") + 1)))),
];

const isPaymentMethod = remembered((name) => PAYMENT_METHODS.includes(name));

/** Reads a call as one that moves money at a provider or prepares it: by the SDK's module, or by the client's name; null when it is none. */
export function paymentCallOf(node: ts.Node, file: SourceFacts): PaymentCall | null {
  if (!isCallExpression(node)) return null;
  const name = calleeName(node);
  if (name !== "" && !isPaymentMethod(name)) return null;
  const names = namesOf(node.expression);
  const last = names.at(-1) ?? "";
  if (!isPaymentMethod(last)) return null;
  const path = [`${names.at(-2) ?? ""}.${last}`, last];
  for (const provider of PAYMENT_PROVIDERS) {
    const method = path.map((each) => methodOf(provider, each)).find((each) => each !== undefined);
    if (method && isClientOf(provider, node, names, file)) return describe(node, provider, method);
  }
  return null;
}

/** Names of clients start in either case: `checkout.PaymentsApi`, `const paymentsApi`. */
function methodOf(provider: PaymentProvider, path: string): PaymentMethod | undefined {
  const { methods } = provider;
  return Object.hasOwn(methods, path) ? methods[path] : methods[path.charAt(0).toUpperCase() + path.slice(1)];
}

function describe(node: ts.CallExpression, provider: PaymentProvider, method: PaymentMethod): PaymentCall {
  const { takesKey, names, hasOwnCurrency = false } = method;
  const params = node.arguments[method.params];
  const positional = method.amount === undefined ? undefined : node.arguments[method.amount];
  const amount = positional && !objectOf(positional) ? [positional] : [];
  const answer = takesKey === "needless" ? NEEDLESS : keyIn(node, method);
  return {
    node,
    provider,
    operation: operationOf(method.operation, provider.name, params),
    takesKey,
    params,
    amounts: [...amount, ...amountsIn(params)],
    key: answer.state,
    keyValue: answer.state === "present" ? answer.value : null,
    keyName: names[0] ?? "",
    hasOwnCurrency,
  };
}

/** The names of a callee, outermost first: `this.stripe.refunds.create` is ["stripe", "refunds", "create"]. */
function namesOf(callee: ts.Node): readonly string[] {
  const names: string[] = [];
  let e = unwrap(callee);
  while (isPropertyAccessExpression(e)) {
    names.unshift(e.name.text);
    e = unwrap(e.expression);
  }
  if (isIdentifier(e)) names.unshift(e.text);
  else if (isCallExpression(e)) names.unshift(...namesOf(e.expression));
  return names;
}

function isClientOf(provider: PaymentProvider, call: ts.CallExpression, names: readonly string[], file: SourceFacts): boolean {
  const { module } = originOf(call.expression, file);
  if (module !== null && !/^[.~@#/]/.test(module)) return provider.module.test(module);
  if (module !== null && provider.module.test(module)) return true;
  return names.slice(0, -1).some((name) => provider.client.test(name));
}

/** An intent that is confirmed at once, paid from a stored method, or recurring, is a charge; not one that is only authorised. */
function operationOf(operation: PaymentOperation, provider: string, params: ts.Expression | undefined): PaymentOperation {
  if (operation !== "intent" || /manual/.test(textAt(params, ["capture_method"]))) return operation;
  return (AT_ONCE[provider] ?? []).some(({ path, value }) => value.test(textAt(params, path))) ? "charge" : "intent";
}

const AT_ONCE: Readonly<Record<string, readonly { readonly path: readonly string[]; readonly value: RegExp }[]>> = {
  Stripe: [{ path: ["confirm"], value: /^true$/ }],
  Mollie: [{ path: ["sequenceType"], value: /recurring/i }],
  PayPal: [{ path: ["body", "paymentSource"], value: /vaultId|billingAgreementId|\bnumber\b/ }],
};

/** The text of a nested property; "" when it is not written there. */
function textAt(params: ts.Expression | undefined, path: readonly string[]): string {
  let at: ts.Node | undefined = params;
  for (const name of path) {
    const answer = propertyOf(at, name);
    if (answer.state !== "present") return "";
    at = answer.value;
  }
  return at?.getText() ?? "";
}

type KeyAnswer = { readonly state: "present"; readonly value: ts.Node | null } | { readonly state: "absent" | "unknown" };
const NEEDLESS: KeyAnswer = { state: "present", value: null };

function keyIn(call: ts.CallExpression, { key, names }: PaymentMethod): KeyAnswer {
  let isUnknown = false;
  for (const argument of call.arguments.slice(key)) {
    if (isSpreadElement(argument)) return { state: "unknown" };
    if (isFunctionLike(unwrap(argument))) continue;
    const answer = propertyOf(argument, ...names);
    if (answer.state === "present") return answer;
    const headers = propertyOf(argument, "headers");
    if (headers.state === "present" && /idempoten/i.test(headers.value.getText())) return { state: "present", value: null };
    if (answer.state === "unknown" && names.length > 0 && !isAmount(argument)) isUnknown = true;
  }
  return { state: isUnknown || call.arguments.some(isSpreadElement) ? "unknown" : "absent" };
}

/** `refund(id, order.total)`: a value that is surely no object of options. */
function isAmount(argument: ts.Expression): boolean {
  const e = unwrap(argument);
  const name = isPropertyAccessExpression(e) ? e.name.text : isIdentifier(e) ? e.text : "";
  if (isCallExpression(e)) return /^(?:toFixed|toString|String|Number|format\w*)$/.test(namesOf(e.expression).at(-1) ?? "");
  return isBinaryExpression(e) || /(?:amount|total|price|value|sum|cents)$/i.test(name);
}

/** true when the same function asks for what is known already: a search or a retrieval that may tell of an earlier attempt. */
export function asksProviderFirst(call: ts.CallExpression): boolean {
  const around = enclosingFunction(call);
  const isQuestion = (node: ts.Node): boolean =>
    isCallExpression(node) && /^(?:retrieve|list|search|fetch|find\w*|get\w*Status|get)$/.test(namesOf(node.expression).at(-1) ?? "");
  return around !== null && contains(around, isQuestion, true);
}

const AMOUNT_NAMES = ["amount", "unit_amount", "unitAmount", "unit_amount_decimal", "value", "total"];
/** What the provider only keeps for us. */
const NOTES = /^(?:metadata|meta|customData|custom_data|notes|additionalData|description)$/;

/** The expressions that say how much, wherever they stand in a call's parameters: `amount`, `price_data.unit_amount`, `amountMoney.amount`. */
export function amountsIn(params: ts.Expression | undefined): readonly ts.Expression[] {
  const literal = objectOf(params);
  if (!literal) return [];
  const found: ts.Expression[] = [];
  const visit = (object: ts.ObjectLiteralExpression, depth: number): void => {
    for (const property of object.properties) {
      if (isShorthandPropertyAssignment(property) && AMOUNT_NAMES.includes(property.name.text)) found.push(property.name);
      if (!isPropertyAssignment(property)) continue;
      if (NOTES.test(nameText(property.name))) continue;
      const inner = unwrap(property.initializer);
      if (isObjectLiteralExpression(inner) && depth < 4) visit(inner, depth + 1);
      else if (isArrayLiteralExpression(inner) && depth < 4)
        inner.elements.forEach((element) => isObjectLiteralExpression(element) && visit(element, depth + 1));
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
