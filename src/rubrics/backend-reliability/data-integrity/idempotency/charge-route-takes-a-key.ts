import { ts } from "ts-morph";
import type { Rule } from "../../../rule.ts";
import { firstRepeatableEffect, recognisesRepeats } from "../../../syntax/effects.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { routesOf, hasRoutes } from "../../../syntax/routes.ts";

const MONEY =
  /(?:^|[/_-])(?:payments?|charges?|refunds?|transfers?|payouts?|withdrawals?|deposits?|orders?|purchases?|bookings?|reservations?|invoices?|top-?ups?|donations?|checkout)(?:\/:\w+\/(?:refunds?|capture|charge|pay|confirm))?\/?$/i;

/** Paths that speak of orders and payments and make none. */
const NO_CHARGE =
  /(?:^|[/_-])(?:cron|exports?|imports?|search|query|preview|quote|estimate|validate|calculate|reports?|web-?hooks?)(?:[/_-]|$)/i;

/** A POST that takes money or orders something, and takes no key from its caller. */
export const chargeRouteTakesAKey: Rule = {
  id: "charge-route-takes-a-key",
  requirement: "idempotency",
  severity: "advisory",
  title: "A route that charges or orders takes an idempotency key",
  why: "A phone that loses the network sends the same order again; without a key from the caller the two cannot be told apart.",
  fix: "Read `Idempotency-Key`, keep it with the first answer for 24h (unique index or Redis SET NX), and give the same answer to a repeat.",
  source: "https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/",
  needsWholeFile: true,
  examples: {
    bad: `app.post("/refunds", async (req, res) => {
  const { orderId, amount } = Refund.parse(req.body);
  const refund = await prisma.refund.create({ data: { orderId, amount } });
  res.status(201).json(refund);
});
`,
    good: `app.post("/refunds", async (req, res) => {
  const { orderId, amount } = Refund.parse(req.body);
  const refund = await once(req.get("Idempotency-Key"), () => prisma.refund.create({ data: { orderId, amount } }));
  res.status(201).json(refund);
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: hasRoutes,
    look: (_node, file) =>
      routesOf(file).flatMap((route) => {
        const body = route.handler?.body;
        if (!body || route.method !== "POST" || !MONEY.test(route.path) || NO_CHARGE.test(route.path)) return [];
        if (/idempot|requestId|request_id|dedup/i.test(file.text) || recognisesRepeats(body)) return [];
        const effect = firstRepeatableEffect(body, file);
        if (!effect) return [];
        return [
          {
            node: route.anchor,
            alsoTouches: [effect.expression],
            message: `\`POST ${route.path}\` takes no key from its caller: sent twice, \`${calleeText(effect, file)}\` runs twice. Middleware in other files was not followed.`,
          },
        ];
      }),
  },
};
