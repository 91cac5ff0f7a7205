/**
 * A cheap first look before a regular expression is run: most patterns need one of a few literal pieces, and a text that has
 * none of their first letters cannot match. Makes hundreds of patterns per item affordable.
 */

const SLOTS = 8192;

/** Which pairs and triples of letters a text holds, as a small hash table: false hits are possible, misses are not. */
export type LetterGroups = Uint8Array;

/** The letter groups of a lower-cased text. */
export function letterGroupsOf(lower: string): LetterGroups {
  const groups = new Uint8Array(SLOTS);
  for (let at = 0; at + 1 < lower.length; at += 1) {
    groups[pairSlot(lower, at)] = 1;
    if (at + 2 < lower.length) groups[tripleSlot(lower, at)] = 1;
  }
  return groups;
}

function pairSlot(text: string, at: number): number {
  return (text.charCodeAt(at) * 131 + text.charCodeAt(at + 1) * 17 + 7) % SLOTS;
}

function tripleSlot(text: string, at: number): number {
  return (text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 131 + text.charCodeAt(at + 2) * 29 + 3) % SLOTS;
}

const SLOTS_OF = new WeakMap<RegExp, readonly number[] | null>();

/** Whether the pattern may match a text with these letter groups. Never false for a text that it matches. */
export function mayMatch(pattern: RegExp, groups: LetterGroups): boolean {
  let slots = SLOTS_OF.get(pattern);
  if (slots === undefined) {
    slots = pattern.flags.includes("i") ? null : slotsNeeded(pattern.source);
    SLOTS_OF.set(pattern, slots);
  }
  return slots === null || slots.some((slot) => groups[slot] === 1);
}

/** One slot per alternative of the pattern, or null when some alternative needs no literal. */
function slotsNeeded(source: string): readonly number[] | null {
  const slots: number[] = [];
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
  if (character === "\\") return /^\\[pP]\{/u.test(source.slice(at, at + 3)) ? source.indexOf("}", at) + 1 : at + 2;
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

function slotsOfAlternative(alternative: string): readonly number[] | null {
  let run = "";
  let longest = "";
  let inGroup: readonly number[] | null = null;
  for (let at = 0; at < alternative.length;) {
    const end = skipUnit(alternative, at);
    const unit = alternative.slice(at, end);
    const quantifier = alternative[end] ?? "";
    const optional = /[?*{]/u.test(quantifier);
    if (/^\p{L}$/u.test(unit) && !optional) run += unit;
    else {
      if (unit.startsWith("(?:") && !optional) inGroup ??= slotsNeeded(unit.slice(3, -1));
      run = "";
    }
    if (run.length > longest.length) longest = run;
    if (/^[+]$/u.test(quantifier)) run = "";
    at = end;
    if (/[?*+{]/u.test(quantifier)) at = quantifier === "{" ? alternative.indexOf("}", end) + 1 : end + 1;
    if (/[?*+{]/u.test(quantifier) && alternative[at] === "?") at += 1;
  }
  if (longest.length >= 3) return [tripleSlot(longest, 0)];
  if (longest.length === 2 && /[^\p{ASCII}]{2}/u.test(longest)) return [pairSlot(longest, 0)];
  return inGroup;
}
