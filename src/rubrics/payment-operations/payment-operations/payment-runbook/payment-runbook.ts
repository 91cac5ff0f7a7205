import type { Requirement } from "../../../requirement.ts";

/** A runbook for a duplicate charge and for a provider outage. */
export const paymentRunbook: Requirement = {
  id: "payment-runbook",
  section: "payment-operations",
  label: "payment runbook",
  title: "A runbook for a duplicate charge and for a provider outage",
  question: "What does the person on call do about a duplicate charge, and about a provider that is down?",
  cues: [
    {
      pattern: /\b(?:check|open|contact|call|ring) (?:the )?(?:vendor|provider|processor|psp|bank|acquirer)(?:'s)?\b/u,
      weight: 4,
    },
    { pattern: /\brun-?books?\b|\bplaybooks?\b|运维手册/u, weight: 9 },
    { pattern: /\bon-?call\b|\bescalat|\bincidents?\b|\bdrills?\b|game[\s-]?days?/u, weight: 3.5 },
    { pattern: /provider outage|outage of|duplicate charges?|stuck payments?|status page/u, weight: 2.5 },
  ],
  safeguard: /run-?books?|playbooks?/u,
  reference: "duplicate charge: find, refund within 1 day, tell the customer; provider outage: switch off or over",
  why: "A wrong charge is an incident with a customer's name on it: the first hour decides whether it is a refund or a story.",
  fix: "Write the queries that find the affected, how to refund them, how to switch off or over, whom to tell; rehearse it.",
  goodExample:
    "Runbook linked in PagerDuty: 3 SQL queries find duplicate charges, refunds go out within 24h, a provider outage flips LaunchDarkly to the second provider",
  badExample: "Write a payment runbook",
  source: "Google, Site Reliability Engineering, Managing Incidents; Stripe status and incident history",
  hints: {
    numbers: { ask: "say within which time the affected are refunded", example: "within 24h" },
    tools: { ask: "name what is used (PagerDuty, SQL queries, LaunchDarkly)", example: "PagerDuty, SQL" },
    outcome: { ask: "say what each case leads to", example: "duplicates are refunded and an outage switches to the second provider" },
  },
};
