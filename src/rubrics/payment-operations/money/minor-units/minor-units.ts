import type { Requirement } from "../../../requirement.ts";

/** Amounts are integers of the minor unit, or decimals, never floats. */
export const minorUnits: Requirement = {
  id: "minor-units",
  section: "money",
  label: "minor units",
  title: "Amounts are integers of the minor unit, or decimals, never floats",
  question: "In which type is an amount kept from the request to the database?",
  cues: [
    { pattern: /minor[\s_-]?units?|\bcents?\b|\bpence\b|smallest (?:currency )?unit|amount[\s_-]?minor|最小单位/u, weight: 5 },
    {
      pattern:
        /\bintegers?\b|\bbigint\b|\bnumeric\b|\bdecimals?\b(?! currenc)|dinero|decimal\.js|big\.js|bignumber|bigdecimal|money gem|rubymoney/u,
      weight: 3,
    },
    { pattern: /\bfloat|floating|parsefloat|\bdoubles?\b/u, weight: 3.5 },
    { pattern: /\bamounts?\b|\bmoney\b|\bprices?\b/u, weight: 1 },
  ],
  safeguard: /minor units?|\bfloats?\b|floating|decimal (?:arithmetic|amounts?|library|type)|integer (?:amounts?|cents)/u,
  reference: "integers of the minor unit, or a decimal type of fixed scale",
  why: "0.1 + 0.2 is not 0.3: sums of floats drift, and the books do not close.",
  fix: "Keep amounts as integers of the minor unit with their currency; calculate with a money library.",
  goodExample:
    "Amounts are bigint cents in Postgres and Dinero.js in code, from 50 to 99999900; Zod rejects a fraction with 400 and {error, field}",
  badExample: "Do not use floats",
  source: "Stripe, Zero-decimal currencies; Fowler, Patterns of Enterprise Application Architecture, Money",
  hints: {
    numbers: { ask: "say which range or scale amounts have", example: "from 50 to 99999900 cents" },
    tools: { ask: "name the type or library (bigint, Dinero.js, decimal.js)", example: "Dinero.js" },
    outcome: { ask: "say what a fraction gets", example: "a fraction is rejected with 400" },
  },
};
