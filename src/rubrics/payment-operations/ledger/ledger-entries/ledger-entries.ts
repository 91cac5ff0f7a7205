import type { Requirement } from "../../../requirement.ts";

/** Money moves are entries of an append-only, balanced ledger. */
export const ledgerEntries: Requirement = {
  id: "ledger-entries",
  section: "ledger",
  label: "ledger entries",
  title: "Money moves are entries of an append-only, balanced ledger",
  question: "Where is each movement of money written, and what proves that nothing was changed since?",
  cues: [
    { pattern: /double[\s-]entry|\bledgers?\b|\bjournals?\b|\bpostings?\b|grand livre|hauptbuch|总账|台帳/u, weight: 5.5 },
    { pattern: /append[\s-]only|\bimmutable\b|never (?:updated|deleted|changed|edited)|no update/u, weight: 3.5 },
    { pattern: /\bdebits?\b|\bcredits?\b|sums? (?:to|is) (?:zero|0)|\bbalanced\b|trial balance|counter-?entr/u, weight: 3.5 },
  ],
  safeguard: /\bledgers?\b|double[\s-]entry|journal entries|bookkeeping/u,
  reference: "double entry, append-only; the sum of each transaction is 0",
  why: "A balance that is overwritten cannot explain itself, and a lost movement is found by the auditor.",
  fix: "Write every movement as balanced entries in a table that takes no update and no delete; correct with counter-entries.",
  goodExample:
    "Double-entry ledger in Postgres: 2 rows a movement, a trigger rejects UPDATE and DELETE, and a sum other than 0 rolls the transaction back",
  badExample: "Keep a ledger",
  source: "Fowler, Accounting Patterns; Modern Treasury, Accounting for Developers",
  hints: {
    numbers: { ask: "say how many entries a movement has and what they sum to", example: "2 entries per movement, kept 10 years" },
    tools: { ask: "name where entries are kept (a Postgres table, TigerBeetle)", example: "Postgres" },
    outcome: { ask: "say what an edit or an unbalanced write gets", example: "an unbalanced write is rolled back" },
  },
};
