import { matchesOf } from "./matches-of.ts";
import { hasOtherLetters, spansOfWords, wordAlphabet } from "./word-spans.ts";

/** A run of letters and digits, of which names are made. */
export interface Atom {
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
}

/** Scripts that put no space between a Latin name and their own words. */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}ー`;
/** The same as a pattern; global. */
export const ATOM = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{L}\\p{N}_])+`, "gu");
const ATOM_ALPHABET = wordAlphabet("_", "_");

/** The atoms of a text, in order. */
export function atomsOf(masked: string): readonly Atom[] {
  if (hasOtherLetters(masked))
    return matchesOf(ATOM, masked).map(({ 0: text, index: start }) => ({
      text,
      lower: text.toLowerCase(),
      start,
      end: start + text.length,
    }));
  const atoms: Atom[] = [];
  const spans = spansOfWords(masked, ATOM_ALPHABET);
  for (let place = 0; place < spans.length; place += 2) {
    const start = spans[place] ?? 0;
    const end = spans[place + 1] ?? 0;
    const text = masked.slice(start, end);
    atoms.push({ text, lower: text.toLowerCase(), start, end });
  }
  return atoms;
}
