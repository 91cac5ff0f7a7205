import { matchesOf } from "./matches-of.ts";
import { factsOf } from "./word-facts.ts";
import { hasOtherLetters, spansOfWords, wordAlphabet } from "./word-spans.ts";

/** A word of an item and what is known about it. */
export interface Word {
  readonly word: string;
  readonly at: number;
  readonly end: number;
  /** The sign right after the word, without spaces. */
  readonly next: string;
  /** The bits of `WORD`. */
  readonly facts: number;
}

const ANY_WORD = /[\p{L}\p{N}_`%'-]*[\p{L}\p{N}_%`]/gu;
const ALPHABET = wordAlphabet("_`%'-", "_`%");

/** The words of a lower-cased text, in order. */
export function wordsOf(lower: string): readonly Word[] {
  if (hasOtherLetters(lower)) return matchesOf(ANY_WORD, lower).map(({ 0: found, index: at }) => wordAt(lower, at, at + found.length));
  const words: Word[] = [];
  const spans = spansOfWords(lower, ALPHABET);
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

/** Whether any of the bits of `WORD` holds for the word; false without a word. */
export function is(word: Word | undefined, bits: number): boolean {
  return word !== undefined && (word.facts & bits) !== 0;
}
