import type { Requirement } from "../../../requirement.ts";

/** A webhook counts only with a valid signature over its raw body. */
export const webhookSignature: Requirement = {
  id: "webhook-signature",
  section: "cardholder-security",
  label: "webhook signature",
  title: "A webhook counts only with a valid signature over its raw body",
  question: "How do you prove that a webhook is the provider's, fresh and unchanged?",
  cues: [
    { pattern: /\bwebhook[\s_-]?secrets?\b|constant[\s-]time|timing[\s-]?safe/u, weight: 4 },
    {
      pattern:
        /\bsignatures?\b|\bhmac\b|constructevent|stripe-signature|verif\p{L}{1,4} (?:the |every |each )?webhook|webhooks? (?:verif|secret|signing)|signiert|签名/u,
      weight: 5,
    },
    { pattern: /raw[\s-]?(?:body|payload|bytes)|express\.raw|unparsed body/u, weight: 4 },
    { pattern: /\btolerance\b|older than \d|replay(?:ed|s)? (?:attack|window|webhook)|timing-?safe/u, weight: 2.5 },
    { pattern: /\bwebhooks?\b/u, weight: 1.2 },
  ],
  safeguard:
    /(?:webhook|event|hmac|stripe|paypal|adyen|provider) (?:signatures?|verification|authentication)|signature (?:checks?|verification|validation)|(?:verif|authenticat)\p{L}{0,5} (?:the |of |incoming |stripe |paypal )?(?:webhooks?|signatures?)/u,
  reference: "over the raw body, tolerance 300 s (Stripe), compared in constant time",
  why: "The address of a webhook is public: without the signature anyone can mark an order as paid.",
  fix: "Verify the provider's signature over the raw bytes before parsing, refuse old timestamps, and answer 400 to the rest.",
  goodExample:
    "express.raw keeps the body; stripe.webhooks.constructEvent checks the signature with 300s tolerance, anything else gets 400 and is counted",
  badExample: "Verify webhooks",
  source: "Stripe, Check the webhook signatures; Adyen, Verify HMAC signatures",
  hints: {
    numbers: { ask: "say how old a delivery may be", example: "300s tolerance" },
    tools: { ask: "name what verifies it (stripe.webhooks.constructEvent, HMAC-SHA256)", example: "stripe.webhooks.constructEvent" },
    outcome: { ask: "say what an invalid one gets", example: "anything else gets 400 and changes nothing" },
  },
};
