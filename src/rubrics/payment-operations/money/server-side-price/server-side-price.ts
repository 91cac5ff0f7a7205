import type { Requirement } from "../../../requirement.ts";

/** The price comes from the server, never from the client. */
export const serverSidePrice: Requirement = {
  id: "server-side-price",
  section: "money",
  label: "server-side price",
  title: "The price comes from the server, never from the client",
  question: "From where does the amount that is charged come, and what if the client sends another?",
  cues: [
    {
      pattern:
        /server[\s-]side (?:pric|amount|total|comput|calculat)|pric(?:es?|ing|ed) (?:\p{L}{2,9} )?(?:on|by|from|at) (?:the |our )?(?:server|catalog|database|db|price)/u,
      weight: 6,
    },
    {
      pattern: /\bclient[\s-](?:sent|supplied|provided|side)|(?:from|by|in) the (?:client|browser|request|body|caller)|tamper|manipulat/u,
      weight: 3.5,
    },
    {
      pattern:
        /\b(?:re-?)?(?:comput|calculat|looks? up|looked up|load|read)\p{L}{0,4}\b.{0,40}\b(?:prices?|totals?|amounts?|pricing|catalog|price list)/u,
      weight: 4,
    },
    { pattern: /\bprice[_\s-]?(?:ids?|list|book|tables?)|\bcatalog/u, weight: 3 },
    { pattern: /\bprices?\b|\bpricing\b/u, weight: 2 },
  ],
  safeguard:
    /server[\s-]side (?:pric|amounts?|totals?)|(?:validat|check|verif|recalculat|recomput)\p{L}{0,5} (?:of )?(?:the |client )?(?:prices?|amounts?|totals?)|(?:price|amount) (?:validation|checks?|tamper)/u,
  reference: "computed from own catalogue by product id; the client's amount is ignored",
  why: "A price from the request is a price that the buyer chooses.",
  fix: "Take product ids and quantities from the client, compute the amount from your catalogue, and refuse a total that differs.",
  goodExample:
    "Prisma reads prices by product id; the client sends ids and quantities up to 100, and a total that differs from the catalogue's gets 409 and no charge",
  badExample: "Do not trust the client's price",
  source: "OWASP, Web Parameter Tampering; Stripe, Build a checkout page, compute the amount on the server",
  hints: {
    numbers: { ask: "say which quantities or totals are allowed", example: "quantities up to 100" },
    tools: { ask: "name what reads the price (Prisma, a Stripe price id)", example: "Prisma" },
    outcome: { ask: "say what a differing total gets", example: "a total that differs gets 409 and no charge" },
  },
};
