import type { Requirement } from "../../../requirement.ts";

/** Every movement names who caused it. */
export const paymentAudit: Requirement = {
  id: "payment-audit",
  section: "payment-operations",
  label: "who moved money",
  title: "Every movement names who caused it",
  question: "Who moved money, when, why, and with whose approval - and where does it say so?",
  cues: [
    {
      pattern:
        /\baudit|who (?:moved|refunded|charged|approved|issued|changed|triggered)|four[\s-]eyes|two[\s-]person|dual (?:control|approval)|maker[\s-]checker|second (?:person|approver)|审计/u,
      weight: 6,
    },
    { pattern: /\bactors?\b|\bwho\b.{0,20}\bwhat\b|old and new|before and after|approv(?:al|ed|er)/u, weight: 3.5 },
    { pattern: /(?:kept|retained?|retention)(?: for)? \d{1,2} years/u, weight: 2.5 },
  ],
  safeguard: /\baudit/u,
  reference: "who, what, when, old and new, approval above a limit; kept 10 years",
  why: "Refund fraud comes from the inside, and the auditor asks for names.",
  fix: "Write actor, reason, amount, old and new state for every manual movement, and ask a second person above a limit.",
  goodExample:
    "Manual refunds write actor, reason, old and new state to an append-only Postgres audit table kept 10 years; above 500 EUR a second approver is required, else 403",
  badExample: "Audit refunds",
  source: "PCI DSS v4.0.1, requirement 10.2; SOX section 404",
  alsoFits: ["ledger"],
  hints: {
    numbers: { ask: "say above which amount a second person is needed, and how long it is kept", example: "above 500 EUR, kept 10 years" },
    tools: { ask: "name where it is written (a Postgres audit table)", example: "Postgres" },
    outcome: { ask: "say what one entry holds", example: "each entry holds actor, reason, amount, old and new state" },
  },
};
