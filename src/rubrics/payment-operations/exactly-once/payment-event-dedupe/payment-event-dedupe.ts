import type { Requirement } from "../../../requirement.ts";

/** A provider event that arrives twice is processed once. */
export const paymentEventDedupe: Requirement = {
  id: "payment-event-dedupe",
  section: "exactly-once",
  label: "event dedupe",
  title: "A provider event that arrives twice is processed once",
  question: "By which id is a provider event recognised when it arrives again, and where is that id kept?",
  cues: [
    {
      pattern:
        /\b(?:handlers?|consumers?|webhooks?|events?|notifications?)\b.{0,25}\bidempoten|\bidempoten\p{L}{0,4}\b.{0,25}\b(?:handlers?|consumers?|webhooks?|events?|notifications?)\b/u,
      weight: 7,
    },
    {
      pattern:
        /\b(?:events?|webhooks?|notifications?|ipns?)\b.{0,50}\b(?:dedup|de-dup|duplicat|twice|once|already|repeat|redeliver|replay|second time)/u,
      weight: 5,
    },
    {
      pattern:
        /\b(?:dedup\p{L}*|de-dup\p{L}*|duplicat\p{L}*|redeliver\p{L}*|repeat\p{L}*|replay\p{L}*|second|repeated)\b.{0,30}\b(?:events?|webhooks?|notifications?|deliver)/u,
      weight: 5,
    },
    {
      pattern: /event[\s_.-]?ids?\b|\bevt_|processed[\s_-]?events?|webhook[\s_-]?events?|provider[\s_-]event|psp[\s_-]?reference/u,
      weight: 4,
    },
    { pattern: /\bdedup|\bde-dup|去重/u, weight: 3 },
    { pattern: /on conflict do nothing|unique (?:index|constraint|key)|\bsetnx\b|primary key/u, weight: 1.5 },
  ],
  safeguard:
    /\bde-?dup|(?:duplicate|repeated|redelivered) (?:events?|webhooks?|notifications?)|(?:events?|webhooks?) (?:once|twice)|replay protection/u,
  reference: "a unique index on the provider's event id, checked in the transaction of the effect",
  why: "Providers deliver at least once: the second copy ships twice or credits twice.",
  fix: "Insert the event id under a unique index in the same transaction as its effect, and answer 200 to a repeat.",
  goodExample:
    "Postgres unique index on Stripe event.id, inserted in the transaction of the effect and kept 90 days; a repeat is answered 200 and changes nothing",
  badExample: "Deduplicate webhooks",
  source: "Stripe, Handle duplicate events; Adyen, Handle webhooks, duplicates",
  hints: {
    numbers: { ask: "say how long event ids are kept", example: "kept for 90 days" },
    tools: { ask: "name where event ids are kept (Postgres unique index, Redis)", example: "Postgres unique index" },
    outcome: { ask: "say what a repeated event gets", example: "a repeat is answered 200 and changes nothing" },
  },
};
