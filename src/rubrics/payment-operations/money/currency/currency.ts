import type { Requirement } from "../../../requirement.ts";

/** Every amount carries its ISO 4217 currency. */
export const currency: Requirement = {
  id: "currency",
  section: "money",
  label: "currency",
  title: "Every amount carries its ISO 4217 currency",
  question: "Where does the currency stand beside the amount, and what of currencies without two decimals?",
  cues: [
    { pattern: /iso[\s-]?4217|\bcurrenc(?:y|ies)\b|moneda|währung|devise|货币|通貨/u, weight: 5 },
    { pattern: /zero[\s-]decimal|three[\s-]decimal|\bjpy\b|\bkwd\b|\bbhd\b|\bexponents?\b/u, weight: 4 },
    { pattern: /\bfx\b|exchange rates?|conversion rates?|multi-?currency/u, weight: 4 },
    { pattern: /\b(?:usd|eur|gbp|chf)\b/u, weight: 2 },
  ],
  safeguard: /currency (?:codes?|checks?|validation|handling|mismatch)|iso[\s-]?4217|(?:zero|three)[\s-]decimal/u,
  reference: "ISO 4217 beside each amount; exponents 0, 2 and 3 (JPY, EUR, KWD)",
  why: "1000 is ten euros or a thousand yen: an amount without its currency is wrong by two zeros.",
  fix: "Store the ISO 4217 code beside each amount, take its exponent from a table, and never add two currencies.",
  goodExample:
    "Each amount has a char(3) ISO 4217 column; Dinero.js exponents 0, 2 and 3 cover JPY, EUR and KWD, and adding two currencies throws",
  badExample: "Support currencies",
  source: "ISO 4217; Stripe, Supported currencies",
  hints: {
    numbers: { ask: "say which currencies and exponents are covered", example: "exponents 0, 2 and 3" },
    tools: { ask: "name the standard or library (ISO 4217, Dinero.js)", example: "ISO 4217, Dinero.js" },
    outcome: { ask: "say what a mix or an unknown code gets", example: "an unknown code is rejected with 400" },
  },
};
