import type { PlanItem, Quality } from "../model/plan-item.ts";
import type { SectionId } from "../model/requirement-id.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { cleanItemText, stripInvisible } from "./clean-text.ts";
import { findBlank } from "./find-blank.ts";
import { findNumbers } from "./find-numbers.ts";
import { findOutcome } from "./find-outcome.ts";
import { findTools } from "./find-tools.ts";
import { adviseItem } from "./item-advice.ts";
import { maskNames } from "./mask-names.ts";
import { recogniseRequirement } from "./recognise-requirement.ts";

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

/**
 * Judges one item by its text: numbers, tools, outcome, and which requirement it is about. An item judged alone takes the
 * section of its requirement. A blank that is still to be filled in counts as a missing number. Never throws; an empty text is an item with everything missing.
 */
export function judgeItem(text: string, rubric: Rubric, tools: readonly string[], place: ItemPlace = {}): PlanItem {
  const clean = cleanItemText(text) || stripInvisible(text).replaceAll("~~", "").trim();
  const judged = clean.slice(0, JUDGED_CHARACTERS);
  const masked = maskNames(judged);
  const numbers = findNumbers(judged, masked);
  const named = findTools(judged, tools, masked);
  const outcome = findOutcome(judged);
  const { requirement } = recogniseRequirement(judged, rubric, place.context);
  const ownSection = rubric.requirements.find((candidate) => candidate.id === requirement)?.section ?? null;
  const missing: Quality[] = [];
  const blank = findBlank(text.slice(0, JUDGED_CHARACTERS));
  if (numbers.length === 0 || blank !== null) missing.push("numbers");
  if (named.length === 0) missing.push("tools");
  if (outcome.answer === "no") missing.push("outcome");
  const unsure: Quality[] = outcome.answer === "unsure" ? ["outcome"] : [];
  const advice = adviseItem(clean, [...missing, ...unsure], requirement, rubric, blank);
  return {
    ...(place.id === undefined ? {} : { id: place.id }),
    line: place.line ?? 1,
    section: place.section === undefined ? ownSection : place.section,
    text: clean,
    requirement,
    done: place.done ?? /^\s*(?:[-*+]\s+)?\[[xX]\]/u.test(text),
    counted: true,
    numbers,
    tools: named,
    outcome: outcome.quote,
    specific: missing.length === 0 && unsure.length === 0,
    missing,
    unsure,
    ...(advice === undefined ? {} : { advice }),
  };
}
