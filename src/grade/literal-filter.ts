/**
 * A cheap first look before a regular expression is run: most patterns need one of a few literal pieces, and a text that has
 * none of their first letters cannot match. Makes hundreds of patterns per item affordable.
 */

const SLOTS = 8192;
const LAST_ASCII = 0x7f;

/** Which pairs and triples of letters a text holds, as a small hash table: false hits are possible, misses are not. */
interface LetterGroups {
  readonly has: Uint8Array;
  /** The slots that are set, each once. */
  readonly slots: readonly number[];
}

/** The last few texts are asked about by several sets in a row. */
const REMEMBERED = 4;
const recent = new Map<string, LetterGroups>();

function letterGroupsOf(lower: string): LetterGroups {
  const known = recent.get(lower);
  if (known) return known;
  const groups = readLetterGroups(lower);
  if (recent.size >= REMEMBERED) recent.clear();
  recent.set(lower, groups);
  return groups;
}

function readLetterGroups(lower: string): LetterGroups {
  const has = new Uint8Array(SLOTS);
  const slots: number[] = [];
  const set = (slot: number): void => {
    if (has[slot] === 1) return;
    has[slot] = 1;
    slots.push(slot);
  };
  for (let at = 0; at + 1 < lower.length; at += 1) {
    if (lower.charCodeAt(at) > LAST_ASCII) set(pairSlot(lower, at));
    if (at + 2 < lower.length) set(tripleSlot(lower, at));
  }
  return { has, slots };
}

function pairSlot(text: string, at: number): number {
  return (text.charCodeAt(at) * 131 + text.charCodeAt(at + 1) * 17 + 7) % SLOTS;
}

function tripleSlot(text: string, at: number): number {
  return (text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 131 + text.charCodeAt(at + 2) * 29 + 3) % SLOTS;
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
  readonly bySlot: ReadonlyMap<number, readonly Alternative[]>;
}

/**
 * Prepares patterns that run on lower-cased text. `\p{L}` and `\p{N}` become a few ranges, which compile and run several
 * times faster and differ only for rare signs. A case-insensitive pattern must hold no capitals; it loses the flag.
 */
export function preparePatterns(patterns: readonly RegExp[]): PatternSet {
  const always: number[] = [];
  const bySlot = new Map<number, Alternative[]>();
  for (const [pattern, { source }] of patterns.entries()) {
    const alternatives = slotsNeeded(source);
    if (alternatives === null) always.push(pattern);
    for (const [first, ...others] of alternatives ?? []) {
      if (first === undefined) continue;
      const known = bySlot.get(first) ?? [];
      known.push({ pattern, others });
      bySlot.set(first, known);
    }
  }
  return { patterns: patterns.map(({ source, flags }) => new RegExp(withPlainLetters(source), flags.replace("i", ""))), always, bySlot };
}

/** The places of the patterns that may match a lower-cased text, in no order. None that matches is left out. */
export function findCandidates({ always, bySlot }: PatternSet, lower: string): ReadonlySet<number> {
  const candidates = new Set(always);
  const { has, slots } = letterGroupsOf(lower);
  for (const slot of slots) {
    for (const { pattern, others } of bySlot.get(slot) ?? [])
      if (!candidates.has(pattern) && others.every((other) => has[other] === 1)) candidates.add(pattern);
  }
  return candidates;
}

/** The first match of each pattern that matches the lower-cased text, by the pattern's place. */
export function findMatches(set: PatternSet, lower: string): ReadonlyMap<number, RegExpExecArray> {
  const matches = new Map<number, RegExpExecArray>();
  for (const place of findCandidates(set, lower)) {
    const match = set.patterns[place]?.exec(lower);
    if (match) matches.set(place, match);
  }
  return matches;
}

/** Whether any of the patterns matches the lower-cased text. */
export function isAnyMatched(set: PatternSet, lower: string): boolean {
  for (const place of findCandidates(set, lower)) if (set.patterns[place]?.test(lower) === true) return true;
  return false;
}

/** Letters of all common scripts, without the blocks of punctuation, arrows and mathematical signs between them. */
const LETTERS =
  "a-zA-Z\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u1fff\\u2c00-\\u2dff\\u3041-\\ufdff\\u{10000}-\\u{1ffff}\\u{20000}-\\u{3ffff}";

function withPlainLetters(source: string): string {
  let plain = "";
  let inClass = false;
  for (let at = 0; at < source.length; at += 1) {
    const property = /^\\p\{[LN]\}/u.exec(source.slice(at, at + 5))?.[0];
    if (property !== undefined) {
      const range = property === "\\p{L}" ? LETTERS : "0-9";
      plain += inClass ? range : `[${range}]`;
      at += property.length - 1;
    } else if (source[at] === "\\") {
      plain += source.slice(at, at + 2);
      at += 1;
    } else {
      if (source[at] === "[") inClass = true;
      if (source[at] === "]") inClass = false;
      plain += source[at] ?? "";
    }
  }
  return plain;
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
    if (/^\\[pPu]\{/u.test(source.slice(at, at + 3))) return source.indexOf("}", at) + 1;
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

/** A character that stands for itself, bare or escaped. */
const LITERAL = /^(?:([\p{L}\p{N} _/-])|\\([./+-]))$/u;

function slotsOfAlternative(alternative: string): readonly (readonly number[])[] | null {
  let run = "";
  let longest = "";
  let inGroup: readonly (readonly number[])[] | null = null;
  for (let at = 0; at < alternative.length;) {
    const end = skipUnit(alternative, at);
    const unit = alternative.slice(at, end);
    const quantifier = alternative[end] ?? "";
    const optional = /[?*{]/u.test(quantifier);
    const [, bare, escaped] = LITERAL.exec(unit) ?? [];
    const literal = bare ?? escaped;
    if (literal !== undefined && !optional) run += literal;
    else if (unit !== "\\b") {
      if (unit.startsWith("(?:") && !optional) inGroup ??= slotsNeeded(unit.slice(3, -1));
      run = "";
    }
    if (run.length > longest.length) longest = run;
    if (/^[+]$/u.test(quantifier)) run = "";
    at = end;
    if (/[?*+{]/u.test(quantifier)) at = quantifier === "{" ? alternative.indexOf("}", end) + 1 : end + 1;
    if (/[?*+{]/u.test(quantifier) && alternative[at] === "?") at += 1;
  }
  if (longest.length >= 3) return [triplesOf(longest)];
  if (longest.length === 2 && /[^\p{ASCII}]{2}/u.test(longest)) return [[pairSlot(longest, 0)]];
  return inGroup;
}

function triplesOf(run: string): readonly number[] {
  const last = run.length - 3;
  return [...new Set([0, Math.floor(last / 2), last])].map((at) => tripleSlot(run, at));
}
