import type { Requirement } from "../../../requirement.ts";

/** The same request twice has the effect of one. */
export const idempotency: Requirement = {
  id: "idempotency",
  section: "data-integrity",
  label: "idempotency",
  title: "The same request twice has the effect of one",
  question: "What happens when the same request or message arrives twice?",
  cues: [
    { pattern: /\bupsert/u, weight: 1.5 },
    {
      pattern:
        /\b(?:double|second|repeated?) (?:post|click|clic|submit|add|upload|booking|charge)s?\b|\bdoppel(?:te[rmns]?|klick)|\balready[\s-]\w+ed\b.{0,40}\b(?:200|returns?|no-?op|skip)|\bjob_?ids? ?=|\bunique (?:per|by)\b|clé unique|\beindeutig|\brepeat of\b|\b(?:same|identical) (?:id|payload|body|file|upload|hash)\b/u,
      weight: 3.5,
    },
    {
      pattern:
        /(?:same|duplicate|repeated|second) (?:event|message|webhook|request|delivery|submission|click|job)|processed (?:only )?once|ignores? (?:already|repeats?)|dedupe[\s_-]?key|event[\s_-]ids?\b.{0,30}(?:unique|seen|stored)|unique (?:event|message|request)/u,
      weight: 3.5,
    },
    {
      pattern: /offset commits?|commits? (?:the )?offsets?|manual (?:ack|commit)|멱등|중복|duplicad|идемпот|(?:같은|동일) ?(?:key|키)/u,
      weight: 3.5,
    },
    { pattern: /idempoten|幂等|冪等|idempoten[tz]/u, weight: 6 },
    { pattern: /\bde-?dup(?:e|ed|es|lication|licat)?|去重|déduplic|deduplic/u, weight: 4.5 },
    { pattern: /exactly[\s-]?once|at[\s-]?most[\s-]?once|effectively once/u, weight: 3.5 },
    { pattern: /\bduplicat|\bdoublons?\b|\brepeat(?:ed|s)? (?:request|message|key|call|deliver)/u, weight: 2.5 },
    { pattern: /\breplay/u, weight: 2 },
    { pattern: /\bsetnx\b|set nx|on conflict|insert or ignore|insert ignore/u, weight: 2.5 },
    { pattern: /processed_(?:events?|messages?)|already[\s-]processed/u, weight: 3 },
    { pattern: /\bkeys? (?:are |is )?(?:stored|kept|cached|persisted|remembered)/u, weight: 3 },
    { pattern: /(?:stored|cached|original|first|same|existing) (?:response|result|row|record|answer)|response payload/u, weight: 1.5 },
    {
      pattern: /\btwice\b|\bsecond (?:post|delivery|request|call|time)|\b(?:a|the) repeat\b|redelivered|same .{3,30} again|unique jobs/u,
      weight: 3.5,
    },
    {
      pattern:
        /\bsame (?:\w+[\s-]){0,2}key\b|\bno duplicates?\b(?!.{0,12}(?:code|handlers?))|\bduplicate (?:handling|detection|prevention)|\bdupes?\b|\breplay(?:ed)? (?:event|request)|\breleases? (?:its|the) key\b/u,
      weight: 4,
    },
    {
      pattern:
        /\b(?:runs?|ran|running|executed|processed) (?:\w+ ){0,4}(?:twice|again)\b|\b(?:twice|again|2 runs|two runs)\b.{0,30}\bsame (?:rows?|state|result)/u,
      weight: 6,
    },
    { pattern: /\b(?:procesar|processar|traiter) (?:solo|apenas|une seule|uma|una)/u, weight: 3.5 },
  ],
  reference: "`Idempotency-Key`, kept in Redis for 24h",
  why: "Clients and queues retry; without a key the customer is charged twice.",
  fix: "Take a key from the caller or the message, remember the answer, and give the same answer again.",
  goodExample:
    "Idempotency-Key header on POST /refunds: Redis keeps key and response for 24h; a repeat returns the first response and writes nothing",
  badExample: "Make it idempotent",
  source: "Stripe API reference, Idempotent requests; IETF draft, The Idempotency-Key HTTP Header Field",
  alsoFits: ["fault-tolerance"],
  hints: {
    numbers: { ask: "say how long a key is remembered", example: "kept for 24h" },
    tools: { ask: "name where keys are kept (Idempotency-Key header, Redis, unique index)", example: "Redis" },
    outcome: { ask: "say what a repeat gets", example: "a repeat returns the first response and writes nothing" },
  },
  hintsFor: [
    {
      when: /^(?!.*\b(?:idempotency[\s-])?keys?\b)(?=.*\b(?:jobs?|queues?|workers?|consumers?|messages?|events?|runs?|re-?run|delete (?:then|and) insert|upserts?)\b)/u,
      hints: {
        numbers: { ask: "say how many times it may run or arrive", example: "delivered 2 times" },
        tools: { ask: "name what makes a repeat harmless (upsert, unique index, Postgres transaction)", example: "Postgres transaction" },
        outcome: { ask: "say what a second run changes", example: "a second run leaves the same rows" },
      },
    },
  ],
};
