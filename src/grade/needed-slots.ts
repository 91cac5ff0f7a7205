import { LAST_ASCII, pairSlot, singleSlot, tripleSlot } from "./letter-slots.ts";

/** The slots of each alternative, or null when some alternative needs no literal. */
export function slotsNeeded(source: string): readonly (readonly number[])[] | null {
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

const ESCAPED_SIGNS = "(){}[].+-/$*?|";
const BARE_SIGNS = "<>=,:;%\"'@#&~!";

/** The slots of the signs of which a unit needs one: a sign, a digit, or a class of such; null for any other unit. */
function signsOf(unit: string): readonly (readonly number[])[] | null {
  const slot = (character: string): readonly number[] => [singleSlot(character.charCodeAt(0))];
  if (unit === "\\d" || unit === "\\p{N}") return [slot("0")];
  if (unit === "\\x60") return [slot("`")];
  if (unit.length === 2 && unit.startsWith("\\")) return ESCAPED_SIGNS.includes(unit[1] ?? "x") ? [slot(unit[1] ?? "")] : null;
  if (unit.length === 1) return BARE_SIGNS.includes(unit) || unit.charCodeAt(0) > LAST_ASCII ? [slot(unit)] : null;
  if (!unit.startsWith("[") || unit.startsWith("[^")) return null;
  const inside = unit.slice(1, -1);
  if (/^\d-\d$|^\d+$/u.test(inside)) return [slot("0")];
  return [...inside].every(
    (character) => BARE_SIGNS.includes(character) || (character.charCodeAt(0) > LAST_ASCII && character.length === 1),
  )
    ? [...inside].map(slot)
    : null;
}

function slotsOfAlternative(alternative: string): readonly (readonly number[])[] | null {
  let run = "";
  let longest = "";
  let inGroup: readonly (readonly number[])[] | null = null;
  let signs: readonly (readonly number[])[] | null = null;
  for (let at = 0; at < alternative.length;) {
    const end = skipUnit(alternative, at);
    const unit = alternative.slice(at, end);
    const quantifier = alternative[end] ?? "";
    const optional = quantifier === "?" || quantifier === "*" || quantifier === "{";
    const literal = literalOf(unit);
    if (!optional) signs ??= signsOf(unit);
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
  if (inGroup === null || signs?.length !== 1) return inGroup ?? signs;
  return inGroup.map((slots) => [...slots, ...(signs?.[0] ?? [])]);
}

function triplesOf(run: string): readonly number[] {
  const last = run.length - 3;
  return [...new Set([0, Math.floor(last / 2), last])].map((at) =>
    tripleSlot(run.charCodeAt(at), run.charCodeAt(at + 1), run.charCodeAt(at + 2)),
  );
}
