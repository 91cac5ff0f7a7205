import type { Quality } from "../model/plan-item.ts";
import { cleanItemText, stripInvisible } from "./clean-text.ts";
import { findBlank } from "./find-blank.ts";
import { findNumbers } from "./find-numbers.ts";
import { findOutcomes, type OutcomeReading } from "./find-outcome.ts";
import { findTools } from "./find-tools.ts";
import { maskNames } from "./mask-names.ts";

/** What an item's own words say, wherever it stands. */
export interface Qualities {
  /** The item's words alone (`cleanItemText`); "" when nothing is left. */
  readonly clean: string;
  /** The same, or what was written where nothing is left. */
  readonly text: string;
  readonly numbers: readonly string[];
  readonly tools: readonly string[];
  readonly outcome: OutcomeReading;
  /** What the author left to be filled in; null when nothing. */
  readonly blank: string | null;
  /** Surely without. */
  readonly missing: readonly Quality[];
}

/** Reads the qualities of items as they stand in a description, in their order. */
export type QualityReader = (raws: readonly string[]) => readonly Qualities[];

/** An item says what it is about within this; the rest of a longer one is shown and not judged. */
export const JUDGED_CHARACTERS = 1200;

/**
 * Reads items as `readQualities` does and each distinct text once: descriptions repeat themselves, and nested lists are looked at
 * twice. Remembers texts as long as the reader lives: make one for each description.
 */
export function qualityReader(tools: readonly string[]): QualityReader {
  const known = new Map<string, Qualities>();
  return (raws) => {
    const fresh = [...new Set(raws)].filter((raw) => !known.has(raw));
    for (const [index, read] of readQualities(fresh, tools).entries()) known.set(fresh[index] ?? "", read);
    return raws.flatMap((raw) => known.get(raw) ?? []);
  };
}

/**
 * The qualities of each item. One question is put to all of them before the next: the processor keeps the patterns of one
 * question at hand, which makes a long plan a third faster than item by item. `tools` are an organisation's own.
 */
export function readQualities(raws: readonly string[], tools: readonly string[]): readonly Qualities[] {
  const cleaned = raws.map(cleanItemText);
  const texts = cleaned.map(
    (clean, index) =>
      clean ||
      stripInvisible(raws[index] ?? "")
        .replaceAll("~~", "")
        .trim(),
  );
  const judged = texts.map((text) => text.slice(0, JUDGED_CHARACTERS));
  const masked = judged.map(maskNames);
  const numbers = judged.map((text, index) => findNumbers(text, masked[index]));
  const named = judged.map((text, index) => findTools(text, tools, masked[index]));
  const outcomes = findOutcomes(judged);
  return raws.map((raw, index) => {
    const blank = findBlank(raw.slice(0, JUDGED_CHARACTERS));
    const read = { numbers: numbers[index] ?? [], tools: named[index] ?? [], outcome: outcomes[index] ?? NONE };
    const missing: Quality[] = [];
    if (read.numbers.length === 0 || blank !== null) missing.push("numbers");
    if (read.tools.length === 0) missing.push("tools");
    if (read.outcome.answer === "no") missing.push("outcome");
    return { clean: cleaned[index] ?? "", text: texts[index] ?? "", ...read, blank, missing };
  });
}

const NONE: OutcomeReading = { answer: "no", quote: null };
