import { letterGroupsOf, SLOTS } from "./letter-slots.ts";
import { slotsNeeded } from "./needed-slots.ts";

/**
 * A cheap first look before a regular expression is run: most patterns need one of a few literal pieces, and a text that has
 * none of their first letters cannot match. Makes hundreds of patterns per item affordable.
 */

interface Alternative {
  readonly pattern: number;
  /** What a text has besides, if it matches. */
  readonly others: readonly number[];
}

/** Many patterns made ready for many short texts. */
export interface PatternSet {
  readonly patterns: readonly RegExp[];
  /** Patterns that need no letters, by their place. */
  readonly always: readonly number[];
  /** A row of alternatives for each slot that one needs; a plain array, as it is asked for every slot of every text. */
  readonly bySlot: readonly (readonly Alternative[] | undefined)[];
  /** 1 where a slot has a row; small enough to stay at hand. */
  readonly wanted: Uint8Array;
  /** By pattern, the last look in which it was a candidate. */
  readonly seen: Uint32Array;
}

/**
 * Prepares patterns that run on lower-cased text. `\p{L}` and `\p{N}` become a few ranges, which compile and run several
 * times faster and differ only for rare signs. A case-insensitive pattern must hold no capitals; it loses the flag.
 */
export function preparePatterns(patterns: readonly RegExp[]): PatternSet {
  const always: number[] = [];
  const bySlot: (Alternative[] | undefined)[] = Array.from({ length: SLOTS });
  const needed = patterns.map(({ source }) => slotsNeeded(source));
  const uses = new Uint32Array(SLOTS);
  for (const slot of needed.flatMap((alternatives) => alternatives ?? []).flat()) uses[slot] = (uses[slot] ?? 0) + 1;
  for (const [pattern, alternatives] of needed.entries()) {
    if (alternatives === null) always.push(pattern);
    for (const alternative of alternatives ?? []) {
      const [rarest, ...others] = alternative.toSorted((a, b) => (uses[a] ?? 0) - (uses[b] ?? 0));
      if (rarest !== undefined) (bySlot[rarest] ??= []).push({ pattern, others });
    }
  }
  return {
    patterns: patterns.map(({ source }) => withoutUnicodeSets(source)),
    always,
    bySlot,
    wanted: Uint8Array.from(bySlot, (row) => (row === undefined ? 0 : 1)),
    seen: new Uint32Array(patterns.length),
  };
}

/** The places of the patterns that may match a lower-cased text, each once, in no order. None that matches is left out. */
export function findCandidates(set: PatternSet, lower: string): readonly number[] {
  const candidates: number[] = [];
  eachCandidate(set, lower, (place) => candidates.push(place));
  return candidates;
}

function eachCandidate({ always, bySlot, wanted, seen }: PatternSet, lower: string, use: (place: number) => void): void {
  for (const place of always) use(place);
  const { has, slots, count } = letterGroupsOf(lower);
  look = (look + 1) >>> 0;
  for (let at = 0; at < count; at += 1) {
    const slot = slots[at] ?? 0;
    if (wanted[slot] === 0) continue;
    const row = bySlot[slot];
    if (row === undefined) continue;
    for (let place = 0; place < row.length; place += 1) {
      const alternative = row[place];
      if (alternative === undefined || seen[alternative.pattern] === look || !hasAll(has, alternative.others)) continue;
      seen[alternative.pattern] = look;
      use(alternative.pattern);
    }
  }
}

/** Counts the looks, so that no list of seen patterns must be emptied between them. */
let look = 0;

function hasAll(has: Uint8Array, slots: readonly number[]): boolean {
  for (let at = 0; at < slots.length; at += 1) if (has[slots[at] ?? 0] === 0) return false;
  return true;
}

/** Where each pattern that matches the lower-cased text matches first, by the pattern's place. */
export function findMatches(set: PatternSet, lower: string): ReadonlyMap<number, number> {
  const matches = new Map<number, number>();
  for (const place of findCandidates(set, lower).toSorted((a, b) => a - b)) {
    const at = set.patterns[place] === undefined ? -1 : lower.search(set.patterns[place]);
    if (at >= 0) matches.set(place, at);
  }
  return matches;
}

/** Texts that are looked at together. */
const TOGETHER = 1024;

/**
 * `findMatches` for each of the texts. One pattern is run over all of them before the next: a processor that has a pattern at
 * hand runs it several times faster.
 */
export function findMatchesInAll(set: PatternSet, lowers: readonly string[]): readonly ReadonlyMap<number, number>[] {
  if (lowers.length === 1) return [findMatches(set, lowers[0] ?? "")];
  const found = lowers.map(() => new Map<number, number>());
  for (let start = 0; start < lowers.length; start += TOGETHER) {
    const end = Math.min(lowers.length, start + TOGETHER);
    const candidates: number[][] = set.patterns.map(() => []);
    for (let text = start; text < end; text += 1) eachCandidate(set, lowers[text] ?? "", (place) => candidates[place]?.push(text));
    for (let place = 0; place < set.patterns.length; place += 1) {
      const pattern = set.patterns[place];
      const texts = candidates[place];
      if (pattern !== undefined && texts !== undefined && texts.length > 0) searchEach(pattern, place, texts, lowers, found);
    }
  }
  return found;
}

function searchEach(
  pattern: RegExp,
  place: number,
  texts: readonly number[],
  lowers: readonly string[],
  found: readonly Map<number, number>[],
): void {
  for (let index = 0; index < texts.length; index += 1) {
    const text = texts[index] ?? 0;
    const lower = lowers[text] ?? "";
    if (pattern.test(lower)) found[text]?.set(place, lower.search(pattern));
  }
}

/** Letters of all common scripts and halves of pairs, without the blocks of punctuation, arrows and mathematical signs between them. */
const LETTERS = "a-zA-Z\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u1fff\\u2c00-\\u2dff\\u3041-\\ufdff";

/** The pattern over code units where it names no other set of letters: it compiles faster. */
function withoutUnicodeSets(source: string): RegExp {
  const plain = withPlainLetters(source);
  return new RegExp(plain, /\\[pPu]\{/u.test(plain) ? "u" : "");
}

function withPlainLetters(source: string): string {
  let inClass = false;
  return source.replaceAll(/\\p\{([LN])\}|\\[\s\S]|[[\]]/gu, (unit, property: string | undefined) => {
    if (unit === "[") inClass = true;
    if (unit === "]") inClass = false;
    if (property === undefined) return unit;
    const range = property === "L" ? LETTERS : "0-9";
    return inClass ? range : `[${range}]`;
  });
}
