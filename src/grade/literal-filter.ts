/**
 * A cheap first look before a regular expression is run: most patterns need one of a few literal pieces, and a text that has
 * none of their first letters cannot match. Makes hundreds of patterns per item affordable.
 */

const SLOTS = 8192;
const LAST_ASCII = 0x7f;

/** Which pairs and triples of letters a text holds, as a small hash table: false hits are possible, misses are not. */
interface LetterGroups {
  readonly text: string;
  readonly has: Uint8Array;
  /** The slots that are set, each once. */
  readonly slots: readonly number[];
}

/** The last few texts are asked about by several sets in a row; their tables are used again. */
const REMEMBERED = 4;
const recent: LetterGroups[] = [];
let oldest = 0;

function letterGroupsOf(lower: string): LetterGroups {
  for (const known of recent) if (known.text === lower) return known;
  const used = recent[oldest];
  const has = used?.has ?? new Uint8Array(SLOTS);
  for (const slot of used?.slots ?? []) has[slot] = 0;
  const groups = { text: lower, has, slots: readSlots(lower, has) };
  recent[oldest] = groups;
  oldest = (oldest + 1) % REMEMBERED;
  return groups;
}

function readSlots(lower: string, has: Uint8Array): readonly number[] {
  const slots: number[] = [];
  let first = lower.charCodeAt(0);
  let second = lower.charCodeAt(1);
  for (let at = 2; at <= lower.length; at += 1) {
    const third = at < lower.length ? lower.charCodeAt(at) : 0;
    if (first > LAST_ASCII) {
      const pair = pairSlot(first, second);
      if (has[pair] === 0) slots.push(pair);
      has[pair] = 1;
    }
    const triple = tripleSlot(first, second, third);
    if (has[triple] === 0) slots.push(triple);
    has[triple] = 1;
    first = second;
    second = third;
  }
  return slots;
}

function pairSlot(first: number, second: number): number {
  return (first * 131 + second * 17 + 7) & (SLOTS - 1);
}

function tripleSlot(first: number, second: number, third: number): number {
  return (first * 961 + second * 131 + third * 29 + 3) & (SLOTS - 1);
}

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
    seen: new Uint32Array(patterns.length),
  };
}

/** The places of the patterns that may match a lower-cased text, each once, in no order. None that matches is left out. */
export function findCandidates({ always, bySlot, seen }: PatternSet, lower: string): readonly number[] {
  const candidates: number[] = [...always];
  const { has, slots } = letterGroupsOf(lower);
  look = (look + 1) >>> 0;
  for (const slot of slots) {
    const row = bySlot[slot];
    if (row === undefined) continue;
    for (const { pattern, others } of row) {
      if (seen[pattern] === look || !hasAll(has, others)) continue;
      seen[pattern] = look;
      candidates.push(pattern);
    }
  }
  return candidates;
}

/** Counts the looks, so that no list of seen patterns must be emptied between them. */
let look = 0;

function hasAll(has: Uint8Array, slots: readonly number[]): boolean {
  for (const slot of slots) if (has[slot] === 0) return false;
  return true;
}

/** Where each pattern that matches the lower-cased text matches first, by the pattern's place. */
export function findMatches(set: PatternSet, lower: string): ReadonlyMap<number, number> {
  const matches = new Map<number, number>();
  for (const place of findCandidates(set, lower)) {
    const at = set.patterns[place] === undefined ? -1 : lower.search(set.patterns[place]);
    if (at >= 0) matches.set(place, at);
  }
  return matches;
}

/** Whether any of the patterns matches the lower-cased text, or the `part` of it that is given. */
export function isAnyMatched(set: PatternSet, lower: string, part = lower): boolean {
  for (const place of findCandidates(set, lower)) if (set.patterns[place]?.test(part) === true) return true;
  return false;
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

/** The slots of each alternative, or null when some alternative needs no literal. */
function slotsNeeded(source: string): readonly (readonly number[])[] | null {
  const slots: (readonly number[])[] = [];
  for (const alternative of alternativesOf(source)) {
    const own = slotsOfAlternative(alternative);
    if (own === null) return null;
    slots.push(...own);
  }
  return slots;
}

function alternativesOf(source: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < source.length; at = skipUnit(source, at)) {
    if (source[at] !== "|") continue;
    parts.push(source.slice(start, at));
    start = at + 1;
  }
  return [...parts, source.slice(start)];
}

/** The index after the escape, class, group or character that starts here. */
function skipUnit(source: string, at: number): number {
  const character = source[at];
  if (character === "\\") {
    if (source[at + 2] === "{" && "pPu".includes(source[at + 1] ?? "-")) return source.indexOf("}", at) + 1;
    return at + ({ x: 4, u: 6 }[source[at + 1] ?? ""] ?? 2);
  }
  if (character === "[") {
    let end = at + 1;
    while (end < source.length && source[end] !== "]") end += source[end] === "\\" ? 2 : 1;
    return end + 1;
  }
  if (character !== "(") return at + 1;
  let end = at + 1;
  while (end < source.length && source[end] !== ")") end = skipUnit(source, end);
  return end + 1;
}

const STANDS_FOR_ITSELF = /^[\p{L}\p{N} _/-]$/u;

/** The character for which a unit stands, bare or escaped; undefined when it stands for more than one. */
function literalOf(unit: string): string | undefined {
  if (unit.length === 1) return STANDS_FOR_ITSELF.test(unit) ? unit : undefined;
  return unit.length === 2 && unit[0] === "\\" && "./+-".includes(unit[1] ?? "?") ? unit[1] : undefined;
}

function slotsOfAlternative(alternative: string): readonly (readonly number[])[] | null {
  let run = "";
  let longest = "";
  let inGroup: readonly (readonly number[])[] | null = null;
  for (let at = 0; at < alternative.length;) {
    const end = skipUnit(alternative, at);
    const unit = alternative.slice(at, end);
    const quantifier = alternative[end] ?? "";
    const optional = quantifier === "?" || quantifier === "*" || quantifier === "{";
    const literal = literalOf(unit);
    if (literal !== undefined && !optional) run += literal;
    else if (unit !== "\\b") {
      if (unit.startsWith("(?:") && !optional) inGroup ??= slotsNeeded(unit.slice(3, -1));
      run = "";
    }
    if (run.length > longest.length) longest = run;
    at = end;
    if (!optional && quantifier !== "+") continue;
    if (quantifier === "+") run = "";
    at = quantifier === "{" ? alternative.indexOf("}", end) + 1 : end + 1;
    if (alternative[at] === "?") at += 1;
  }
  if (longest.length >= 3) return [triplesOf(longest)];
  if (longest.length === 2 && /[^\p{ASCII}]{2}/u.test(longest)) return [[pairSlot(longest.charCodeAt(0), longest.charCodeAt(1))]];
  return inGroup;
}

function triplesOf(run: string): readonly number[] {
  const last = run.length - 3;
  return [...new Set([0, Math.floor(last / 2), last])].map((at) =>
    tripleSlot(run.charCodeAt(at), run.charCodeAt(at + 1), run.charCodeAt(at + 2)),
  );
}
