import { OTHER_PAIRS, PAYMENT_PAIRS, PAYMENT_VOCABULARY } from "./payment-signals.ts";
import type { FileScore } from "./score-file.ts";
import type { Signal } from "./signal.ts";

/** What a word in a changed line says, against the same word in a path; the more so on a line that calls or imports a provider. */
const IN_CODE = 0.4;
const IN_IMPORT = 0.8;
/** The file's name and this many folders say what it is about; folders further out name the product. */
const NEAR = 4;
const FAR_SHARE = 0.4;
/** Longer lines are data or minified. */
const LONGEST_LINE = 400;

const VOCABULARY = new Map(PAYMENT_VOCABULARY.flatMap((signal) => signal.words.map((word) => [word, signal] as const)));
const PAIRS = new Map(PAYMENT_PAIRS.map((pair) => [pair, "payment"] as const));
/** One look that spares most files the reading word by word: any word of the vocabulary at all. */
const ANY_WORD = new RegExp([...VOCABULARY.keys(), ...PAYMENT_PAIRS.map((pair) => pair.replace(" ", ".?"))].join("|"), "i");
const IMPORT = /^\s*(?:import\b|from\b|use\s|using\s|require\b|alias\s|const .{1,80}require\(|"[\w./-]+"$)/;

/**
 * The words about money in one file: of its path, each kind once, and of its added and removed lines,
 * each word once and no kind more than three times. Linear in the text.
 */
export function findPaymentSignals({ file, patch, lines }: FileScore): readonly Signal[] {
  const found = new Map<string, Signal>();
  const note = (key: string, signal: Signal) => {
    if ((found.get(key)?.weight ?? 0) < signal.weight) found.set(key, signal);
  };
  if (!ANY_WORD.test(file.path) && !ANY_WORD.test(patch)) return [];
  const parts = file.path.split("/");
  for (const [at, part] of parts.entries()) {
    const share = at >= parts.length - NEAR ? 1 : FAR_SHARE;
    for (const { word, says, weight } of findVocabulary(part))
      note(`path ${says}`, { group: "path", signal: `path: ${word} (${says})`, weight: weight * share, path: file.path });
  }
  const counts = new Map<string, number>();
  for (const { kind, line, text } of lines) {
    if (kind === "context") continue;
    for (const { word, says, weight } of findVocabulary(text.slice(0, LONGEST_LINE))) {
      const share = IMPORT.test(text) ? IN_IMPORT : IN_CODE;
      const count = counts.get(says) ?? 0;
      if (!found.has(word) && count >= 3) continue;
      if (!found.has(word)) counts.set(says, count + 1);
      note(word, { group: "code", signal: `code: ${word} (${says})`, weight: weight * share, path: file.path, line });
    }
  }
  return [...found.values()];
}

interface VocabularyMatch {
  readonly word: string;
  readonly says: string;
  readonly weight: number;
}

/** Words of an identifier or path, split at case and punctuation; pairs such as "gift card" count as payment. */
function findVocabulary(text: string): readonly VocabularyMatch[] {
  const words = [...text.matchAll(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g)].map(([piece]) => piece.toLowerCase());
  return words.flatMap((word, at) => {
    if (OTHER_PAIRS.has(`${word} ${words[at + 1] ?? ""}`)) return [];
    const pair = `${words[at - 1] ?? ""} ${word}`;
    const paired = VOCABULARY.get(PAIRS.get(pair) ?? "");
    const known = paired ?? VOCABULARY.get(word);
    return known ? [{ word: paired ? pair : word, says: known.says, weight: known.weight }] : [];
  });
}
