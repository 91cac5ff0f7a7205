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
  /** The slots that are set, each once; only the first `count` are of this text. */
  readonly slots: Uint16Array;
  readonly count: number;
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
  const slots = used?.slots ?? new Uint16Array(SLOTS);
  for (let at = 0; at < (used?.count ?? 0); at += 1) has[slots[at] ?? 0] = 0;
  const groups = { text: lower, has, slots, count: readSlots(lower, has, slots) };
  recent[oldest] = groups;
  oldest = (oldest + 1) % REMEMBERED;
  return groups;
}

/** Sets the text's slots, lists each once, and returns how many there are. */
function readSlots(lower: string, has: Uint8Array, slots: Uint16Array): number {
  let count = 0;
  let first = lower.charCodeAt(0);
  let second = lower.charCodeAt(1);
  const add = (slot: number): void => {
    if (has[slot] === 1) return;
    has[slot] = 1;
    slots[count] = slot;
    count += 1;
  };
  for (let at = 2; at <= lower.length + 1; at += 1) {
    const third = at < lower.length ? lower.charCodeAt(at) : 0;
    if (first > LAST_ASCII) add(pairSlot(first, second));
    if (first > LAST_ASCII || IS_SIGN[first] === 1) add(singleSlot(first));
    add(tripleSlot(first, second, third));
    first = second;
    second = third;
  }
  return count;
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
