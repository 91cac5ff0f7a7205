import type { Requirement } from "../../../requirement.ts";

/** Events that arrive in the wrong order do not undo newer ones. */
export const eventOrdering: Requirement = {
  id: "event-ordering",
  section: "exactly-once",
  label: "event order",
  title: "Events that arrive in the wrong order do not undo newer ones",
  question: "What happens when an older event arrives after a newer one?",
  cues: [
    {
      pattern:
        /out[\s-]of[\s-]order|event[\s-]order|\bordering\b|(?:any|wrong|right|reverse) order|order of (?:events|webhooks|arrival)|late (?:events?|webhooks?|deliver)|older (?:events?|states?|than)|stale (?:events?|webhooks?)|arriv\p{L}{1,3} (?:before|late|after|earlier)/u,
      weight: 5.5,
    },
    {
      pattern:
        /sequence (?:number|no)|version (?:number|column|check)|event\.created|created (?:timestamp|time|at)|monotonic|re-?fetch|re-?reads?\b|newest|latest (?:state|object|version)/u,
      weight: 2.5,
    },
    { pattern: /\bevents?\b|\bwebhooks?\b/u, weight: 1 },
  ],
  safeguard: /out[\s-]of[\s-]order|(?:event|webhook) order|order of (?:events|webhooks)|(?:late|stale) (?:events?|webhooks?)/u,
  reference: "read the object again at the provider, or compare its time and refuse to go back",
  why: "Providers promise no order: a late `processing` after `succeeded` takes a paid order back to unpaid.",
  fix: "Treat the event as a hint: read the object again, or compare versions and let only legal transitions through.",
  goodExample:
    "Out-of-order events: the Stripe webhook worker re-reads the PaymentIntent within 5s; an event older than the stored one is logged and changes nothing",
  badExample: "Take care of event order",
  source: "Stripe, Event ordering; Adyen, Webhook order",
  alsoFits: ["ledger"],
  hints: {
    numbers: { ask: "say how old an event may be or how fast the object is read again", example: "within 5s" },
    tools: { ask: "name what re-reads or compares (Stripe API, a version column in Postgres)", example: "Stripe API" },
    outcome: { ask: "say what an older event changes", example: "an older event is logged and changes nothing" },
  },
};
