import { effectWeight, imperativeWeight, type Near, participleWeight } from "./effect-weights.ts";
import { is, type Word, wordsOf } from "./item-words.ts";
import { WORD } from "./word-facts.ts";

/** Something that speaks for an outcome, or below zero against it, and where it stands. */
export interface Sign {
  readonly at: number;
  readonly weight: number;
}

/** A sentence this long may state an outcome in words that are not known here. */
const LONG_WORDS = 12;
const WITHOUT_BLAME = /^(?:shutdown|degradation|fallback|termination)$/u;

/** What the words of a lower-cased item say for an outcome or against it. */
export function wordSigns(lower: string): readonly Sign[] {
  const words = wordsOf(lower);
  const opening = /^(?:we|i)$/u.test(words[0]?.word ?? "") ? words[1] : words[0];
  const isTask = is(opening, WORD.task) && !/[:;→]/u.test(lower);
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

/** The weight of a vague word. */
export const VAGUE = -0.5;
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
