import type { Requirement } from "../../../requirement.ts";

/** Every create, capture and refund happens once. */
export const chargeIdempotency: Requirement = {
  id: "charge-idempotency",
  section: "exactly-once",
  label: "idempotent charges",
  title: "Every create, capture and refund happens once",
  question: "Which key makes each create, capture and refund happen once, where is it kept, and what does a repeat get?",
  cues: [
    {
      pattern:
        /\b(?:original|stored|previous|prior|saved|cached) (?:response|result|answer)|\bseen (?:this|the|that) (?:key|request)|identical requests|same request (?:twice|again)/u,
      weight: 4,
    },
    { pattern: /idempoten|幂等|冪等/u, weight: 6 },
    { pattern: /paypal-request-id|\bidempotence|client[\s_-]?reference|merchant[\s_-]?reference|request[\s_-]id header/u, weight: 4 },
    { pattern: /double[\s-](?:charg|pay|captur|submi|click|debit|spend|bill)/u, weight: 5 },
    { pattern: /\bduplicate (?:charges?|payments?|captures?|refunds?|submits?|requests?|orders?|post)\b/u, weight: 4 },
    {
      pattern:
        /\b(?:charge|capture|refund|pay|debit|bill|payment|payout|transfer)(?:s|d|ed|ments?)?\b.{0,50}\b(?:once|twice|a second time|again)\b/u,
      weight: 3.5,
    },
    { pattern: /exactly[\s-]?once|at[\s-]most[\s-]once/u, weight: 3 },
    { pattern: /\b(?:a|the|every) repeat\b|same key|first (?:response|result|intent|charge|answer)/u, weight: 2 },
  ],
  safeguard: /idempoten|double[\s-](?:charg|pay|captur|refund|submi|bill)|duplicate (?:charges?|payments?|captures?|refunds?)|幂等|冪等/u,
  reference: "provider's `Idempotency-Key` on every create, capture and refund, and an own store kept 24h or longer",
  why: "A client that retries, a double click and a queue that redelivers all look alike: without a key each of them takes the money again.",
  fix: "Derive one key from the order and the operation, send it to the provider, keep it with the answer, and give a repeat the first answer.",
  goodExample:
    "Stripe Idempotency-Key is order id plus operation; Postgres keeps key and response for 48h, a repeat returns the first intent and moves no money",
  badExample: "Make charges idempotent",
  source: "Stripe API reference, Idempotent requests; PayPal REST API, Idempotency; Adyen, API idempotency",
  hints: {
    numbers: { ask: "say how long a key is remembered", example: "kept for 48h" },
    tools: { ask: "name the header and where keys are kept (Idempotency-Key, Postgres, Redis)", example: "Idempotency-Key, Postgres" },
    outcome: { ask: "say what a repeat gets", example: "a repeat returns the first answer and moves no money" },
  },
};
