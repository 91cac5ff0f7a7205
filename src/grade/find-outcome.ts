import { blankPurposes } from "./blank-purposes.ts";
import { findMatchesInAll, preparePatterns } from "./literal-filter.ts";
import { WHOLE_TEXT_SIGNS } from "./outcome-signs/whole-text-signs.ts";
import { matchesOf } from "./matches-of.ts";
import { isQuestion, refusal } from "./refusal.ts";
import { factsOf, WORD } from "./word-facts.ts";
import { hasOtherLetters, spansOfWords, wordSigns as signsOfWords } from "./word-spans.ts";

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
/** More vague words than this weigh no more. */
const MOST_VAGUE = 2;

const ASKS_TO_VERIFY =
  /^(?:verify|ensure|confirm|check|test|assert|validate|make sure|guarantee|vérifier|verificar|проверить)(?:\s(?:that|the|whether|que|all))?[\s:]+/iu;

/**
 * Whether an item says what can be measured: a trigger and its effect, a response, fields that are emitted, a target, an
 * alert's condition, an end state that a look proves. Completion words, bare settings, purposes, questions and refusals are
 * not outcomes.
 */
export function findOutcome(text: string): OutcomeReading {
  return findOutcomes([text])[0] ?? NO_OUTCOME;
}

/** `findOutcome` for each of the texts, in a fraction of the time. */
export function findOutcomes(texts: readonly string[]): readonly OutcomeReading[] {
  const lowers = texts.map((text) =>
    isQuestion(text) || refusal(text) !== null
      ? ""
      : blankPurposes(text.replace(ASKS_TO_VERIFY, (prefix) => " ".repeat(prefix.length)).toLowerCase()).trimEnd(),
  );
  const matches = findMatchesInAll(SIGN_PATTERNS, lowers);
  return texts.map((text, index) => {
    const lower = lowers[index] ?? "";
    return lower === ""
      ? NO_OUTCOME
      : weigh(text, [...wordSigns(lower), ...wholeTextSigns(lower, matches[index] ?? new Map<number, number>())]);
  });
}

const NO_OUTCOME: OutcomeReading = { answer: "no", quote: null };

function weigh(text: string, signs: readonly Sign[]): OutcomeReading {
  const positive = signs.filter((sign) => sign.weight > 0).toSorted((a, b) => b.weight - a.weight || a.at - b.at);
  const [best] = positive;
  if (!best) return NO_OUTCOME;
  const support = positive.slice(1, 4).reduce((sum, sign) => sum + sign.weight * 0.35, 0);
  const [from, to] = clauseAround(text, best.at);
  const negative = signs.filter((sign) => sign.weight < 0 && (sign.at === 0 || (sign.at >= from && sign.at <= to)));
  const vague = negative.filter((sign) => sign.weight === VAGUE).length;
  const against = negative.reduce((sum, sign) => sum + sign.weight, 0) - VAGUE * Math.max(0, vague - MOST_VAGUE);
  const score = best.weight + support + Math.max(-1.2, against);
  if (score < POSSIBLE) return NO_OUTCOME;
  const quote = text.slice(from, Math.min(to, from + QUOTE_CHARACTERS)).trim();
  if (score >= SURE) return { answer: "yes", quote };
  return { answer: "unsure", quote: score >= LIKELY ? quote : null };
}

const SIGN_PATTERNS = preparePatterns(WHOLE_TEXT_SIGNS.map(({ pattern }) => pattern));

function wholeTextSigns(lower: string, matches: ReadonlyMap<number, number>): readonly Sign[] {
  const signs: Sign[] = [];
  for (const [place, at] of matches) {
    const sign = WHOLE_TEXT_SIGNS[place];
    if (sign && !(sign.unless?.test(lower) ?? false)) signs.push({ at, weight: sign.weight });
  }
  return signs;
}

interface Word {
  readonly word: string;
  readonly at: number;
  readonly end: number;
  /** The sign right after the word, without spaces. */
  readonly next: string;
  /** The bits of `WORD`. */
  readonly facts: number;
}

const ANY_WORD = /[\p{L}\p{N}_`%'-]*[\p{L}\p{N}_%`]/gu;
const WORD_SIGNS = signsOfWords("_`%'-", "_`%");

function wordsOf(lower: string): readonly Word[] {
  if (hasOtherLetters(lower)) return matchesOf(ANY_WORD, lower).map(({ 0: found, index: at }) => wordAt(lower, at, at + found.length));
  const words: Word[] = [];
  const spans = spansOfWords(lower, WORD_SIGNS);
  for (let place = 0; place < spans.length; place += 2) words.push(wordAt(lower, spans[place] ?? 0, spans[place + 1] ?? 0));
  return words;
}

function wordAt(lower: string, at: number, end: number): Word {
  const found = lower.slice(at, end);
  const word = found.includes("`") ? found.replaceAll("`", "") : found;
  return { word, at, end, next: signAfter(lower, end), facts: factsOf(word) };
}

function signAfter(lower: string, end: number): string {
  let at = end;
  if (lower[at] === "`") at += 1;
  if (lower[at] === " ") at += 1;
  const sign = lower[at] ?? "";
  const code = lower.charCodeAt(at);
  return code < NO_SIGN.length ? (NO_SIGN[code] === 1 ? "" : sign) : /^[^\s\p{L}\p{N}]/u.test(sign) ? sign : "";
}

/** 1 for what opens the next word: letters, digits, spaces, quotes and slashes. */
const NO_SIGN = Uint8Array.from({ length: 128 }, (_, code) => (/[\s\p{L}\p{N}`"'/]/u.test(String.fromCharCode(code)) ? 1 : 0));

/** Whether any of the bits holds for the word; false without a word. */
function is(word: Word | undefined, bits: number): boolean {
  return word !== undefined && (word.facts & bits) !== 0;
}

const OBJECTS =
  /^(?:an?|the|to|on|with|it|its|them|only|warnings?|errors?|every|each|all|up|back|as|into|at|in|from|for|by|after|when|if|within|out|against|under|over|without|no|new|same|original|previous|\d.*|[`{"'[].*|un|une|le|la|el|der|die|das|ein)$/u;
const WITHOUT_BLAME = /^(?:shutdown|degradation|fallback|termination)$/u;

function wordSigns(lower: string): readonly Sign[] {
  const words = wordsOf(lower);
  const isTask = is(words[0], WORD.task) && !/[:;→]/u.test(lower);
  const lastTrigger = words.findLastIndex((word, index) => is(word, WORD.trigger) && index < words.length - 1);
  const signs: Sign[] = [];
  const vague: number[] = [];
  for (const [index, word] of words.entries()) {
    if (is(word, WORD.vague) && isVague(word, words, index, lower)) vague.push(word.at);
    if (!is(word, SPEAKS)) continue;
    const near: Near = { lower, words, index, before: words[index - 1], after: words[index + 1], isTask, conditioned: lastTrigger > index };
    const weight = effectWeight(word, near) ?? participleWeight(word, near) ?? imperativeWeight(word, near);
    if (weight !== null) signs.push({ at: near.before?.at ?? word.at, weight });
  }
  for (const at of vague) signs.push({ at, weight: VAGUE });
  if (isTask) signs.push({ at: 0, weight: -0.4 });
  else if (words.length >= LONG_WORDS) signs.push({ at: 0, weight: 0.6 });
  return signs;
}

const VAGUE = -0.5;
const ADJECTIVE_BEFORE_NOUN =
  /^(?:configured|documented|tested|defined|monitored|tracked|scheduled|managed|validated|verified|supported|enabled)$/u;

/** Whether a word of `VAGUE_WORDS` is meant as such: not a path (`/ready`), nor a set of things, nor an adjective before its noun ("the configured limit"). */
function isVague(own: Word, words: readonly Word[], index: number, lower: string): boolean {
  const after = words[index + 1];
  if (WITHOUT_BLAME.test(after?.word ?? "") || lower[own.at - 1] === "/") return false;
  if (own.word === "set" || own.word === "plan") return index === 0 || is(words[index - 1], WORD.beAuxiliary) || after?.word === "up";
  if (own.word === "ready" && is(after, WORD.effectVerb | WORD.effectVerbOrNoun)) return false;
  const isAdjective = ADJECTIVE_BEFORE_NOUN.test(own.word) && own.next === "" && after !== undefined;
  return !(
    isAdjective &&
    index > 0 &&
    !is(words[index - 1], WORD.beAuxiliary | WORD.plural) &&
    !is(after, WORD.preposition | WORD.opensClause)
  );
}

/** A word without any of these says nothing of an effect. */
const SPEAKS =
  WORD.effectVerb |
  WORD.opensAsEffect |
  WORD.effectVerbOrNoun |
  WORD.effectBase |
  WORD.provable |
  WORD.looksLikeVerb |
  WORD.passiveForm |
  WORD.pastForm;

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
function effectWeight(own: Word, near: Near): number | null {
  const { word, next } = own;
  const { before, after, isTask } = near;
  if (before === undefined) {
    const opens = is(own, WORD.opensAsEffect) && after !== undefined && next !== ":" && after.word !== "up";
    return opens ? 1.6 : null;
  }
  if (is(own, WORD.effectVerb)) {
    if (is(before, WORD.determiner) || next === ":") return null;
    if (
      /^(?:this|that|it)\W*$/u.test(near.lower.slice(own.end + 1, own.end + 6)) ||
      /^\s?\((?!\d{3}\b|`|\{)/u.test(near.lower.slice(own.end))
    )
      return 0.9;
    if (after === undefined) return 1.3;
    return vagueNear(near) ? 0.6 : isTask ? 1.3 : 1.7;
  }
  if (after === undefined || next !== "") return null;
  if (
    is(own, WORD.effectVerbOrNoun) &&
    hasObject(near) &&
    (word === "fails" || !/^(?:with|for)$/u.test(after.word)) &&
    !is(before, WORD.nounBefore)
  ) {
    return isTask || vagueNear(near) ? 0.6 : 1.6;
  }
  if (
    is(own, WORD.looksLikeVerb) &&
    is(after, WORD.opensObject) &&
    !is(before, WORD.nounBefore | WORD.preposition) &&
    before.next === "" &&
    !isTask
  )
    return 1.5;
  if (!is(own, WORD.effectBase) || isTask || !is(before, WORD.plural) || is(before, WORD.effectVerb) || before.next !== "") return null;
  if (vagueNear(near) || is(after, WORD.beforeNoun)) return null;
  if (hasObject(near)) return 1.6;
  const opensItem = near.index < 2 ? before.at === 0 : before.at === near.words[near.index - 2]?.end;
  return opensItem ? null : 1.3;
}

/** Whether the word after shows that the word before it is a verb. */
function hasObject({ lower, after }: Near): boolean {
  if (after === undefined) return false;
  const end = lower.indexOf(" ", after.at);
  return OBJECTS.test(lower.slice(after.at, end < 0 ? lower.length : end));
}

/** "all events written to `audit_logs`", "passwords are hashed". */
function participleWeight(own: Word, near: Near): number | null {
  const { next } = own;
  const { words, index, before, after, isTask } = near;
  if (index === 0) return null;
  if (!is(own, WORD.provable)) {
    const helper = is(before, WORD.adverb) ? words[index - 2] : before;
    const passive = is(own, WORD.passiveForm) && is(helper, WORD.beAuxiliary);
    const stated = is(own, WORD.pastForm) && next === "" && is(after, WORD.place) && !is(own, WORD.noStateWhere);
    return (passive || stated) && !is(own, WORD.vague | WORD.notAState | WORD.task) ? (isTask ? 0.6 : 1.5) : null;
  }
  const helped = [1, 2, 3].some((step) => is(words[index - step], WORD.auxiliary));
  const led = next === "" && is(after, WORD.preposition) && !(own.word === "written" && after?.word === "for");
  if (isTask) return helped || led ? 0.7 : 0.5;
  if (helped || led) return helped && led ? 1.9 : 1.6;
  if (/^[({]/u.test(next)) return 1.6;
  return (next === "" && after === undefined) || /^[;,.]/u.test(next) ? (is(own, WORD.sureState) ? 1.5 : 1) : null;
}

/** "return 503 when ...", "then page the on-call". */
function imperativeWeight(own: Word, near: Near): number | null {
  const { word, at } = own;
  const { before, after, lower } = near;
  if (!is(own, WORD.effectBase) || after === undefined || own.next === ":" || is(after, WORD.mechanism)) return null;
  const opensClause = before === undefined || /[:;,.(—–>→|=]/u.test(lower.slice(before.end, at)) || is(before, WORD.opensClause);
  if (!opensClause) return null;
  if (vagueNear(near)) return 0.3;
  const modal = is(before, WORD.modal);
  const concrete = /^(?:`|\{|"|[1-5]\d\d\b|\d)/u.test(lower.slice(after.at)) || /\b[1-5]\d\d\b|\{[^}]/u.test(lower.slice(at, at + 60));
  const answers = /^(?:return|respond|reply|answer|reject|send)$/u.test(word) && /[\d`{]/u.test(lower.slice(at, at + 60));
  if (concrete || answers) return 1.8;
  return near.conditioned ? (modal ? 1.8 : 1.6) : modal ? 1.5 : 0.6;
}

/** Whether the effect is only called graceful or proper within the next words, or its object is empty praise. */
function vagueNear({ words, index }: Near): boolean {
  if ([-1, 1, 2, 3].some((step) => is(words[index + step], WORD.vagueManner))) return true;
  for (let step = index + 1; step <= index + EMPTY_REACH && step < words.length; step += 1) {
    if (is(words[step], WORD.empty)) return true;
    if (words[step - 1]?.next !== "" || CONCRETE_WORD.test(words[step]?.word ?? "")) return false;
  }
  return false;
}

const EMPTY_REACH = 5;
/** A status, a field in snake case: whoever names it says what is seen. */
const CONCRETE_WORD = /^[1-5]\d\d$|_/u;

/** Start and end of the clause in which a place lies; a full stop and a semicolon part clauses. */
function clauseAround(text: string, at: number): readonly [start: number, end: number] {
  const opened = Math.max(text.lastIndexOf("; ", at), text.lastIndexOf(". ", at));
  const ends = [text.indexOf("; ", at), text.indexOf(". ", at + 1)].filter((end) => end >= 0);
  return [opened < 0 ? 0 : opened + 2, Math.min(text.length, ...ends)];
}
