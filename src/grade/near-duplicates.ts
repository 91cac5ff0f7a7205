import { stripInvisible } from "./clean-text.ts";

/** Sharing this much of their words, two items say the same. */
const SAME = 0.84;
/** Sharing this much, they follow one pattern: a few do, then no more count. */
const ALIKE = 0.7;
const ALIKE_ALLOWED = 2;
const COMPARISONS_AT_MOST = 60;
const STOP_WORDS: ReadonlySet<string> = new Set(
  "the a an and or of to in on for with by is are be it its at as from that this then".split(" "),
);

const PLAIN = /^[\t-\r\x20-\x7e]*$/u;

/** Letters of other alphabets that look like Latin ones. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  а: "a",
  в: "b",
  е: "e",
  к: "k",
  м: "m",
  н: "h",
  о: "o",
  р: "p",
  с: "c",
  т: "t",
  у: "y",
  х: "x",
  і: "i",
  ј: "j",
  ѕ: "s",
  ԁ: "d",
  ɡ: "g",
  ո: "n",
  һ: "h",
  ԛ: "q",
  ԝ: "w",
  ѵ: "v",
  α: "a",
  β: "b",
  ε: "e",
  ι: "i",
  κ: "k",
  ν: "v",
  ο: "o",
  ρ: "p",
  τ: "t",
  υ: "u",
  χ: "x",
  ɑ: "a",
  ı: "i",
};

/**
 * The item's words as they are compared with other items: lower case, letters and digits only, without accents, with
 * look-alike letters of other alphabets turned into Latin where the text is mostly Latin.
 */
export function comparisonKey(text: string): string {
  if (PLAIN.test(text))
    return text
      .toLowerCase()
      .replace(/[^a-z0-9]+/gu, " ")
      .trim();
  const plain = stripInvisible(text).toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  const latin = plain.match(/[a-z]/gu)?.length ?? 0;
  const other = plain.match(/[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/gu)?.length ?? 0;
  const folded = other > 0 && latin > other ? plain.replace(/[^\p{ASCII}]/gu, (letter) => LOOKALIKES[letter] ?? letter) : plain;
  return folded.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/**
 * For each key (`comparisonKey` of a text, "" to leave it out) the index of the earlier one that it repeats, or null: equal but for digits, nearly the same words in any
 * order, or one more of a pattern that was already used three times. Grows linearly: each text is compared with at most 60.
 */
export function findRepeats(keys: readonly string[]): readonly (number | null)[] {
  const sets = keys.map(wordSet);
  const byDigitless = new Map<string, number>();
  const byWord = new Map<string, number[]>();
  const followers = new Map<number, number>();
  return keys.map((key, index) => {
    const digitless = key.replace(/\d+/gu, "0");
    const words = sets[index] ?? new Set<string>();
    const twin = digitless === "" ? undefined : byDigitless.get(digitless);
    if (twin !== undefined) return twin;
    byDigitless.set(digitless, index);
    const candidates = new Map<number, number>();
    for (const word of words) {
      const others = byWord.get(word) ?? [];
      for (let place = Math.max(0, others.length - COMPARISONS_AT_MOST); place < others.length; place += 1) {
        const other = others[place] ?? 0;
        candidates.set(other, (candidates.get(other) ?? 0) + 1);
      }
    }
    let alike: number | null = null;
    for (const [other, joint] of candidates) {
      const share = joint / (words.size + (sets[other]?.size ?? 0) - joint);
      if (share >= SAME && words.size >= 3) return other;
      if (share >= ALIKE && words.size >= 4) alike ??= other;
    }
    if (alike !== null) {
      const used = (followers.get(alike) ?? 0) + 1;
      followers.set(alike, used);
      if (used > ALIKE_ALLOWED) return alike;
    } else {
      for (const word of words) {
        const others = byWord.get(word);
        if (others === undefined) byWord.set(word, [index]);
        else others.push(index);
      }
    }
    return null;
  });
}

function wordSet(key: string): ReadonlySet<string> {
  return new Set(
    key
      .split(" ")
      .filter((word) => word !== "" && !STOP_WORDS.has(word) && !/^\d/u.test(word))
      .slice(0, 40),
  );
}
