import type { Comment } from "../model/pull-request.ts";
import type { RedFlag } from "../model/red-flag.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { findDeferral } from "./find-deferral.ts";
import { findSentences } from "./find-sentences.ts";

const FLAGS_AT_MOST = 20;
const QUOTE_CHARACTERS = 200;

const NEGATION =
  /\b(?:not|isn't|aren't|never|no|hardly|n't) (?:\p{L}+ ){0,2}(?:overkill|over-?engineer|too much|unnecessary|unlikely|rare)/iu;

/** The thoughts that are answered but do not block. Each pattern joins a subject and the thought within one sentence. */
const THOUGHTS: readonly { readonly id: RedFlag["id"]; readonly patterns: readonly RegExp[] }[] = [
  {
    id: "edge-case-unlikely",
    patterns: [
      /\b(?:edge|corner)[\s-]cases?\b.{0,80}\b(?:unlikely|rare|rarely|never happens?|won't happen|will not happen|improbable|negligible|not worth)\b/iu,
      /\b(?:unlikely|rare|improbable|negligible)\b.{0,40}\b(?:edge|corner)[\s-]cases?\b/iu,
      /\b(?:should|will|would|can) (?:basically |practically |really |almost |probably )?never happen\b/iu,
      /\b(?:very|extremely|super|highly|so|pretty) unlikely\b.{0,60}\b(?:happen|occur|fail|hit|matter|crash|both|race|time ?out)/iu,
      /\b(?:that|this|it)(?:'s| is| seems) (?:very |pretty |quite )?unlikely\b/iu,
    ],
  },
  {
    id: "circuit-breaker-overkill",
    patterns: [
      /\b(?:circuit[\s-]?breakers?|breakers?|retr(?:y|ies)|timeouts?|rate[\s-]limit\p{L}{0,4}|idempotency(?: keys?)?|tracing|health checks?|back-?off|monitoring|alerting|validation|audit (?:log|trail)|transactions?|reconciliation|signature (?:checks?|verification)|3-?d[\s-]?secure|ledgers?|kill[\s-]?switch(?:es)?)\b.{0,60}\b(?:overkill|over-?engineer\p{L}{0,4}|over the top|too much|unnecessary|gold[\s-]?plating|yagni|not worth it)\b/iu,
      /\b(?:overkill|over-?engineer\p{L}{0,4}|gold[\s-]?plating|yagni)\b.{0,60}\b(?:circuit[\s-]?breakers?|breakers?|retr(?:y|ies)|timeouts?|rate[\s-]limit|idempotency|tracing|health checks?|back-?off|monitoring|alerting|transactions?|reconciliation|signature (?:checks?|verification)|3-?d[\s-]?secure|ledgers?|kill[\s-]?switch)/iu,
    ],
  },
  {
    id: "customer-deadline",
    patterns: [
      /\b(?:customers?|clients?|sales|management|stakeholders?|ceo|boss|product)\b.{0,40}\b(?:needs?|wants?|is waiting|are waiting|expects?|promised|demands?)\b.{0,60}\b(?:in \d{1,2} (?:days?|hours?|weeks?)|by (?:monday|tuesday|wednesday|thursday|friday|tomorrow|eod|tonight|next week|the end)|tomorrow|today|asap|urgently|this week|right now)\b/iu,
      /\b(?:hard|tight|strict|looming) deadline\b|\bdeadline (?:is|in|on) (?:tomorrow|today|friday|monday|\d)/iu,
      /\b(?:must|need to|needs to|have to|has to) (?:ship|merge|go live|launch|release|be merged|be live)\b.{0,30}\b(?:by|before|in) (?:monday|tuesday|wednesday|thursday|friday|tomorrow|eod|tonight|\d{1,2} (?:days?|hours?)|the demo|the launch)/iu,
      /\bno time (?:for|to)\b.{0,40}\b(?:now|before|retries|timeouts|reliability|tests?|monitoring)/iu,
    ],
  },
];

/**
 * The thoughts that put reliability off, in title, description and comments. Only a deferral of the rubrics'
 * requirements (one, or reliability as a whole), in title or description, blocks. Quotes, code, hidden text and our own words never count. At most 20.
 */
export function findRedFlags(
  input: { readonly title: string; readonly body: string; readonly comments: readonly Comment[] },
  rubrics: readonly Rubric[],
): readonly RedFlag[] {
  const flags = new Map<string, RedFlag>();
  const read = (where: RedFlag["where"], text: string): void => {
    for (const sentence of findSentences(text)) {
      for (const flag of flagsOf(sentence.text, sentence.putOffByHeading, where, rubrics)) {
        const key = `${flag.id} ${flag.where} ${flag.requirement ?? ""}`;
        if (!flags.has(key) && flags.size < FLAGS_AT_MOST) flags.set(key, flag);
      }
    }
  };
  read("title", input.title);
  read("body", input.body);
  for (const comment of input.comments) if (isPersons(comment)) read("comment", comment.body);
  return [...flags.values()];
}

function isPersons(comment: Comment): boolean {
  return !comment.author.endsWith("[bot]") && !/^\s*\/accept-risk\b|<!--\s*backend-reliability/u.test(comment.body);
}

function flagsOf(sentence: string, putOffByHeading: boolean, where: RedFlag["where"], rubrics: readonly Rubric[]): readonly RedFlag[] {
  const quote = sentence.length > QUOTE_CHARACTERS ? `${sentence.slice(0, QUOTE_CHARACTERS - 3).trimEnd()}...` : sentence;
  const flags: RedFlag[] = [];
  const deferral = findDeferral(sentence, putOffByHeading, rubrics);
  if (deferral !== null) {
    flags.push({
      id: "add-reliability-later",
      where,
      quote,
      blocks: where !== "comment",
      requirement: deferral.requirement,
    });
  }
  if (NEGATION.test(sentence)) return flags;
  for (const { id, patterns } of THOUGHTS) {
    if (patterns.some((pattern) => pattern.test(sentence))) flags.push({ id, where, quote, blocks: false, requirement: null });
  }
  return flags;
}
