import type { ts } from "ts-morph";
import {
  isCallExpression,
  isExpression,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
  isTemplateExpression,
  isVariableDeclaration,
} from "./guards.ts";
import { declarationOf } from "./declarations.ts";
import { enclosingFunction, nameText, unwrap, walk } from "./functions.ts";
import { stringOf } from "./literals.ts";
import { calleeName, originOf } from "./origin.ts";
import { outboundCallOf } from "./outbound-calls.ts";
import type { PaymentOperation } from "./payment-providers.ts";
import { objectOf, propertyOf } from "./properties.ts";
import type { SourceFacts } from "./source-facts.ts";

/** A request that moves money and is not a call of a provider's current library. */
export interface PaymentRequest {
  readonly node: ts.CallExpression;
  readonly operation: PaymentOperation;
  readonly key: "present" | "absent" | "unknown";
  /** The header or field in which the provider takes the key. */
  readonly keyName: string;
  /** false for a refund that surely names no amount: the provider gives all back, once. */
  readonly namesAmount: boolean;
}

/** Last names of the calls that `paymentRequestOf` knows, for a rule's `callees`. */
export const REQUEST_METHODS: readonly string[] = ["fetch", "post", "request", "axios", "got", "ky", "execute"];

interface Endpoint {
  readonly url: RegExp;
  readonly operation: PaymentOperation;
  readonly keyName: string;
  readonly key: RegExp;
  readonly isInBody?: true;
}

const HEADER = { keyName: "Idempotency-Key", key: /idempoten/i };
const PAYPAL = { keyName: "PayPal-Request-Id", key: /paypal-?request-?id/i };
const BATCH = { keyName: "sender_batch_id", key: /sender_?batch_?id/i, isInBody: true } as const;
const FIELD = { keyName: "idempotency_key", key: /idempoten/i, isInBody: true } as const;

/** Addresses that move money, as the providers' API references give them. */
const ENDPOINTS: readonly Endpoint[] = [
  { url: /\bapi\.stripe\.com\/v1\/charges\/?$/, operation: "charge", ...HEADER },
  { url: /\bapi\.stripe\.com\/v1\/refunds\/?$/, operation: "refund", ...HEADER },
  { url: /\bapi\.stripe\.com\/v1\/(?:transfers|payouts|topups)\/?$/, operation: "payout", ...HEADER },
  { url: /\bpaypal\.com\/v2\/payments\/captures\/[^/]{1,80}\/refund\/?$/, operation: "refund", ...PAYPAL },
  { url: /\bpaypal\.com\/v1\/payments\/payouts\/?$/, operation: "payout", ...BATCH },
  { url: /\badyen(?:payments)?\.com\/(?:checkout\/)?v\d{1,3}\/payments\/?$/, operation: "charge", ...HEADER },
  { url: /\badyen(?:payments)?\.com\/(?:checkout\/)?v\d{1,3}\/payments\/[^/]{1,80}\/refunds\/?$/, operation: "refund", ...HEADER },
  { url: /\bsquareup(?:sandbox)?\.com\/v2\/payments\/?$/, operation: "charge", ...FIELD },
  { url: /\bsquareup(?:sandbox)?\.com\/v2\/refunds\/?$/, operation: "refund", ...FIELD },
  { url: /\bapi\.mollie\.com\/v2\/payments\/[^/]{1,80}\/refunds\/?$/, operation: "refund", ...HEADER },
  {
    url: /\bapi\.razorpay\.com\/v1\/payments\/[^/]{1,80}\/refund\/?$/,
    operation: "refund",
    keyName: "X-Refund-Idempotency",
    key: /idempoten/i,
  },
  { url: /\bapi\.razorpay\.com\/v1\/payouts\/?$/, operation: "payout", keyName: "X-Payout-Idempotency", key: /idempoten/i },
  { url: /\bplaid\.com\/transfer\/(?:authorization|refund)\/create\/?$/, operation: "payout", ...FIELD },
];

/** A POST to a provider's own address that moves money, or a request object handed to PayPal's older client; null when it is none. */
export function paymentRequestOf(node: ts.Node, file: SourceFacts): PaymentRequest | null {
  if (isCallExpression(node) && calleeName(node) === "execute") return executedRequestOf(node, file);
  const call = outboundCallOf(node, file);
  if (!call?.url || call.method !== "POST") return null;
  const url = addressOf(call.url);
  const endpoint = ENDPOINTS.find((each) => each.url.test(url));
  if (!endpoint) return null;
  const text = call.node.getText(file.sourceFile);
  const isHidden = endpoint.isInBody ? !showsBody(call.node) : hidesHeaders(call.options);
  return {
    node: call.node,
    operation: endpoint.operation,
    key: endpoint.key.test(text) ? "present" : isHidden ? "unknown" : "absent",
    keyName: endpoint.keyName,
    namesAmount: /amount/i.test(text) || !isEmptyBody(call.node),
  };
}

/** Request classes of `@paypal/checkout-server-sdk` and `@paypal/payouts-sdk`. */
const EXECUTED: Readonly<Record<string, Pick<Endpoint, "operation" | "keyName" | "key">>> = {
  CapturesRefundRequest: { operation: "refund", ...PAYPAL },
  PayoutsPostRequest: { operation: "payout", keyName: BATCH.keyName, key: /sender_?batch_?id|paypal-?request-?id/i },
};

/** `client.execute(request)` with `const request = new paypal.payments.CapturesRefundRequest(id)` in the same function. */
function executedRequestOf(node: ts.CallExpression, file: SourceFacts): PaymentRequest | null {
  const around = enclosingFunction(node);
  const made = creationOf(node.arguments[0]);
  const known = made ? EXECUTED[lastName(made.expression)] : undefined;
  if (!around || !made || !known || originOf(made.expression, file).module?.startsWith("@paypal/") !== true) return null;
  const text = around.getText(file.sourceFile);
  const isBodyShown = !/\.requestBody\(\s*(?!\{)\S/.test(text);
  return {
    node,
    operation: known.operation,
    key: known.key.test(text) ? "present" : known.operation === "payout" && !isBodyShown ? "unknown" : "absent",
    keyName: known.keyName,
    namesAmount: /amount/i.test(text),
  };
}

/** The `new` that made an argument, here or in a variable. */
function creationOf(argument: ts.Expression | undefined): ts.NewExpression | null {
  const e = argument ? unwrap(argument) : null;
  if (!e || isNewExpression(e)) return e;
  const declaration = isIdentifier(e) ? declarationOf(e) : null;
  const value = declaration && isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : null;
  return value && isNewExpression(value) ? value : null;
}

function lastName(e: ts.Expression): string {
  return isPropertyAccessExpression(e) ? e.name.text : isIdentifier(e) ? e.text : "";
}

/** The address with what is not known as ":x". */
function addressOf(url: ts.Node): string {
  const e = unwrap(url);
  if (isTemplateExpression(e))
    return e.head.text + e.templateSpans.map((span) => (stringOf(span.expression) ?? ":x") + span.literal.text).join("");
  return stringOf(e) ?? "";
}

/** Options or headers that come from elsewhere may hold the key. */
function hidesHeaders(options: ts.Node | null): boolean {
  if (!options) return false;
  const headers = propertyOf(options, "headers");
  if (headers.state !== "present") return headers.state === "unknown";
  const value = unwrap(headers.value);
  return !isObjectLiteralExpression(value) || value.properties.some(isSpreadAssignment);
}

/** true when the body is written out where the request is made, without parts from elsewhere. */
function showsBody(call: ts.CallExpression): boolean {
  const body = bodyOf(call);
  if (!body) return false;
  let isWhole = true;
  walk(body, (node) => {
    if (isSpreadAssignment(node) || isSpreadElement(node)) isWhole = false;
    if (isPropertyAssignment(node) && nameText(node.name).toLowerCase().endsWith("header") && !objectOf(node.initializer)) isWhole = false;
    if (isShorthandPropertyAssignment(node) && node.name.text.toLowerCase().endsWith("header")) isWhole = false;
  });
  return isWhole;
}

function isEmptyBody(call: ts.CallExpression): boolean {
  return bodyOf(call)?.properties.length === 0;
}

/** `axios.post(url, { ... })`, `fetch(url, { body: JSON.stringify({ ... }) })`; null when it is not written out. */
function bodyOf(call: ts.CallExpression): ts.ObjectLiteralExpression | null {
  const second = call.arguments[1];
  const named = propertyOf(second, "body", "json", "data");
  const body = named.state === "present" ? unwrap(named.value) : second ? unwrap(second) : null;
  const inner = body && isCallExpression(body) && calleeName(body) === "stringify" ? body.arguments[0] : body;
  return inner && isExpression(inner) ? objectOf(inner) : null;
}
