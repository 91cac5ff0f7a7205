import type { Requirement } from "../../../requirement.ts";

/** Own books are compared with the provider's every day. */
export const reconciliation: Requirement = {
  id: "reconciliation",
  section: "ledger",
  label: "reconciliation",
  title: "Own books are compared with the provider's every day",
  question: "How often are your books compared with the provider's report, and which difference wakes whom?",
  cues: [
    {
      pattern:
        /\b(?:compar|match|ties?\b|tied|checked)\p{L}{0,5}\b.{0,60}\b(?:providers?|psps?|banks?|processors?|statements?|settlements?|acquirers?)\b/u,
      weight: 5,
    },
    { pattern: /\bmismatch|\bparity\b|(?:2|3|two|three)-way match|line by line/u, weight: 5 },
    { pattern: /reconcil|\bsettlements?\b|balance[\s-]transactions?|payout reports?|对账|abgleich|rapproche|conciliaci/u, weight: 6 },
    {
      pattern: /\b(?:compar|match|diff)\p{L}{0,4}\b.{0,40}\b(?:stripe|adyen|paypal|provider|bank|reports?|statements?|ledger|payouts?)/u,
      weight: 4,
    },
    { pattern: /\bmismatch|\bdiscrepanc|\bunmatched|differences? (?:above|over|of|>)/u, weight: 3 },
  ],
  safeguard: /reconcil/u,
  reference: "daily against the settlement report; any difference above 0 alerts",
  why: "Webhooks get lost and code has bugs: without a comparison the difference is found by the customer or the bank.",
  fix: "Compare every settled transaction with the provider's report daily, report both sides' orphans, and alert above a threshold.",
  goodExample:
    "Daily at 06:00 a pg-boss job compares Stripe balance transactions with the ledger; a difference above 0 cents pages PagerDuty and lists both sides",
  badExample: "Reconcile payments",
  source: "Stripe, Payout reconciliation report; Adyen, Settlement details report",
  alsoFits: ["payment-operations"],
  hints: {
    numbers: { ask: "say how often and above which difference", example: "daily, above 0 cents" },
    tools: { ask: "name the job and the report (pg-boss, Stripe balance transactions)", example: "Stripe balance transactions" },
    outcome: { ask: "say what a difference triggers", example: "a difference pages the on-call person with both sides" },
  },
};
