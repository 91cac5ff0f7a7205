import {
  EFFECT_BASES,
  EFFECT_VERBS,
  EFFECT_VERBS_OR_NOUNS,
  PROVABLE_PARTICIPLES,
  TASK_VERBS,
  TRIGGER_WORDS,
  VAGUE_WORDS,
} from "../rubrics/wording/outcome-words.ts";
import { findMatches, preparePatterns } from "./literal-filter.ts";
import { WHOLE_TEXT_SIGNS } from "./outcome-signs.ts";
import { isQuestion, refusal } from "./refusal.ts";

/** What was read about an item's outcome. */
export interface OutcomeReading {
  readonly answer: "yes" | "no" | "unsure";
  /** The clause that states it; null when none does. */
  readonly quote: string | null;
}

interface Sign {
  readonly at: number;
  readonly weight: number;
}

/** From this sum of weights on an outcome is sure; the numbers were fitted to labelled items (bench/plans.ts). */
const SURE = 1.5;
const LIKELY = 1.2;
const POSSIBLE = 0.55;
/** A sentence this long may state an outcome in words that are not known here. */
const LONG_WORDS = 12;
const QUOTE_CHARACTERS = 160;

const ASKS_TO_VERIFY =
  /^(?:verify|ensure|confirm|check|test|assert|validate|make sure|guarantee|vérifier|verificar|проверить)(?:\s(?:that|the|whether|que|all))?[\s:]+/iu;

/**
 * Whether an item says what can be measured: a trigger and its effect, a response, fields that are emitted, a target, an
 * alert's condition, an end state that a look proves. Completion words, bare settings, purposes, questions and refusals are
 * not outcomes.
 */
export function findOutcome(text: string): OutcomeReading {
  if (isQuestion(text) || refusal(text) !== null) return { answer: "no", quote: null };
  const stated = text.replace(ASKS_TO_VERIFY, (prefix) => " ".repeat(prefix.length));
  const lower = stated.toLowerCase();
  const signs = [...wordSigns(lower), ...wholeTextSigns(lower)];
  const positive = signs.filter((sign) => sign.weight > 0).toSorted((a, b) => b.weight - a.weight);
  const [best] = positive;
  if (!best) return { answer: "no", quote: null };
  const support = positive.slice(1, 4).reduce((sum, sign) => sum + sign.weight * 0.35, 0);
  const against = signs.filter((sign) => sign.weight < 0).reduce((sum, sign) => sum + sign.weight, 0);
  const score = best.weight + support + Math.max(-1.2, against);
  if (score < POSSIBLE) return { answer: "no", quote: null };
  const quote = clauseAround(text, best.at);
  if (score >= SURE) return { answer: "yes", quote };
  return { answer: "unsure", quote: score >= LIKELY ? quote : null };
}

const SIGN_PATTERNS = preparePatterns(WHOLE_TEXT_SIGNS.map(({ pattern }) => pattern));

function wholeTextSigns(lower: string): readonly Sign[] {
  const signs: Sign[] = [];
  for (const [place, { index }] of findMatches(SIGN_PATTERNS, lower)) {
    const sign = WHOLE_TEXT_SIGNS[place];
    if (sign && !(sign.unless?.test(lower) ?? false)) signs.push({ at: index, weight: sign.weight });
  }
  return signs;
}

interface Word {
  readonly word: string;
  readonly at: number;
  /** The sign right after the word, without spaces. */
  readonly next: string;
  /** What stands between the word before and this one. */
  readonly gap: string;
}

function wordsOf(lower: string): readonly Word[] {
  let last = 0;
  return [...lower.matchAll(/[\p{L}\p{N}_`%'-]*[\p{L}\p{N}_%`]/gu)].map((match) => {
    const end = match.index + match[0].length;
    const gap = lower.slice(last, match.index);
    last = end;
    return {
      word: match[0].replaceAll("`", ""),
      at: match.index,
      gap,
      next: /^`?\s?([^\s\p{L}\p{N}`"'/])/u.exec(lower.slice(end, end + 3))?.[1] ?? "",
    };
  });
}

const AUXILIARIES: ReadonlySet<string> = new Set(
  "is are be been being get gets was were stays remains never not always automatically immediately wird werden est sont es son é são".split(
    " ",
  ),
);
const PREPOSITIONS: ReadonlySet<string> = new Set(
  "to with in on after by within across via per except at for from before as per into until via when if only and through without".split(
    " ",
  ),
);
const VAGUE_MANNER: ReadonlySet<string> = new Set(
  "gracefully graceful proper properly appropriate appropriately correctly successfully correct".split(" "),
);
/** Participles that tell of use or intent, not of a state. */
const NOT_A_STATE: ReadonlySet<string> = new Set(
  "used made done given based needed designed expected intended known built called recommended assumed included chosen taken required understood created retried enforced published tested verified".split(
    " ",
  ),
);
/** What follows a participle that tells where, when or by whom something happens. */
const PLACES: ReadonlySet<string> = new Set(
  "to with in after by within across via per at from before into until when on only through".split(" "),
);
/** Participles that tell of the work or of a relation, whatever follows. */
const NO_STATE_WHERE: ReadonlySet<string> = new Set(
  "applied aligned deployed installed connected wired mounted followed related compared associated mentioned listed detailed described agreed learned shipped delayed blocked-by assigned dedicated structured distributed centralized centralised automated embedded combined powered backed hosted versioned shared-by rated spaced tuned sized owned led".split(
    " ",
  ),
);
/** Participles that alone state what a look proves. */
const SURE_STATES = /^(?:encrypted|hashed|redacted|masked|rejected|blocked|denied|dropped|deleted|purged|signed|honou?red|rolled|locked)$/u;
const NOUN_BEFORE = /\d|^(?:all|the|error|structured|json|max|of|access|audit|any|no|in|with|and|retry|for|or|health)$/u;
const MECHANISM_AFTER = /^(?:logic|policy|mechanism|strategy|limit|handling|support|attempts?|levels?|rotation|format)$/u;
/** An unknown third-person verb, as its object shows. */
const LOOKS_LIKE_VERB = /^\p{L}{3,}(?<![suiy])s$/u;
const OBJECTS =
  /^(?:an?|the|to|on|with|it|its|them|only|warnings?|errors?|every|each|all|up|back|as|into|at|in|from|for|by|after|when|if|within|out|against|under|over|without|no|new|same|original|previous|\d.*|[`{"'[].*|un|une|le|la|el|der|die|das|ein)$/u;

function wordSigns(lower: string): readonly Sign[] {
  const words = wordsOf(lower);
  const first = words[0]?.word ?? "";
  const isTask = TASK_VERBS.has(first) && !/[:;→]/u.test(lower);
  const lastTrigger = words.findLastIndex(({ word }, index) => TRIGGER_WORDS.has(word) && index < words.length - 1);
  const signs: Sign[] = [];
  for (const [index, word] of words.entries()) {
    const near: Near = { lower, words, index, before: words[index - 1], after: words[index + 1], isTask, conditioned: lastTrigger > index };
    const weight = effectWeight(word, near) ?? participleWeight(word, near) ?? imperativeWeight(word, near);
    if (weight !== null) signs.push({ at: near.before?.at ?? word.at, weight });
  }
  const vague = words.filter(
    ({ word }, index) => VAGUE_WORDS.has(word) && !/^(?:shutdown|degradation|fallback|termination)$/u.test(words[index + 1]?.word ?? ""),
  ).length;
  if (vague > 0) signs.push({ at: 0, weight: -0.5 * Math.min(vague, 2) });
  if (isTask) signs.push({ at: 0, weight: -0.4 });
  else if (words.length >= LONG_WORDS) signs.push({ at: 0, weight: 0.6 });
  return signs;
}

interface Near {
  readonly lower: string;
  readonly words: readonly Word[];
  readonly index: number;
  readonly before: Word | undefined;
  readonly after: Word | undefined;
  readonly isTask: boolean;
  /** A condition follows the word. */
  readonly conditioned: boolean;
}

/** "handler routes the event", "breaker opens after 5 failures", "duplicate keys return the row". */
function effectWeight({ word, next }: Word, near: Near): number | null {
  const { before, after, isTask, lower } = near;
  if (before === undefined) {
    const opens = EFFECT_VERBS.has(word.replace(/^auto-?/u, "")) && after !== undefined && next !== ":" && after.word !== "up";
    return opens ? 1.6 : null;
  }
  if (EFFECT_VERBS.has(word)) {
    if (/^(?:the|a|an|of|max|per)$/u.test(before.word) || next === ":") return null;
    if (after === undefined) return 1.3;
    return vagueNear(near) ? 0.6 : isTask ? 1.3 : 1.7;
  }
  if (after === undefined || next !== "") return null;
  const object = OBJECTS.test(lower.slice(after.at).split(/\s/u, 1)[0] ?? "");
  if (
    EFFECT_VERBS_OR_NOUNS.has(word) &&
    object &&
    (word === "fails" || !/^(?:with|for)$/u.test(after.word)) &&
    !NOUN_BEFORE.test(before.word)
  ) {
    return isTask ? 0.6 : 1.6;
  }
  if (LOOKS_LIKE_VERB.test(word) && !NOUN_BEFORE.test(before.word) && before.next === "" && !PREPOSITIONS.has(before.word) && !isTask) {
    const objectWord = after.word;
    if (/^(?:an?|the|it|its|them|one|two|no|each|every|only|all|both|up|off|\d.*)$/u.test(objectWord)) return 1.5;
  }
  const plural = /[^s]s$/u.test(before.word) && before.gap !== "" && !EFFECT_VERBS.has(before.word) && before.next === "";
  return EFFECT_BASES.has(word) &&
    plural &&
    !isTask &&
    !vagueNear(near) &&
    !/^(?:format|policy|strategy|limits?|levels?)$/u.test(after.word)
    ? object
      ? 1.6
      : 1.3
    : null;
}

/** "all events written to `audit_logs`", "passwords are hashed". */
function participleWeight({ word, next }: Word, near: Near): number | null {
  const { words, index, after, isTask } = near;
  if (index === 0) return null;
  if (!PROVABLE_PARTICIPLES.has(word)) {
    const adverb = /^(?:only|never|always|automatically|immediately|then|also)$/u.test(words[index - 1]?.word ?? "");
    const passive = /(?:ed|en|wn|pt|lt)$/u.test(word) && /^(?:is|are|be|gets?)$/u.test(words[index - (adverb ? 2 : 1)]?.word ?? "");
    const stated = /^\p{L}{3,}ed$/u.test(word) && next === "" && PLACES.has(after?.word ?? "") && !NO_STATE_WHERE.has(word);
    return (passive || stated) && !VAGUE_WORDS.has(word) && !NOT_A_STATE.has(word) && !TASK_VERBS.has(word) ? (isTask ? 0.6 : 1.5) : null;
  }
  const helped = [1, 2, 3].some((step) => AUXILIARIES.has(words[index - step]?.word ?? ""));
  const led = after !== undefined && next === "" && PREPOSITIONS.has(after.word) && !(word === "written" && after.word === "for");
  if (isTask) return helped || led ? 0.7 : 0.5;
  if (helped || led) return helped && led ? 1.9 : 1.6;
  if (/^[({]/u.test(next)) return 1.6;
  return (next === "" && after === undefined) || /^[;,.]/u.test(next) ? (SURE_STATES.test(word) ? 1.3 : 1) : null;
}

/** "return 503 when ...", "then page the on-call". */
function imperativeWeight({ word, next, gap, at }: Word, near: Near): number | null {
  const { before, after, lower } = near;
  if (!EFFECT_BASES.has(word) || after === undefined || next === ":" || MECHANISM_AFTER.test(after.word)) return null;
  const opensClause =
    near.index === 0 || /[:;,.(—–>→|=]/u.test(gap) || /^(?:and|then|must|will|shall|should|can|to|may|or)$/u.test(before?.word ?? "");
  if (!opensClause) return null;
  if (vagueNear(near)) return 0.3;
  const modal = /^(?:must|will|shall|should|then)$/u.test(before?.word ?? "");
  const concrete = /^(?:`|\{|"|[1-5]\d\d\b|\d)/u.test(lower.slice(after.at)) || /\b[1-5]\d\d\b|\{[^}]/u.test(lower.slice(at, at + 60));
  const answers = /^(?:return|respond|reply|answer|reject|send)$/u.test(word) && /[\d`{]/u.test(lower.slice(at, at + 60));
  if (concrete || answers) return 1.8;
  return near.conditioned ? (modal ? 1.8 : 1.6) : modal ? 0.9 : 0.6;
}

/** Whether the effect is only called graceful or proper within the next words. */
function vagueNear({ words, index }: Near): boolean {
  return [-1, 1, 2, 3].some((step) => VAGUE_MANNER.has(words[index + step]?.word ?? ""));
}

function clauseAround(text: string, at: number): string {
  const opened = Math.max(text.lastIndexOf("; ", at), text.lastIndexOf(". ", at));
  const start = opened < 0 ? 0 : opened + 2;
  const ends = [text.indexOf("; ", at), text.indexOf(". ", at + 1)].filter((end) => end >= 0);
  return text.slice(start, Math.min(text.length, ...ends, start + QUOTE_CHARACTERS)).trim();
}
