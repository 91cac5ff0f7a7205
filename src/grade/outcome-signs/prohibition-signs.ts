import type { OutcomeSign } from "./outcome-sign.ts";

/** A prohibition that one look proves. */
export const PROHIBITION_SIGNS: readonly OutcomeSign[] = [
  { pattern: /\bnever (?!set\b|(?:affect|impact|hurt|bother|disturb|confus|break|disappoint|annoy)\p{L}*\b)\p{L}{2,}/u, weight: 1.8 },
  {
    pattern: /\b(?:must not|do(?:es)? not|don't|doesn't|cannot|can't|are not|is not|not be|won't|will not|ne (?:pas|jamais)|не)\b \p{L}/u,
    weight: 1.5,
  },
  {
    pattern:
      /(?:^|[,;:(—–-]\s?|\band |\bwith )(?:no|zero|tidak ada|kein|keine|aucun|sin|без) \p{L}[\p{L}/-]{0,24}(?:\s\p{L}[\p{L}/-]{0,24}){0,3}\s(?:in|to|leaves?|leaks?|sent|returned|exposed|logged|reach(?:es)?|ever|on|is|are|from)\b/u,
    weight: 1.8,
  },
  {
    pattern:
      /\bno (?:stack ?traces?|secrets?|pii|passwords?|sensitive|plain-?text|plaintext|internal|raw sql|string[\s-](?:built|concat|building)|interpolat\p{L}+|concatenat\p{L}+|infinite|unbounded|backtrace|traceback|hard-?coded|side effects?|double|duplicate|partial|retr(?:y|ies) on|tokens?|wildcards?|public)\b/u,
    weight: 1.6,
  },
  {
    pattern: /(?:[,(;—–]|\s-)\s?not \p{L}{2,}/u,
    weight: 1.5,
    unless:
      /\bnot (?:yet|only|just|implemented|applicable|needed|required|configured|done|tested|sure|started|supported|included|available|verified)\b/u,
  },
  { pattern: /\b(?:is|are|be)? ?not (?:in|baked|hard-?coded|stored|committed|logged|exposed|returned|reused|echoed)\b/u, weight: 1.5 },
  { pattern: /\btidak ada\b/u, weight: 1.4 },
  { pattern: /\bwithout (?:\p{L}+ing|an? error|losing|a restart|downtime|data loss|token)\b/u, weight: 0.9 },
  { pattern: /\bcan(?:not| only)\b|\bunable to\b|\bonly (?:if|when|after)\b/u, weight: 1 },
];
