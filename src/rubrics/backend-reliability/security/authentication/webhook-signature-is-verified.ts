import { ts } from "ts-morph";
import {
  isCallExpression,
  isDecorator,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isStringLiteralLike,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { accessOf } from "../../../syntax/access-checks.ts";
import { contains, type FunctionWithBody } from "../../../syntax/functions.ts";
import { isRequestObject } from "../../../syntax/requests.ts";
import type { Route } from "../../../syntax/route.ts";
import { routesOf, hasRoutes } from "../../../syntax/routes.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const HOOK = /(?:^|[/_-])(?:webhooks?|hooks)(?=[/_-]|$)/i;
/** Senders that sign what they send. */
const SIGNS =
  /stripe|github|gitlab|shopify|slack|svix|clerk|paddle|lemon-?squeezy|twilio|sendgrid|mailgun|resend|paypal|square|adyen|mollie|razorpay|linear|zoom|intercom|hubspot|dropbox|docusign|plaid|twitch|meta|whatsapp|messenger|bitbucket|sentry|vercel|polar/i;
const PROOF =
  /signature|hmac|constructEvent|verif|timingSafe|svix|digest|secret|token|auth|guard|signed|unwrap|validat|apiKey|api_key|checksum|bearer|basic|permission|session|isFrom|allowlist|whitelist|ipRange/i;

/** A webhook that believes whoever posts to it. */
export const webhookSignatureIsVerified: Rule = {
  id: "webhook-signature-is-verified",
  requirement: "authentication",
  severity: "blocking",
  title: "A webhook's signature is verified",
  why: "The address is public: without the signature anyone reports a payment that never happened.",
  fix: "Verify the sender's signature over the raw body (`stripe.webhooks.constructEvent`, HMAC-SHA-256 and `timingSafeEqual`) and refuse old timestamps.",
  source: "https://docs.stripe.com/webhooks#verify-events; CWE-345",
  needsWholeFile: true,
  examples: {
    bad: `import express from "express";
const app = express();
app.post("/webhooks/stripe", express.json(), async (req, res) => {
  if (req.body.type === "invoice.paid") await markPaid(req.body.data.object.id);
  res.sendStatus(200);
});
`,
    good: `import express from "express";
const app = express();
app.post("/webhooks/stripe", express.raw({ type: "*/*" }), async (req, res) => {
  const event = stripe.webhooks.constructEvent(req.body, req.headers["stripe-signature"], secret);
  if (event.type === "invoice.paid") await markPaid(event.data.object.id);
  res.sendStatus(200);
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: hasRoutes,
    look: (_node, file) => routesOf(file).flatMap((route) => problemsOf(route, file)),
  },
};

function problemsOf(route: Route, file: SourceFacts): readonly Problem[] {
  if (!/^(?:POST|ALL)$/.test(route.method) || !isIncoming(route) || !route.handler) return [];
  const ways = [...route.middleware, ...route.inherited].map((m) => accessOf(m, file));
  if (ways.includes("checks") || ways.includes("unknown") || !readsBody(route.handler, file)) return [];
  if (mentionsProof(file.sourceFile)) return [];
  const isSure = SIGNS.test(route.path) && !handsRequestOn(route.handler) && route.framework !== "nest";
  return [
    {
      node: route.anchor,
      alsoTouches: [route.handler],
      severity: isSure ? "blocking" : "advisory",
      message: `\`${route.path}\` acts on the body without checking who sent it${isSure ? "" : "; checks outside this file were not followed"}.`,
    },
  ];
}

/** An address that others post to, not the management of one's own webhooks. */
function isIncoming(route: Route): boolean {
  if (!HOOK.test(route.path)) return false;
  return SIGNS.test(route.path) || /webhook$|webhooks?\/(?!:|\[)[\w-]+$|\/hooks\/(?!:)[\w-]+$/i.test(route.path);
}

function readsBody(handler: FunctionWithBody, file: SourceFacts): boolean {
  return contains(
    handler,
    (n) =>
      (isPropertyAccessExpression(n) && n.name.text === "body") ||
      (isCallExpression(n) &&
        /\.(?:json|text)$/.test(n.expression.getText(file.sourceFile)) &&
        isPropertyAccessExpression(n.expression) &&
        isRequestObject(n.expression.expression)) ||
      (isDecorator(n) && n.expression.getText(file.sourceFile).startsWith("Body")),
    true,
  );
}

function mentionsProof(root: ts.Node): boolean {
  return contains(root, (n) => (isIdentifier(n) || isStringLiteralLike(n)) && PROOF.test(n.text), true);
}

/** `handle(req)`: a function elsewhere sees the headers. */
function handsRequestOn(handler: FunctionWithBody): boolean {
  return contains(
    handler,
    (n) =>
      (isCallExpression(n) || isNewExpression(n)) &&
      (n.arguments?.some((a) => isRequestObject(a) || a.getText().endsWith(".headers")) ?? false),
    true,
  );
}
