import { blankPurposes } from "./blank-purposes.ts";
import { findMatchesInAll, preparePatterns } from "./literal-filter.ts";
import { WHOLE_TEXT_SIGNS } from "./outcome-signs/whole-text-signs.ts";
import { isQuestion, refusal } from "./refusal.ts";
import { type Sign, VAGUE, wordSigns } from "./word-signs.ts";

/** What was read about an item's outcome. */
export interface OutcomeReading {
  readonly answer: "yes" | "no" | "unsure";
  /** The clause that states it; null when none does. */
  readonly quote: string | null;
}

/** From this sum of weights on an outcome is sure; the numbers were fitted to labelled items (bench/plans.ts). */
const SURE = 1.5;
const LIKELY = 1.2;
const POSSIBLE = 0.55;
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

/** Start and end of the clause in which a place lies; a full stop and a semicolon part clauses. */
function clauseAround(text: string, at: number): readonly [start: number, end: number] {
  const opened = Math.max(text.lastIndexOf("; ", at), text.lastIndexOf(". ", at));
  const ends = [text.indexOf("; ", at), text.indexOf(". ", at + 1)].filter((end) => end >= 0);
  return [opened < 0 ? 0 : opened + 2, Math.min(text.length, ...ends)];
}
