import type { Requirement } from "../../../requirement.ts";

/** A payment whose outcome is unknown is looked up before it is tried again. */
export const unknownOutcome: Requirement = {
  id: "unknown-outcome",
  section: "exactly-once",
  label: "unknown outcome",
  title: "A payment whose outcome is unknown is looked up before it is tried again",
  question: "When the provider does not answer, how do you find out whether the money moved, and who may try again?",
  cues: [
    {
      pattern:
        /\b(?:learn|find out|determine|resolve|confirm)\p{L}{0,3} (?:the |its )?(?:final|real|true|actual) (?:state|status|outcome|result)|\b(?:missed|lost|lose|losing|without) (?:the |an? |its )?(?:response|answer|reply)\b|fails? mid[\s-](?:call|flight|request)/u,
      weight: 5,
    },
    {
      pattern:
        /unknown (?:outcomes?|states?|status|results?)|outcomes? (?:is |are |stays? )?unknown|indeterminate|in[\s-]doubt|unclear (?:outcome|result)|unresolved/u,
      weight: 6,
    },
    {
      pattern:
        /time-?outs?\b|timed out|no (?:answer|response|reply)|does not answer|connection (?:is )?(?:lost|reset|drop)|\b5xx\b|network (?:errors?|failures?)/u,
      weight: 2.5,
    },
    {
      pattern:
        /\b(?:quer(?:y|ies|ied)|retriev\p{L}{1,3}|looks? up|looked up|polls?|polled|fetch(?:es|ed)?|asks?|re-?reads?)\b.{0,50}\b(?:provider|stripe|adyen|paypal|braintree|square|mollie|razorpay|status|intents?|psp|gateway)\b/u,
      weight: 3.5,
    },
    {
      pattern: /before (?:any |a |we |it is |the )?(?:retr|trying again|second attempt|tried again)|never (?:blindly )?retr|no blind retr/u,
      weight: 3.5,
    },
    { pattern: /\bpending_?\p{L}{0,12}|\bin[\s_-]?flight\b|\bresolver\b|\bsweep/u, weight: 1.5 },
  ],
  safeguard:
    /unknown (?:outcomes?|states?|status|results?)|(?:payment|charge|refund|provider|stripe|adyen|paypal) time-?outs?|lost (?:answers?|responses?)|in[\s-]doubt/u,
  reference: "a query by own reference before any retry; unresolved after 15 min goes to a person",
  why: "A timeout says nothing about the money: a blind retry charges twice, a blind failure ships nothing to a customer who paid.",
  fix: "Mark the payment as unknown, ask the provider by your own reference until it answers, and only then retry or fail.",
  goodExample:
    "After a 10s Stripe timeout the payment is unknown: BullMQ retrieves the intent by metadata every 30s, and only a 404 allows a second attempt",
  badExample: "Handle payment timeouts",
  source: "Stripe, Advanced error handling, Network errors; Adyen, Handle timeouts",
  hints: {
    numbers: { ask: "say after how long it asks and how often", example: "asks after 10s, then every 30s" },
    tools: { ask: "name what asks (BullMQ, a cron job, the provider's query endpoint)", example: "BullMQ" },
    outcome: { ask: "say which answer allows a second attempt", example: "only an answer of not found allows a second attempt" },
  },
};
