import type { PlanItem, Quality } from "../model/plan-item.ts";
import type { RequirementId, SectionId } from "../model/requirement-id.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { adviseItem } from "./item-advice.ts";
import { JUDGED_CHARACTERS, type Qualities, type QualityReader, readQualities } from "./read-qualities.ts";
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

/** Judges many items as `judgeItem` does each, faster. `read` is asked for their qualities. */
export function judgeItems(
  items: readonly RawItem[],
  rubric: Rubric,
  tools: readonly string[],
  read: QualityReader = (raws) => readQualities(raws, tools),
): readonly PlanItem[] {
  const qualities = read(items.map(({ text }) => text));
  const recognised = recogniseRequirements(
    qualities.map(({ text }, index) => ({ text: text.slice(0, JUDGED_CHARACTERS), context: items[index]?.context ?? "" })),
    rubric,
  );
  return qualities.flatMap((own, index) => {
    const item = items[index];
    return item === undefined ? [] : [assemble(item, own, recognised[index]?.requirement ?? null, rubric)];
  });
}

function assemble(item: RawItem, own: Qualities, requirement: RequirementId | null, rubric: Rubric): PlanItem {
  const ownSection = rubric.requirements.find((candidate) => candidate.id === requirement)?.section ?? null;
  const unsure: Quality[] = own.outcome.answer === "unsure" ? ["outcome"] : [];
  const advice = adviseItem(own.text, [...own.missing, ...unsure], requirement, rubric, own.blank);
  return {
    ...(item.id === undefined ? {} : { id: item.id }),
    line: item.line ?? 1,
    section: item.section === undefined ? ownSection : item.section,
    text: own.text,
    requirement,
    done: item.done ?? /^\s*(?:[-*+]\s+)?\[[xX]\]/u.test(item.text),
    counted: true,
    numbers: own.numbers,
    tools: own.tools,
    outcome: own.outcome.quote,
    specific: own.missing.length === 0 && unsure.length === 0,
    missing: own.missing,
    unsure,
    ...(advice === undefined ? {} : { advice }),
  };
}
