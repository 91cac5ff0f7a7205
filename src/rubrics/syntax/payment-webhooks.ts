import type { ts } from "ts-morph";
import { isIdentifier, isStringLiteralLike } from "./guards.ts";
import { contains, type FunctionWithBody } from "./functions.ts";
import { routesOf } from "./routes.ts";
import { perFile } from "./per-file.ts";
import type { SourceFacts } from "./source-facts.ts";

/** An endpoint at which a payment provider tells what happened, handled in this file. */
export interface PaymentWebhook {
  /** Small node to annotate. */
  readonly anchor: ts.Node;
  readonly handler: FunctionWithBody;
  /** `POST /webhooks/stripe`. */
  readonly name: string;
  readonly middleware: readonly ts.Node[];
}

const PATH = /web-?_?hook|\bhooks?\b|\bipn\b|notification|\bevents?\b/i;
const PROVIDER = /stripe|paypal|braintree|adyen|square|mollie|razorpay|paddle|plaid|lemon-?_?squeezy|payment|billing|checkout/i;

/** Every payment webhook whose handler stands in this file: its path says webhook, and its path or the file's imports name a provider or payments. */
export const webhooksOf = perFile((file): readonly PaymentWebhook[] => findWebhooks(file));

/** true when the file handles a payment webhook: for `when`. */
export function hasWebhooks(file: SourceFacts): boolean {
  return webhooksOf(file).length > 0;
}

function findWebhooks(file: SourceFacts): readonly PaymentWebhook[] {
  const routes = routesOf(file);
  if (routes.length === 0) return [];
  const knowsProvider = PROVIDER.test(file.path) || [...file.imports.values()].some(({ from }) => PROVIDER.test(from));
  return routes.flatMap((route): readonly PaymentWebhook[] => {
    const { handler, method } = route;
    const place = `${route.path} ${route.framework === "next" || route.framework === "nest" ? file.path : ""} ${route.owner}`;
    if (!handler || !["POST", "ALL"].includes(method) || !PATH.test(place)) return [];
    if (!knowsProvider && !PROVIDER.test(route.path)) return [];
    if (/notification|\bevents?\b/i.test(place) && !/hook|ipn/i.test(place) && !PROVIDER.test(place)) return [];
    return [
      {
        anchor: route.anchor,
        handler,
        name: `${method} ${route.path || file.path}`,
        middleware: [...route.middleware, ...route.inherited],
      },
    ];
  });
}

/** Names by which the providers' libraries and people say that a delivery was proved to be the provider's. */
const VERIFIES =
  /constructEvent|parseEventNotification|parseThinEvent|verif|signature|hmac|timingSafeEqual|unmarshal|webhookNotification|validateWebhook|isValidWebhook|jwtVerify|authenti|isFrom|checkWebhook|webhook_?secret|endpoint_?secret|basicAuth/i;

/** Stripe's library makes an event from an unproved body as well, and signs samples. */
const VERIFIES_NOT = /without_?verif|generateTestHeader|skip_?(?:signature|verif)/i;

/** true when any name or text below a node speaks of verification. */
export function speaksOfVerification(root: ts.Node): boolean {
  return contains(
    root,
    (node) => (isIdentifier(node) || isStringLiteralLike(node)) && VERIFIES.test(node.text) && !VERIFIES_NOT.test(node.text),
    true,
  );
}
