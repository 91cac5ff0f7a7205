const PHRASE_WORDS = 5;
/** A phrase in this many items is boilerplate. */
const OFTEN = 6;
const MOST_OF_ITEM = 0.5;

/** For each key (`comparisonKey` of a text) whether most of its words belong to phrases of five words that six or more share. */
export function findRepeatedPhrases(keys: readonly string[]): readonly boolean[] {
  const texts = keys.map((key) => key.replace(/\d+/gu, "0").split(" "));
  const counts = new Map<string, number>();
  for (const words of texts) for (const phrase of new Set(phrasesOf(words))) counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
  return texts.map((words) => {
    const repeated = new Set<number>();
    for (const [start, phrase] of phrasesOf(words).entries()) {
      if ((counts.get(phrase) ?? 0) >= OFTEN) for (let step = 0; step < PHRASE_WORDS; step += 1) repeated.add(start + step);
    }
    return repeated.size > words.length * MOST_OF_ITEM;
  });
}

function phrasesOf(words: readonly string[]): readonly string[] {
  const phrases: string[] = [];
  for (let start = 0; start + PHRASE_WORDS <= words.length; start += 1) phrases.push(words.slice(start, start + PHRASE_WORDS).join(" "));
  return phrases;
}
