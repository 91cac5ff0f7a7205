import type { OutcomeSign } from "./outcome-sign.ts";

/** What speaks against an outcome; the weights are below zero. */
export const COUNTER_SIGNS: readonly OutcomeSign[] = [
  { pattern: /\bfor (?:production|prod|staging|launch|go-live)\W*$/u, weight: -0.6 },
  {
    pattern: /\b(?:works?|working|functional)\W*$/u,
    weight: -0.7,
    unless: /\bstill works?\W*$/u,
  },
  { pattern: /\b(?:correctly|successfully|properly|as expected)\W*$/u, weight: -1.2 },
  {
    pattern:
      /\b(?:has|have|had|there (?:is|are)|with) no (?:\p{L}+ )?(?:alert(?:ing|s)?|monitoring|retr(?:y|ies)|backups?|tests?|validation|limits?|logging|tracing|timeouts?|fallback|runbooks?|metrics|dashboards?|circuit breakers?)\b/u,
    weight: -2,
  },
  { pattern: /(?:^|[.;] )we (?:found|noticed|saw|learned|had|were|lost|missed|discovered)\b/u, weight: -1 },
  { pattern: /\bonly (?:when|if|where) (?:necessary|needed|required|appropriate|possible|applicable)\b/u, weight: -1.4 },
  { pattern: /\b(?:where|if|as) (?:appropriate|applicable|needed|necessary|possible|required|supported)\b/u, weight: -1 },
  { pattern: /\b(?:configured|set up|in place|implemented|tested|documented|reviewed|planned|tuned)\W*$/u, weight: -0.8 },
  { pattern: /\balways set\b|\bshould be considered\b|\bbest practices?\b/u, weight: -0.8 },
  { pattern: /\bto (?:avoid|prevent|ensure|improve|reduce|allow|protect|make|support|help|increase|maintain)\b/u, weight: -0.3 },
  { pattern: /\b(?:because|since|otherwise|this (?:means|ensures|helps|allows)|without it)\b/u, weight: -0.8 },
  {
    pattern:
      /\b(?:written|added|documented|described|included|recorded|listed|captured) (?:in|into|to|for) (?:the |our |a )?(?:[\p{L}-]+ )?(?:run-?books?|docs?|documentation|readme|wiki|playbooks?|confluence|notion)\b/u,
    weight: -1.2,
  },
  {
    pattern: /\bprevents? (?:any |all |most )?(?:cascading|failures?|issues|problems|outages?|overload|abuse|attacks?|brute)/u,
    weight: -1.2,
  },
  {
    pattern:
      /\b(?:guarantees?|ensures?) (?:that )?(?:the |a |an )?(?:maximum|best|high|highest|better|good|proper|full|overall|smooth|data (?:integrity|consistency|quality))\b/u,
    weight: -1,
  },
  { pattern: /\b\d+\+? (?:[\p{L}-]+ ){0,3}tests? (?:pass(?:es|ed|ing)?|green|added)\b|\bcriteria (?:are )?met\b/u, weight: -1.2 },
];
