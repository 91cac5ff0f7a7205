import type { PlanItem, Quality } from "../model/plan-item.ts";
import type { RequirementId, SectionId } from "../model/requirement-id.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { cleanItemText, stripInvisible } from "./clean-text.ts";
import { findBlank } from "./find-blank.ts";
import { findNumbers } from "./find-numbers.ts";
import { findOutcomes, type OutcomeReading } from "./find-outcome.ts";
import { findTools } from "./find-tools.ts";
import { adviseItem } from "./item-advice.ts";
import { maskNames } from "./mask-names.ts";
import { recogniseRequirements } from "./recognise-requirement.ts";

/** What is known about an item from where it stands. */
export interface ItemPlace {
  readonly id?: string;
  /** 1-based; 1 when judged alone. */
  readonly line?: number;
  readonly section?: SectionId | null;
  readonly done?: boolean;
  /** A label above the item. */
  readonly context?: string;
}

/** An item says what it is about within this; the rest of a longer one is shown and not judged. */
const JUDGED_CHARACTERS = 1200;

/** An item as it stands in a description, with what is known about its place. */
export interface RawItem extends ItemPlace {
  readonly text: string;
}

/**
 * Judges one item by its text: numbers, tools, outcome, and which requirement it is about. An item judged alone takes the
 * section of its requirement. A blank that is still to be filled in counts as a missing number. Never throws; an empty text is an item with everything missing.
 */
export function judgeItem(text: string, rubric: Rubric, tools: readonly string[], place: ItemPlace = {}): PlanItem {
  const [item] = judgeItems([{ ...place, text }], rubric, tools);
  if (!item) throw new Error("one item in, one item out");
  return item;
}

/**
 * Judges many items as `judgeItem` does each. One question is put to all of them before the next: the processor keeps the
 * patterns of one question at hand, which makes a long plan a third faster than item by item.
 */
export function judgeItems(items: readonly RawItem[], rubric: Rubric, tools: readonly string[]): readonly PlanItem[] {
  const cleaned = items.map(({ text }) => cleanItem(text));
  const judged = cleaned.map((text) => text.slice(0, JUDGED_CHARACTERS));
  const masked = judged.map(maskNames);
  const numbers = judged.map((text, index) => findNumbers(text, masked[index]));
  const named = judged.map((text, index) => findTools(text, tools, masked[index]));
  const outcomes = findOutcomes(judged);
  const recognised = recogniseRequirements(
    judged.map((text, index) => ({ text, context: items[index]?.context ?? "" })),
    rubric,
  );
  const blanks = items.map(({ text }) => findBlank(text.slice(0, JUDGED_CHARACTERS)));
  return items.map((item, index) =>
    assemble(item, cleaned[index] ?? "", rubric, {
      numbers: numbers[index] ?? [],
      tools: named[index] ?? [],
      outcome: outcomes[index] ?? { answer: "no", quote: null },
      requirement: recognised[index]?.requirement ?? null,
      blank: blanks[index] ?? null,
    }),
  );
}

function cleanItem(text: string): string {
  return cleanItemText(text) || stripInvisible(text).replaceAll("~~", "").trim();
}

interface Readings {
  readonly numbers: readonly string[];
  readonly tools: readonly string[];
  readonly outcome: OutcomeReading;
  readonly requirement: RequirementId | null;
  readonly blank: string | null;
}

function assemble(item: RawItem, clean: string, rubric: Rubric, read: Readings): PlanItem {
  const { requirement, blank } = read;
  const ownSection = rubric.requirements.find((candidate) => candidate.id === requirement)?.section ?? null;
  const missing: Quality[] = [];
  if (read.numbers.length === 0 || blank !== null) missing.push("numbers");
  if (read.tools.length === 0) missing.push("tools");
  if (read.outcome.answer === "no") missing.push("outcome");
  const unsure: Quality[] = read.outcome.answer === "unsure" ? ["outcome"] : [];
  const advice = adviseItem(clean, [...missing, ...unsure], requirement, rubric, blank);
  return {
    ...(item.id === undefined ? {} : { id: item.id }),
    line: item.line ?? 1,
    section: item.section === undefined ? ownSection : item.section,
    text: clean,
    requirement,
    done: item.done ?? /^\s*(?:[-*+]\s+)?\[[xX]\]/u.test(item.text),
    counted: true,
    numbers: read.numbers,
    tools: read.tools,
    outcome: read.outcome.quote,
    specific: missing.length === 0 && unsure.length === 0,
    missing,
    unsure,
    ...(advice === undefined ? {} : { advice }),
  };
}
