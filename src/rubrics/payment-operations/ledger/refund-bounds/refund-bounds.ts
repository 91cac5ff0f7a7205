import type { Requirement } from "../../../requirement.ts";

/** Refunds never exceed what was captured. */
export const refundBounds: Requirement = {
  id: "refund-bounds",
  section: "ledger",
  label: "refund bounds",
  title: "Refunds never exceed what was captured",
  question: "What keeps the sum of the refunds at or below the captured amount, also when two arrive at once?",
  cues: [
    { pattern: /\brefund|rückerstatt|rembours|reembols|退款|返金/u, weight: 4.5 },
    {
      pattern:
        /captured amount|remaining (?:amount|refundable|balance|captured)|over-?refund|amount[\s_]refunded|sum of (?:all )?refunds|(?:exceed\p{L}{0,3}|more than|above|at most|greater than|up to|≤|<=) (?:the |what was )?(?:captured|paid|charged?|original|remaining)/u,
      weight: 3.5,
    },
  ],
  safeguard: /over-?refund|refund (?:bounds?|limits?|caps?|checks?|guards?)|(?:bound|limit|cap|check)\p{L}{0,3} (?:the |of )?refunds?/u,
  reference: "sum of refunds at most the captured amount, checked under a lock",
  why: "Two clicks on a partial refund return more than was paid.",
  fix: "Lock the payment, sum what was refunded, and refuse what exceeds the captured amount.",
  goodExample:
    "Refunds: Postgres SELECT ... FOR UPDATE sums earlier refunds; above 100% of the captured amount the request gets 422 and nothing is sent to Stripe",
  badExample: "Validate refunds",
  source: "Stripe, Refund and cancel payments; Adyen, Refund, partial refunds",
  hints: {
    numbers: { ask: "say which bound holds", example: "at most 100% of the captured amount" },
    tools: { ask: "name what enforces it (a Postgres lock or constraint)", example: "Postgres" },
    outcome: { ask: "say what a refund beyond the bound gets", example: "a refund beyond it gets 422 and nothing is sent" },
  },
};
