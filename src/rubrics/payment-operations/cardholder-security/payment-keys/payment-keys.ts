import type { Requirement } from "../../../requirement.ts";

/** Provider keys live in a secret manager, live and test apart. */
export const paymentKeys: Requirement = {
  id: "payment-keys",
  section: "cardholder-security",
  label: "payment keys",
  title: "Provider keys live in a secret manager, live and test apart",
  question: "Where do the provider's keys live, who can read them, and how are live and test kept apart?",
  cues: [
    {
      pattern:
        /\b(?:secrets?|credentials?|keys?)\b.{0,30}\b(?:committed|in git|source control|repositor(?:y|ies)|environment variables?|server[\s-]side only)/u,
      weight: 4,
    },
    {
      pattern:
        /\b(?:api|secret|restricted|live|test|publishable|provider|stripe|adyen|paypal|payment) keys?\b|sk_live|sk_test|rk_live|\bcredentials\b/u,
      weight: 4.5,
    },
    { pattern: /secrets?[\s_-]?manager|\bvault\b|\bkms\b|parameter store|\bdoppler\b|infisical/u, weight: 4 },
    { pattern: /\brotat(?:e|es|ed|ion|ing)\b/u, weight: 3 },
    { pattern: /live (?:and|vs\.?|or|from) test|test (?:and|vs\.?|from|or) live|\bsandbox\b|live mode|test mode/u, weight: 3 },
  ],
  safeguard:
    /secret[s]? manager|key rotation|rotat\p{L}{1,4} (?:of )?(?:the )?(?:api |payment |stripe |live )?keys?|restricted keys?|hard-?coded keys?/u,
  reference: "secret manager, restricted keys, rotated every 90 days; live and test in separate accounts",
  why: "A live key in the code is money for whoever reads the code.",
  fix: "Load restricted keys from a secret manager, refuse a live key outside production, rotate, and scan the repository.",
  goodExample:
    "Stripe restricted keys in AWS Secrets Manager, rotated every 90 days; outside production a key with the live prefix makes the process exit with code 1",
  badExample: "Keep API keys secret",
  source: "Stripe, Best practices for managing secret API keys; PCI DSS v4.0.1, requirement 8.6",
  hints: {
    numbers: { ask: "say how often keys are rotated", example: "rotated every 90 days" },
    tools: { ask: "name where keys live (AWS Secrets Manager, Vault)", example: "AWS Secrets Manager" },
    outcome: { ask: "say what a wrong key does", example: "a live key outside production stops the start" },
  },
};
