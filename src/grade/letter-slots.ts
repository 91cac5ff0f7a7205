/**
 * Which signs, pairs and triples of letters a text holds, as a small hash table: false hits are possible, misses are not.
 * The slots of a pattern's literals are asked for in it before the pattern is run.
 */
export const SLOTS = 8192;
export const LAST_ASCII = 0x7f;

/** The slots of one text. */
export interface LetterGroups {
  readonly text: string;
  readonly has: Uint8Array;
  /** The slots that are set, each once. */
  readonly slots: readonly number[];
}

/** The last few texts are asked about by several sets in a row; their tables are used again. */
const REMEMBERED = 4;
const recent: LetterGroups[] = [];
let oldest = 0;

/** The slots of a lower-cased text; those of the last few texts are remembered. */
export function letterGroupsOf(lower: string): LetterGroups {
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
  for (let at = 2; at <= lower.length + 1; at += 1) {
    const third = at < lower.length ? lower.charCodeAt(at) : 0;
    if (first > LAST_ASCII) {
      const pair = pairSlot(first, second);
      if (has[pair] === 0) slots.push(pair);
      has[pair] = 1;
    }
    if (first > LAST_ASCII || IS_SIGN[first] === 1) {
      const single = singleSlot(first);
      if (has[single] === 0) slots.push(single);
      has[single] = 1;
    }
    const triple = tripleSlot(first, second, third);
    if (has[triple] === 0) slots.push(triple);
    has[triple] = 1;
    first = second;
    second = third;
  }
  return slots;
}

/** Signs that stand for themselves in patterns and are rare enough to tell texts apart; all digits are alike. */
const IS_SIGN = Uint8Array.from({ length: LAST_ASCII + 1 }, (_, code) =>
  "<>=,:;%\"'@#&~!`(){}[].+/$*?|-0123456789".includes(String.fromCharCode(code)) ? 1 : 0,
);
const ZERO = 48;
const NINE = 57;

/** The slot of one sign, by its code; all digits share one. */
export function singleSlot(code: number): number {
  return ((code >= ZERO && code <= NINE ? ZERO : code) * 53 + 11) & (SLOTS - 1);
}

/** The slot of two signs beyond ASCII. */
export function pairSlot(first: number, second: number): number {
  return (first * 131 + second * 17 + 7) & (SLOTS - 1);
}

/** The slot of three letters in a row. */
export function tripleSlot(first: number, second: number, third: number): number {
  return (first * 961 + second * 131 + third * 29 + 3) & (SLOTS - 1);
}
