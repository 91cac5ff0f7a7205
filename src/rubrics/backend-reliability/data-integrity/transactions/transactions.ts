import type { Requirement } from "../../../requirement.ts";

/** Writes that belong together happen together. */
export const transactions: Requirement = {
  id: "transactions",
  section: "data-integrity",
  label: "transactions",
  title: "Writes that belong together happen together",
  question: "Which writes must all happen or none, and what holds them together?",
  cues: [
    {
      pattern:
        /\b(?:one|single|same|a) (?:\w+ )?(?:sql )?(?:statement|commit|\w*transaction\w*)\b|\bnever half\b|half[\s-](?:written|done|applied)|all[\s-]or[\s-]nothing|\bold or the new\b|\bneither (?:row|of|is|was)|\bboth (?:rows|tables|writes)\b|transaktion|\bselect_for_update|\bon_commit\b/u,
      weight: 4,
    },
    { pattern: /트랜잭션|동시성|giao dịch|transaksi|ledger ?entr|compensating|보정/u, weight: 3 },
    { pattern: /\b(?:not null|default values?|migrations? .{0,20}(?:constraint|lock))\b/u, weight: 2 },
    {
      pattern:
        /\btransaction(?:s|al|ally)?\b(?! (?:ids?|amounts?|history|fees?|status(?:es)?|lists?|volumes?|values?|details|data))|@transactional|事务|transacci|transaç|transakc|トランザクション/u,
      weight: 4,
    },
    { pattern: /\batomic|原子/u, weight: 3.5 },
    {
      pattern:
        /(?<![.-])\blocks?\b(?![.-])|\blocked (?:row|table|record|by|with|for update)|\blocking\b|\b(?:mutex|redlock)\b|for update|advisory lock|分布式锁/u,
      weight: 3,
    },
    { pattern: /optimistic|pessimistic|version (?:column|check|field)|\bcas\b|compare-and-s/u, weight: 3.5 },
    { pattern: /roll(?:s|ed|ing)?[\s-]?back/u, weight: 2 },
    { pattern: /\boutbox/u, weight: 4.5 },
    { pattern: /unique (?:constraint|index|key)|foreign[\s-]keys?|\bconstraints?\b|referential integrity|check constraint/u, weight: 2 },
    {
      pattern:
        /(?<!network )(?<!tenant )(?<!fault )(?<!process )(?<!failure )(?<!data )(?<!session )\bisolation|\bserializable|repeatable read|read committed/u,
      weight: 4,
    },
    {
      pattern:
        /race[\s-]?conditions?|\bconcurren(?:t|cy)\b(?! (?:limit|requests? limit|jobs?|workers?))|double[\s-]?(?:spend|book)|overdraft|oversell|lost updates?|parallel (?:requests?|writes?)/u,
      weight: 2.5,
    },
    { pattern: /\bsagas?\b|two-phase|\b2pc\b|compensat|savepoint/u, weight: 3.5 },
    { pattern: /partial (?:writes?|updates?|state)|\bconsisten/u, weight: 1.5 },
    { pattern: /transactwrite|\bmulti\b(?!-)|neither|\bboth are gone|rolls? back both|lost race/u, weight: 3 },
    { pattern: /\bdead-?locks?\b/u, weight: 3 },
    { pattern: /withtransaction/u, weight: 4 },
    {
      pattern:
        /\bdb layer\b|\b(?:enforced|checked) (?:at|in|by) the (?:db|database)|\bunique constraint on\b|\bowner token\b|\bstate owner\b|\bno \**database foreign keys|\batomic(?:ally)?\)/u,
      weight: 4,
    },
  ],
  reference: "Knex or Prisma transactions",
  why: "A crash between two writes leaves money without an order, or an order without money.",
  fix: "Put related writes in one transaction, guard concurrent ones with a lock or a version, publish through an outbox.",
  goodExample:
    "Knex transaction around order and payment inserts with SELECT ... FOR UPDATE on the balance; a failure rolls back both and returns 409",
  badExample: "Use transactions",
  source: "Martin Kleppmann, Designing Data-Intensive Applications, chapter 7",
  alsoFits: ["fault-tolerance"],
  hints: {
    numbers: { ask: "say which limit, level or status applies", example: "lock wait at most 2s" },
    tools: { ask: "name what holds them together (Knex, Prisma, SELECT FOR UPDATE)", example: "Knex transaction" },
    outcome: { ask: "say what is left after a failure", example: "a failure in any write rolls back all of them" },
  },
};
