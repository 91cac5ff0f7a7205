import type { OutcomeSign } from "./outcome-sign.ts";

/** A response that a caller sees. */
export const RESPONSE_SIGNS: readonly OutcomeSign[] = [
  { pattern: /\bheaders? (?:is |are )?(?:set|sent|added|present|returned|included)\b/u, weight: 1.4 },
  { pattern: /\p{L}s with (?:an? )?(?:http )?[1-5]\d\d\b/u, weight: 1.6 },
  { pattern: /\b(?:stop|refuse|reject)(?:s|ed|ing)? (?:accepting|taking|consuming|processing|polling|new)\b/u, weight: 1.7 },
  {
    pattern: /\b(?:notify|tell|show|warn|prompt|message)\p{L}{0,3} (?:the )?(?:user|client|caller|customer|admin)s?:? ?["“«]/u,
    weight: 1.8,
  },
  { pattern: /\bwith (?:an? )?(?:http )?[45]\d\d\b/u, weight: 1.7 },
  { pattern: /\bheaders? (?:are |is )?(?:set|sent|returned|added|emitted)\s?[(:]/u, weight: 2 },
  { pattern: /\bexits? (?:with )?(?:code )?(?:0|1|non-?zero)\b/u, weight: 1.6 },
  { pattern: /\bbecomes? (?:an? )?(?:http )?[1-5]\d\d\b/u, weight: 1.7 },
  {
    pattern:
      /\b(?:then|otherwise|else|afterwards|beyond (?:that|it)|above (?:that|it)|meanwhile)[,:]?\s(?:the \p{L}{3,12} )?(?:http |gets? |is |an? )?[1-5]\d\d\b/u,
    weight: 2,
  },
  {
    pattern: /\b(?:return|respond|repl|answer|send|get|receiv|giv|yield|emit)(?:s|ed|y|ies|ing|e|es)?\b.{0,24}(?:\b[1-5]\d\d\b|\{)/u,
    weight: 2.2,
  },
  { pattern: /\b[1-5]\d\d\b[^.;]{0,20}\b(?:with|for|to|on|if|when|and|without|plus)\b/u, weight: 1.3 },
  { pattern: /(?:^|[,;:(—–=]\s?)\x60?(?:http )?[45]\d\d\x60?(?: \p{L}{3,12})?\s?(?:\+|with|for|to|on|if|when|after|$)/u, weight: 1.5 },
  {
    pattern: /\bresponds? [1-5]\d\d|\b(?:gets?|is|are) (?:a |an )?(?:http )?[1-5]\d\d\b|\b[45]\d\d (?:rejection|response|error)\b/u,
    weight: 1.9,
  },
  // a condition and a status in one clause, in any language: "missing or expired: 401", "ohne Token 401"
  {
    pattern:
      /(?<=(?:^|[;:,(—–-]\s)\p{L}[^;:,()\x60]{3,60}(?<!\band|\bor|\bund|\bet|including|like|handles?|codes?|status|statuses|errors?|for|of):? (?:http )?)[45]\d\d(?: \x60?[\p{L}_]{3,30}\x60?)?\s?(?=[;,.)]|$|(?:und|et|y|e|and|with|mit|avec|con|plus) )/u,
    weight: 1.5,
    unless: /^(?:add|implement|return proper|handle|set up|configure|use|create)\b|\b(?:response|error|status) codes?\b/u,
  },
  {
    pattern:
      /\b(?:gives?|means|yields?|raises?|throws?|maps? to|ends? (?:up )?(?:as|in)|results? in|becomes?|gibt|wird|donne) (?:an? )?[\x60"]?[a-z]+_[a-z_]{2,40}\b/u,
    weight: 1.6,
  },
];
