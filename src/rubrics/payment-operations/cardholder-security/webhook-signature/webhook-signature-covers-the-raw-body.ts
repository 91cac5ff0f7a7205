import { ts } from "ts-morph";
import { isCallExpression, isExpression, isIdentifier, isPropertyAccessExpression, isVariableDeclaration } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { requestHandlerAround, isRequestObject } from "../../../syntax/requests.ts";
import { unwrap } from "../../../syntax/functions.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import { webhooksOf } from "../../../syntax/payment-webhooks.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/**
 * The verifying functions of the providers' libraries, with the position of the body: Stripe, Paddle, Razorpay, Square, Adyen's banking
 * webhooks. Adyen's `validateHMAC` signs the parsed fields, and Braintree's `parse` a form field.
 */
const SIGNED: Readonly<Record<string, number>> = {
  constructEvent: 0,
  constructEventAsync: 0,
  parseEventNotification: 0,
  parseEventNotificationAsync: 0,
  parseThinEvent: 0,
  verifyHeader: 0,
  verifyHeaderAsync: 0,
  unmarshal: 0,
  isSignatureValid: 0,
  validateWebhookSignature: 0,
  isValidWebhookEventSignature: 0,
  verifySignature: 0,
  validateHMACSignature: 2,
  validateBankingHMAC: 2,
};

/** A signature that is checked over a body that was parsed, and so no longer has the bytes that were signed. */
export const webhookSignatureCoversTheRawBody: Rule = {
  id: "webhook-signature-covers-the-raw-body",
  requirement: "webhook-signature",
  severity: "blocking",
  title: "A webhook's signature is checked over the raw body",
  why: "Parsed and written again the body has other bytes: the check fails for real events, and is then switched off.",
  fix: 'Keep the bytes: `express.raw({ type: "application/json" })` on this route before any JSON parser, `await request.text()` in a route file.',
  source: "https://docs.stripe.com/webhooks/signature",
  examples: {
    bad: `import Stripe from "stripe";
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
export async function POST(request) {
  const body = await request.json();
  const event = stripe.webhooks.constructEvent(JSON.stringify(body), request.headers.get("stripe-signature"), process.env.STRIPE_WEBHOOK_SECRET);
  return Response.json({ received: event.id });
}
`,
    good: `import Stripe from "stripe";
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
export async function POST(request) {
  const body = await request.text();
  const event = stripe.webhooks.constructEvent(body, request.headers.get("stripe-signature"), process.env.STRIPE_WEBHOOK_SECRET);
  return Response.json({ received: event.id });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: [...Object.keys(SIGNED), "update"],
    look: (node, file) => (isCallExpression(node) ? parsedBodyOf(node, file) : []),
  },
};

function parsedBodyOf(call: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const name = calleeName(call);
  const body = signedBodyOf(call);
  if (!body || (name === "update" && !isInWebhookHmac(call, file))) return [];
  const problem = (why: string, severity: "blocking" | "advisory" = "blocking"): readonly Problem[] => [
    { node: body, alsoTouches: [call], severity, message: `The signature is checked over ${why}.` },
  ];
  const value = valueOf(body);
  if (isCallExpression(value) && value.expression.getText(file.sourceFile) === "JSON.stringify" && isBody(value.arguments[0]))
    // Razorpay's own samples write it again: it holds while every byte comes out as it came in.
    return problem(
      "a body that was parsed and written again, not over the bytes that were signed",
      name === "validateWebhookSignature" ? "advisory" : "blocking",
    );
  if (
    isCallExpression(value) &&
    calleeName(value) === "json" &&
    isPropertyAccessExpression(value.expression) &&
    isRequestObject(value.expression.expression)
  )
    return problem("the parsed body, not over the bytes that were signed");
  if (isRequestBody(value) && isParsedBefore(call, file)) return problem("`req.body` after a JSON parser was put in front of this route");
  return [];
}

/** The argument that must hold the bytes as they came; Square's helper takes it by name. */
function signedBodyOf(call: ts.CallExpression): ts.Expression | undefined {
  const argument = call.arguments[SIGNED[calleeName(call)] ?? 0];
  const named = propertyOf(argument, "requestBody");
  return named.state === "present" && isExpression(named.value) ? named.value : argument;
}

/** Through one variable. */
function valueOf(node: ts.Node): ts.Node {
  const e = unwrap(node);
  if (!isIdentifier(e)) return e;
  const declaration = declarationOf(e);
  return declaration && isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : e;
}

function isBody(node: ts.Node | undefined): boolean {
  if (!node) return false;
  const value = valueOf(node);
  return isRequestBody(value) || (isCallExpression(value) && calleeName(value) === "json");
}

function isRequestBody(node: ts.Node): boolean {
  return isPropertyAccessExpression(node) && node.name.text === "body" && isRequestObject(node.expression);
}

/** `hmac.update(JSON.stringify(req.body))` in a webhook of payments. */
function isInWebhookHmac(call: ts.CallExpression, file: SourceFacts): boolean {
  const around = requestHandlerAround(call, file);
  return (
    around !== null &&
    /createHmac|hmac/i.test(call.expression.getText(file.sourceFile)) &&
    webhooksOf(file).some(({ handler }) => handler === around)
  );
}

/** `app.use(express.json())` above, for all paths and without a `verify` that keeps the bytes, and no raw parser on the route. */
function isParsedBefore(call: ts.CallExpression, file: SourceFacts): boolean {
  const text = file.text.slice(0, call.pos);
  if (/\braw\(|rawBody|bodyParser\.raw|express\.text|\btext\(|verify\s*[:(]|bodyParser:\s*false|originalUrl|\bunless\(/.test(file.text))
    return false;
  return /\.use\(\s*(?:express\.json|bodyParser\.json|json)\(/.test(text);
}
