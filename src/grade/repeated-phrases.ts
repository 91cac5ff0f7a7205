const PHRASE_WORDS = 5;
/** A phrase in this many items is boilerplate. */
const OFTEN = 6;
const MOST_OF_ITEM = 0.5;

/** For each key (`comparisonKey` of a text) whether most of its words belong to phrases of five words that six or more share. */
export function findRepeatedPhrases(keys: readonly string[]): readonly boolean[] {
  const texts = numberWords(keys);
  const counts = new Map<number, number>();
  const lastText = new Map<number, number>();
  for (const [text, words] of texts.entries()) {
    for (let start = 0; start + PHRASE_WORDS <= words.length; start += 1) {
      const phrase = phraseAt(words, start);
      if (lastText.get(phrase) === text) continue;
      lastText.set(phrase, text);
      counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
    }
  }
  return texts.map((words) => {
    let repeated = 0;
    let end = 0;
    for (let start = 0; start + PHRASE_WORDS <= words.length; start += 1) {
      if ((counts.get(phraseAt(words, start)) ?? 0) < OFTEN) continue;
      repeated += start + PHRASE_WORDS - Math.max(start, end);
      end = start + PHRASE_WORDS;
    }
    return repeated > words.length * MOST_OF_ITEM;
  });
}

/** Each word as a number of its own; all digits alike. */
function numberWords(keys: readonly string[]): readonly (readonly number[])[] {
  const numbers = new Map<string, number>();
  return keys.map((key) =>
    key
      .replace(/\d+/gu, "0")
      .split(" ")
      .map((word) => {
        const number = numbers.get(word) ?? numbers.size + 1;
        numbers.set(word, number);
        return number;
      }),
  );
}

/** One number for five words: 53 bits, so that two phrases of one plan hardly ever share it. */
function phraseAt(words: readonly number[], start: number): number {
  let high = 0;
  let low = 0;
  for (let step = 0; step < PHRASE_WORDS; step += 1) {
    const word = words[start + step] ?? 0;
    high = (Math.imul(high, 31) + word * 7 + step) | 0;
    low = (Math.imul(low, 1_000_003) ^ word) | 0;
  }
  return (high & 0x1fffff) * 0x100000000 + (low >>> 0);
}
