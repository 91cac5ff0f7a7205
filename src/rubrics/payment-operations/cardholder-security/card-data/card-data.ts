import type { Requirement } from "../../../requirement.ts";

/** No card number and no security code in code, logs or storage. */
export const cardData: Requirement = {
  id: "card-data",
  section: "cardholder-security",
  label: "card data",
  title: "No card number and no security code in code, logs or storage",
  question: "Where could a card number or security code come near your servers, and what keeps it out?",
  cues: [
    {
      pattern:
        /\bpans?\b|\bcvv2?\b|\bcvc2?\b|card[\s-]?(?:data|numbers?|details)|cardholder|\bpci\b|saq[\s-]?a|primary account number|track data|kartendaten|卡号/u,
      weight: 6,
    },
    {
      pattern:
        /tokeni[sz]|\bpm_|hosted (?:fields|checkout|payment|page)|stripe (?:elements|checkout)|payment element|secured fields|drop-?in|last ?4|last four|\bmask(?:ed|s)?\b|luhn/u,
      weight: 3.5,
    },
  ],
  safeguard: /card (?:data|numbers?|details)|\bpan\b|\bcv[vc]\b|\bpci\b|tokeni[sz]/u,
  reference: "tokens only; PCI DSS 4.0.1 requirement 3: no PAN in clear, no CVV after authorisation, SAQ A",
  why: "A stored card number puts the whole company in the scope of PCI DSS, and a leaked one on the front page.",
  fix: "Let the provider's hosted fields take the card, keep token, brand and last four digits, and redact the rest from logs.",
  goodExample:
    "Card data: Stripe Elements posts the PAN to Stripe, we store pm_ tokens and last4; pino redacts 13 to 19 digit numbers, so no log holds a PAN",
  badExample: "Be PCI compliant",
  source: "PCI DSS v4.0.1, requirements 3.3 to 3.5; PCI SSC, SAQ A",
  hints: {
    numbers: { ask: "say which digits are kept and which are redacted", example: "last 4 kept, 13 to 19 digit numbers redacted" },
    tools: { ask: "name what takes the card and what redacts (Stripe Elements, pino)", example: "Stripe Elements" },
    outcome: { ask: "say what logs and tables hold", example: "no log and no table holds a card number" },
  },
};
