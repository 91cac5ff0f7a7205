import type { Requirement } from "../../../requirement.ts";

/** One rounding rule, at one place. */
export const rounding: Requirement = {
  id: "rounding",
  section: "money",
  label: "rounding",
  title: "One rounding rule, at one place",
  question: "When is rounded, by which rule, and where does the remainder go?",
  cues: [
    { pattern: /\bround(?:ed|ing|s)?\b|half[\s-](?:even|up|down)|bankers?\b|runde|arrond|redonde|舍入|端数/u, weight: 6 },
    { pattern: /pro-?rat|\ballocat|\bremainders?\b|\bsplits?\b|\bpenn(?:y|ies)\b|cent (?:off|lost|difference)/u, weight: 3.5 },
    { pattern: /\b(?:tax|vat|fees?|discounts?|commissions?)\b/u, weight: 2 },
  ],
  safeguard: /\bround(?:ing|ed) ?(?:rules?|modes?|errors?|differences?|\b)/u,
  reference: "half-even once, at the line; the remainder to the last share",
  why: "Two places that round differently lose a cent per order, and the books never balance again.",
  fix: "Round once, at a named place, by a named rule, and allocate what is left so that the parts add up to the whole.",
  goodExample:
    "Dinero.js allocates tax per line with half-even rounding to 2 digits; the remainder goes to the last line, so parts always sum to the total",
  badExample: "Round correctly",
  source: "IEEE 754 roundTiesToEven; Fowler, Patterns of Enterprise Application Architecture, Money allocation",
  hints: {
    numbers: { ask: "say to how many digits", example: "to 2 digits" },
    tools: { ask: "name what rounds (Dinero.js, decimal.js, numeric in Postgres)", example: "Dinero.js" },
    outcome: { ask: "say where the remainder goes", example: "the remainder goes to the last line, so that the parts sum to the total" },
  },
};
