import type { Requirement } from "../../../requirement.ts";

/** Disputes and chargebacks are booked, answered and watched. */
export const disputes: Requirement = {
  id: "disputes",
  section: "ledger",
  label: "disputes",
  title: "Disputes and chargebacks are booked, answered and watched",
  question: "What happens when a dispute arrives: to the money, to the order, and by when is it answered?",
  cues: [
    { pattern: /\bdisputes?\b|\bdisputed\b|charge-?backs?|pre-?arbitration|rückbuchung|contracargo|拒付/u, weight: 6.5 },
    { pattern: /\bevidence\b|early fraud warning|\bradar\b/u, weight: 3 },
    { pattern: /\bfraud/u, weight: 2 },
  ],
  safeguard: /\bdisputes?\b|charge-?backs?/u,
  reference: "booked on arrival, evidence within 7 days, dispute rate below 0.75%",
  why: "An unanswered dispute is a lost one, and above the schemes' threshold the account is closed.",
  fix: "Book the reversal, stop fulfilment, collect evidence before the deadline, and watch the rate.",
  goodExample:
    "charge.dispute.created from Stripe books the reversal and freezes the order within 1 min; Jira gets a ticket with the 7-day deadline",
  badExample: "Handle disputes",
  source: "Stripe, Disputes; Visa Acquirer Monitoring Program",
  alsoFits: ["payment-operations"],
  hints: {
    numbers: { ask: "say by when it is answered", example: "within 7 days" },
    tools: {
      ask: "name the event and where the case is worked on (charge.dispute.created, Jira)",
      example: "Stripe charge.dispute.created, Jira",
    },
    outcome: { ask: "say what happens to the money and the order", example: "the reversal is booked and the order frozen" },
  },
};
