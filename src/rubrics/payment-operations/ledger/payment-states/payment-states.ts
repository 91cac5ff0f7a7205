import type { Requirement } from "../../../requirement.ts";

/** A payment changes state only along legal transitions. */
export const paymentStates: Requirement = {
  id: "payment-states",
  section: "ledger",
  label: "payment states",
  title: "A payment changes state only along legal transitions",
  question: "Which states does a payment have, which transitions are legal, and what guards them?",
  cues: [
    {
      pattern: /\b[\p{L}_]{2,20} ?(?:->|→|⇒|=>) ?[\p{L}_]{2,20} ?(?:->|→|⇒|=>) ?[\p{L}_]{2,20}/u,
      weight: 5,
    },
    { pattern: /state[\s-]?machine|\btransitions?\b|\bxstate\b|zustandsautomat/u, weight: 6 },
    {
      pattern:
        /\b(?:status|states?)\b.{0,40}\b(?:where|guard|compare|only (?:from|when|if)|from)\b|optimistic (?:lock|concurrency)|compare[\s-]and[\s-]set|version column|for update/u,
      weight: 3.5,
    },
    {
      pattern:
        /\b(?:pending|authori[sz]ed|captured|settled|failed|refunded|succeeded|processing|created|unknown)\b.{0,12}(?:->|→|,|\bto\b|\/).{0,12}\b(?:authori[sz]ed|captured|settled|failed|refunded|succeeded|paid|cancel)/u,
      weight: 4.5,
    },
    { pattern: /\bstatus\b|\bstates?\b/u, weight: 1.5 },
  ],
  safeguard: /state machine|legal transitions?|(?:state|status) (?:guards?|transitions?|checks?)/u,
  reference: "a table of legal transitions; `UPDATE ... WHERE status = expected`",
  why: "Two workers and a late event can all set a status: without a guard a refunded order is paid again.",
  fix: "Write the legal transitions down and let the update itself check the state it leaves.",
  goodExample:
    "State machine with 6 states: Knex updates WHERE status = expected, and 0 rows changed means 409 and an illegal_transition log line",
  badExample: "Use a state machine",
  source: "Stripe, PaymentIntents lifecycle; Kleppmann, Designing Data-Intensive Applications, compare-and-set",
  alsoFits: ["exactly-once"],
  hints: {
    numbers: { ask: "say how many states or transitions there are", example: "6 states" },
    tools: { ask: "name what guards the update (Knex, XState, a Postgres constraint)", example: "Knex" },
    outcome: { ask: "say what an illegal transition gets", example: "an illegal transition changes nothing and is answered 409" },
  },
};
