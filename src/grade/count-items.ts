import type { EarnedPlan } from "../model/earned-plan.ts";
import type { PlanItem } from "../model/plan-item.ts";
import type { RequirementId, SectionId } from "../model/requirement-id.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { isStruckThrough } from "./clean-text.ts";
import { findRepeatedPlan, planKey } from "./earned-plans.ts";
import { judgeItems } from "./judge-item.ts";
import { withoutLostSections } from "./lost-sections.ts";
import { mergeDetails } from "./merge-details.ts";
import { comparisonKey, findRepeats } from "./near-duplicates.ts";
import type { ReadItem } from "./read-item.ts";
import { qualityReader } from "./read-qualities.ts";
import { recogniseRequirement } from "./recognise-requirement.ts";
import { findAbsences } from "./reasoned-absence.ts";
import { isQuestion, NOT_DONE, refusal } from "./refusal.ts";
import { findRepeatedPhrases } from "./repeated-phrases.ts";
import { findUnoriginal, isKeywordSalad, isOurExample, type TemplateWords, templateWords } from "./unoriginal-text.ts";

/** What counting needs to know beside the items. */
export interface CountRules {
  readonly rubric: Rubric;
  readonly tools: readonly string[];
  readonly openItems: "show" | "block";
  readonly earnedPlans: readonly EarnedPlan[];
}

const FEWEST_WORDS = 2;
const FRAGMENT = /^(?:and|then|or|but|which|so|plus|also|while|until|because)\b[^.:;→]{0,60}$/u;

/** Judges the items of a plan and says of each whether it counts, and if not why. Keeps the order. */
export function countItems(read: readonly ReadItem[], rules: CountRules): readonly PlanItem[] {
  const readOnce = qualityReader(rules.tools);
  const merged = mergeDetails(read, readOnce);
  const judgements = judgeItems(
    merged.map(({ raw, context }) => ({ text: raw, context })),
    rules.rubric,
    rules.tools,
    readOnce,
  );
  const qualities = readOnce(merged.map(({ raw }) => raw));
  const cleaned = qualities.map(({ clean }) => clean);
  const words = cleaned.map(comparisonKey);
  const template = templateWords(rules.rubric);
  const refused = cleaned.map(refusal);
  const notDone = refused.flatMap((why, index) => (why === NOT_DONE && merged[index]?.whyNot === null ? [index] : []));
  const absences = findAbsences(cleaned, notDone, rules.rubric, rules.tools);
  const unoriginal = cleaned.map((text, index) =>
    qualities[index]?.blank ? "a blank is not filled in" : findUnoriginal(text, words[index] ?? "", template),
  );
  const keys = words.map((key, index) => (merged[index]?.whyNot === null ? key : ""));
  const repeats = findRepeats(keys);
  const phrases = findRepeatedPhrases(keys.map((key, index) => (repeats[index] === null ? key : "")));
  const counting = judgements.filter((_, index) => keys[index] !== "");
  const repeated = findRepeatedPlan(counting, rules.earnedPlans);
  const examples = pastedExamples(words, template);
  const items = merged.map((item, index) => {
    const text = cleaned[index] ?? "";
    const judged = judgements[index];
    if (!judged) throw new Error("each item is judged");
    const absence = absences.get(index);
    const { advice: _, ...withoutAdvice } = judged;
    const placed: PlanItem = {
      ...(absence?.reason ? { ...withoutAdvice, ...absence.reason } : judged),
      ...(item.id === undefined ? {} : { id: item.id }),
      line: item.line,
      done: item.done,
      section: sectionFor(judged.requirement, item.sections, rules.rubric),
    };
    const twin = repeats[index] ?? null;
    const whyNot =
      item.whyNot ??
      (isStruckThrough(item.raw) ? "struck through" : null) ??
      whyTextDoesNotCount(text, placed, item, {
        rules,
        refused: absence ? absence.whyNot : (refused[index] ?? null),
        unoriginal: unoriginal[index] ?? null,
        words: words[index] ?? "",
      }) ??
      (twin === null ? null : `says the same as line ${merged[twin]?.line ?? 0}`) ??
      (examples.has(index) ? `our example, unchanged, as in ${examples.size - 1} other items: say what this branch does` : null) ??
      (phrases[index] ? "most of its words are repeated in many items" : null) ??
      (repeated?.keys.has(planKey(judged)) ? `stands word for word in the plan of #${repeated.number}, a change of other files` : null) ??
      (rules.openItems === "block" && !item.done ? "not ticked" : null);
    return whyNot === null ? placed : { ...placed, counted: false, whyNot };
  });
  return withoutLostSections(items, rules.rubric);
}

/** As many of our examples may be taken over: one for each section. */
const MOST_EXAMPLES = 5;

/** Places of the items that are our examples word for word; none where they are few. */
function pastedExamples(words: readonly string[], template: TemplateWords): ReadonlySet<number> {
  const found = words.flatMap((own, index) => (isOurExample(own, template) ? [index] : []));
  return new Set(found.length > MOST_EXAMPLES ? found : []);
}

interface Findings {
  readonly rules: CountRules;
  readonly refused: string | null;
  readonly unoriginal: string | null;
  /** `comparisonKey` of the text. */
  readonly words: string;
}

function whyTextDoesNotCount(
  text: string,
  item: PlanItem,
  read: ReadItem,
  { rules, refused, unoriginal, words: plain }: Findings,
): string | null {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}'’_-]*/gu) ?? [];
  const wide = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}/u.test(text);
  if (wide ? text.length < 5 : words.length < FEWEST_WORDS) return "too short to be an item";
  if (isQuestion(text)) return "a question";
  if (refused !== null) return refused;
  if (FRAGMENT.test(text) && read.checked !== true && !item.specific) return "a fragment of the item before it";
  if (unoriginal !== null) return unoriginal;
  const hit = (): number => [...recogniseRequirement(text, rules.rubric).scores.values()].filter((score) => score >= 2).length;
  return isKeywordSalad(text, plain, item.tools, hit) ? "a list of keywords, not a sentence" : null;
}

function sectionFor(requirement: RequirementId | null, sections: readonly SectionId[], rubric: Rubric): SectionId | null {
  const own = rubric.requirements.find((one) => one.id === requirement)?.section;
  return own !== undefined && sections.includes(own) ? own : (sections[0] ?? null);
}
