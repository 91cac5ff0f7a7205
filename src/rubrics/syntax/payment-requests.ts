import { ts } from "ts-morph";
import { unwrap } from "./functions.ts";
import { stringOf } from "./literals.ts";
import { outboundCallOf } from "./outbound-calls.ts";
import type { PaymentCall } from "./payment-calls.ts";
import { propertyOf } from "./properties.ts";
import type { SourceFacts } from "./source-facts.ts";

/** Last names of the calls that `paymentRequestOf` knows, for a rule's `callees`. */
export const REQUEST_METHODS: readonly string[] = ["fetch", "post", "request", "axios", "got", "ky"];

/** Addresses that move money, as the providers' API references give them. Square takes its key in the body and refuses to go without. */
const ENDPOINTS: readonly { readonly url: RegExp; readonly operation: PaymentCall["operation"] }[] = [
  { url: /\bapi\.stripe\.com\/v1\/charges\/?$/, operation: "charge" },
  { url: /\bapi\.stripe\.com\/v1\/refunds\/?$/, operation: "refund" },
  { url: /\bapi\.stripe\.com\/v1\/(?:transfers|payouts)\/?$/, operation: "payout" },
  { url: /\bpaypal\.com\/v2\/payments\/captures\/[^/]{1,80}\/refund\/?$/, operation: "refund" },
  { url: /\bpaypal\.com\/v1\/payments\/payouts\/?$/, operation: "payout" },
  { url: /\badyen(?:payments)?\.com\/(?:checkout\/)?v\d{1,3}\/payments\/?$/, operation: "charge" },
  { url: /\badyen(?:payments)?\.com\/(?:checkout\/)?v\d{1,3}\/payments\/[^/]{1,80}\/refunds\/?$/, operation: "refund" },
  { url: /\bapi\.mollie\.com\/v2\/payments\/[^/]{1,80}\/refunds\/?$/, operation: "refund" },
  { url: /\bapi\.razorpay\.com\/v1\/payouts\/?$/, operation: "payout" },
];

/** A POST to a provider's own address that moves money, written without its SDK, and whether it carries a key; null when it is none. */
export function paymentRequestOf(node: ts.Node, file: SourceFacts): Pick<PaymentCall, "node" | "operation" | "key"> | null {
  const call = outboundCallOf(node, file);
  if (!call?.url || call.method !== "POST") return null;
  const url = addressOf(call.url);
  const endpoint = ENDPOINTS.find((each) => each.url.test(url));
  if (!endpoint) return null;
  const isNamed = /idempoten|paypal-request-id/i.test(call.node.getText(file.sourceFile));
  return { node: call.node, operation: endpoint.operation, key: isNamed ? "present" : hidesHeaders(call.options) ? "unknown" : "absent" };
}

/** The address with what is not known as ":x". */
function addressOf(url: ts.Node): string {
  const e = unwrap(url);
  if (ts.isTemplateExpression(e))
    return e.head.text + e.templateSpans.map((span) => (stringOf(span.expression) ?? ":x") + span.literal.text).join("");
  return stringOf(e) ?? "";
}

/** Options or headers that come from elsewhere may hold the key. */
function hidesHeaders(options: ts.Node | null): boolean {
  if (!options) return false;
  const headers = propertyOf(options, "headers");
  if (headers.state !== "present") return headers.state === "unknown";
  const value = unwrap(headers.value);
  return !ts.isObjectLiteralExpression(value) || value.properties.some(ts.isSpreadAssignment);
}
