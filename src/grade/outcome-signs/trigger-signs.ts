import type { OutcomeSign } from "./outcome-sign.ts";

/** A trigger and its effect: what happens when, after or until something. */
export const TRIGGER_SIGNS: readonly OutcomeSign[] = [
  {
    pattern:
      /\S\s{0,3}(?:→|⇒|➜|➔|=>|->|⟶)\s{0,3}(?!\d[\d.]{0,6}\s?(?:ms|s|m|min|h)\b)(?!\d[\d.]{0,6}\s?(?:→|->|=>))(?!\d+\.\d+\.\d)(?!\x60?[\w./-]{1,60}\.(?:md|adoc|rst|txt|pdf)\b|§|(?:see|that's|that is|this is|your|our|it's|cf)\b|https?:|#\d)\S/u,
    weight: 2.2,
  },
  {
    pattern:
      /\b(?:retry|retries|retried|retryable)\b.{0,24}\b(?:on|only|for)\s(?:\d{3}|network|timeouts?|transient|5xx|4xx|connection|errors? )/u,
    weight: 1.7,
    unless: /\bconfigured\b/u,
  },
  { pattern: /\bfail(?:s|ing)?[\s-](?:open|closed|fast)\b/u, weight: 1.9 },
  { pattern: /\b(?:opens?|opened|trips?|tripped) (?:after|at|when|once|on|if)\b/u, weight: 1.9 },
  { pattern: /\bfall(?:s|ing)? ?back (?:to|on)\b|\bfallback (?:to|returns|is)\b|\bfallback: (?:return|serve|use)/u, weight: 1.7 },
  { pattern: /\ballow(?:s|ed)? (?:only )?(?:\d+|one|a single)\b.{0,40}\b(?:after|per|every|when)\b/u, weight: 1.7 },
  { pattern: /\bscales? (?:on|at|when|from|up|out|down|to)\b/u, weight: 1.5 },
  { pattern: /\bthen (?:the )?[\p{L}\d]/u, weight: 1 },
  {
    pattern: /\b(?:if|when|once|after|on|während|quand|si|cuando|quando|wenn|если|при|jika|khi)\b[^,;:]{3,80}[,:]\s?(?:the |an? )?\p{L}/u,
    weight: 1.1,
  },
  {
    pattern: /\b(?:in-flight|current|pending|running|open|accepted|queued) (?:requests?|tasks?|jobs?|connections?|work|messages?)\b/u,
    weight: 1.3,
    unless: /\b(?:configured|tested)\b/u,
  },
  { pattern: /\bafter (?:processing|finishing|completing|draining|exhausting)\b/u, weight: 1.3 },
  { pattern: /\S\s+triggers? (?:an? |the )?\p{L}/u, weight: 1.6, unless: /^(?:add|set up|configure|define|implement)\b/u },
  { pattern: /\bprevents? (?!cascad)\p{L}/u, weight: 1.25, unless: /\bto prevent\b/u },
  {
    pattern: /\bretr(?:y|ies|ied)\b.{0,24}\b(?:up to|at most) \d|\bretr(?:y|ies|ied)\b.{0,16}(?:\d+ ?x\b|\(?\d+ times|twice|three times)/u,
    weight: 1.5,
    unless: /^(?:add|implement|configure)\b|logic\b/u,
  },
  { pattern: /\b(?:after|when|once|if)\b.{3,60}\b(?:allows?|causes?|lets?) /u, weight: 1.6 },
  { pattern: /\bthen (?:an? )?\d+[\s-]?(?:s|sec|seconds?|m|min|minutes?|h|hours?)\b \p{L}/u, weight: 1.5 },
  { pattern: /\bautomatic(?:ally)? \p{L}{2,}/u, weight: 0.9 },
  {
    pattern:
      /\bso (?!that\b|far\b|on\b|we\b|you\b|many\b|much\b)(?:the |an? )?[\p{L}-]{3,24} (?:[\p{L}-]{3,24} )?(?:encrypt|fail|stay|survive|share|keep|\p{L}{3,16}[^s\P{L}]s)\b/u,
    weight: 1.5,
  },
  { pattern: /\b(?:available|active|returned|shown|used|served|enabled|disabled) (?:when|while|if) \p{L}/u, weight: 1.5 },
  {
    pattern:
      /\b(?:when|if|once|after|while)\b[^,;:]{3,80}, (?:the |an? |another |each |every |no )?[\p{L}-]{2,24} (?:[\p{L}-]{2,24} )?\p{L}{3,20}[^s\P{L}]s\b/u,
    weight: 1.6,
  },
  { pattern: /\b(?:when|if|once|after)\b.{3,80}\bwithin \d/u, weight: 1.6, unless: /^(?:add|implement|configure|set up)\b/u },
  { pattern: /[:→]\s?(?:is |are )?retried\b/u, weight: 1.6 },
  { pattern: /\beven (?:if|when) \p{L}/u, weight: 1.5 },
  { pattern: /\bescalat\p{L}{1,4} (?:to .{3,40} )?after \d/u, weight: 1.5 },
  {
    pattern:
      /\b(?:then|afterwards|danach|dann|ensuite|puis|luego|después|depois) (?:to |in |into |dans |en |to the |the |la |le |die |der |das )?\x60/u,
    weight: 1.6,
  },
  {
    pattern:
      /\b(?:retr\p{L}*|attempts?|tries|essais|versuchen?|intentos|tentativas)\b[^;.]{0,60}[,;]\s?(?:then|afterwards|danach|dann|ensuite|puis|luego|depois)\b/u,
    weight: 1.7,
  },
  {
    pattern:
      /\b(?:dlq|dead[\s-]letter(?:s|ed|ing)?(?: \p{L}+)?|morgue|parking lot|failed (?:set|queue|transport))\b.{0,12}\bafter (?:\d|the|all)/u,
    weight: 1.6,
  },
  {
    pattern:
      /\b(?:travels?|flows?|is carried|are carried|carried|passed on|handed on|propagates?) (?:through|across|with|over|along|into|in)\b/u,
    weight: 1.5,
  },
  {
    pattern:
      /\bso (?:an? |one |each |every |the |both |two |no )(?:[\p{L}-]+ ){1,5}(?:has|have|shows?|can be|sees?|gets?|finds?|is|are|never)\b/u,
    weight: 1.5,
  },
];
