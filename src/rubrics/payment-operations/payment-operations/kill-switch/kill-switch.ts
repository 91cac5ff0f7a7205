import type { Requirement } from "../../../requirement.ts";

/** Taking money can be stopped at once, without a deploy. */
export const killSwitch: Requirement = {
  id: "kill-switch",
  section: "payment-operations",
  label: "kill switch",
  title: "Taking money can be stopped at once, without a deploy",
  question: "How does one stop charges, refunds or payouts right now, and what do customers see then?",
  cues: [
    {
      pattern:
        /kill[\s-]?switch|feature[\s-]?flags?|launchdarkly|\bunleash\b|flagsmith|\btoggles?\b|switch(?:ed|es)? off|turn(?:ed|s)? off|notschalter|开关/u,
      weight: 6,
    },
    {
      pattern:
        /\b(?:disabl|stop|halt|paus|freez)\p{L}{0,4}\b.{0,30}\b(?:payments?|charges?|charging|checkouts?|refunds?|payouts?|providers?)/u,
      weight: 4,
    },
    { pattern: /\bflags?\b/u, weight: 3 },
    { pattern: /without (?:a )?deploy|maintenance/u, weight: 2.5 },
  ],
  safeguard: /kill[\s-]?switch|switch(?:ing)? payments off/u,
  reference: "a flag per provider and operation, effective within 60 s, without a deploy",
  why: "When code charges wrongly every minute until the deploy is real money.",
  fix: "Put each money movement behind a flag that operations can turn off, and say what the customer then sees.",
  goodExample:
    "LaunchDarkly kill switch per operation stops new charges within 30s; checkout then answers 503 with Retry-After and queued payouts wait",
  badExample: "Add a feature flag",
  source: "Google, Site Reliability Workbook, Canarying Releases; Hodgson, Feature Toggles",
  hints: {
    numbers: { ask: "say how fast it takes effect", example: "within 30s" },
    tools: { ask: "name the switch (LaunchDarkly, Unleash, a row in Postgres)", example: "LaunchDarkly" },
    outcome: { ask: "say what customers see meanwhile", example: "checkout then answers 503" },
  },
};
