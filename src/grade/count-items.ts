import type { EarnedPlan } from "../model/earned-plan.ts";
import type { PlanItem } from "../model/plan-item.ts";
import type { RequirementId, SectionId } from "../model/requirement-id.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { cleanItemText, isStruckThrough } from "./clean-text.ts";
import { findRepeatedPlan, planKey } from "./earned-plans.ts";
import { judgeItems, type RawItem } from "./judge-item.ts";
import { comparisonKey, findRepeats } from "./near-duplicates.ts";
import type { ReadItem } from "./parse-plan.ts";
import { recogniseRequirement } from "./recognise-requirement.ts";
import { findAbsences } from "./reasoned-absence.ts";
import { isQuestion, NOT_DONE, refusal } from "./refusal.ts";
import { findRepeatedPhrases } from "./repeated-phrases.ts";
import { findUnoriginal, isKeywordSalad, isOurExample, templateWords } from "./unoriginal-text.ts";

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
  const judge = judgeOnce(rules);
  const merged = withDetails(read, judge);
  const judgements = judge(merged);
  const cleaned = merged.map((item) => cleanItemText(item.raw));
  const refused = cleaned.map(refusal);
  const notDone = refused.flatMap((why, index) => (why === NOT_DONE && merged[index]?.whyNot === null ? [index] : []));
  const absences = findAbsences(cleaned, notDone, rules.rubric, rules.tools);
  const unoriginal = cleaned.map((text, index) => findUnoriginal(text, merged[index]?.raw ?? "", templateWords(rules.rubric)));
  const keys = cleaned.map((text, index) => (merged[index]?.whyNot === null ? comparisonKey(text) : ""));
  const repeats = findRepeats(keys);
  const phrases = findRepeatedPhrases(keys.map((key, index) => (repeats[index] === null ? key : "")));
  const counting = judgements.filter((_, index) => keys[index] !== "");
  const repeated = findRepeatedPlan(counting, rules.earnedPlans);
  const examples = pastedExamples(cleaned, rules.rubric);
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
function pastedExamples(texts: readonly string[], rubric: Rubric): ReadonlySet<number> {
  const template = templateWords(rubric);
  const found = texts.flatMap((text, index) => (isOurExample(text, template) ? [index] : []));
  return new Set(found.length > MOST_EXAMPLES ? found : []);
}

/** Judgements of items, in their order. */
type JudgeTexts = (items: readonly Pick<ReadItem, "raw" | "context">[]) => readonly PlanItem[];

/** Judges each distinct text once: descriptions repeat themselves, and nested lists are looked at twice. */
function judgeOnce(rules: CountRules): JudgeTexts {
  const known = new Map<string, PlanItem>();
  return (items) => {
    const keys = items.map(({ raw, context }) => `${context}\n${raw}`);
    const fresh = new Map(items.flatMap(({ raw, context }, index) => newKey(known, keys[index] ?? "", { text: raw, context })));
    const judged = judgeItems([...fresh.values()], rules.rubric, rules.tools);
    for (const [index, key] of [...fresh.keys()].entries()) if (judged[index]) known.set(key, judged[index]);
    return keys.flatMap((key) => known.get(key) ?? []);
  };
}

function newKey(known: ReadonlyMap<string, PlanItem>, key: string, item: RawItem): readonly (readonly [string, RawItem])[] {
  return known.has(key) ? [] : [[key, item]];
}

interface Findings {
  readonly rules: CountRules;
  readonly refused: string | null;
  readonly unoriginal: string | null;
}

function whyTextDoesNotCount(text: string, item: PlanItem, read: ReadItem, { rules, refused, unoriginal }: Findings): string | null {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}'’_-]*/gu) ?? [];
  const wide = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}/u.test(text);
  if (wide ? text.length < 5 : words.length < FEWEST_WORDS) return "too short to be an item";
  if (isQuestion(text)) return "a question";
  if (refused !== null) return refused;
  if (FRAGMENT.test(text) && read.checked !== true && !item.specific) return "a fragment of the item before it";
  if (unoriginal !== null) return unoriginal;
  const hit = (): number => [...recogniseRequirement(text, rules.rubric).scores.values()].filter((score) => score >= 2).length;
  return isKeywordSalad(text, item.tools, hit) ? "a list of keywords, not a sentence" : null;
}

function sectionFor(requirement: RequirementId | null, sections: readonly SectionId[], rubric: Rubric): SectionId | null {
  const own = rubric.requirements.find((one) => one.id === requirement)?.section;
  return own !== undefined && sections.includes(own) ? own : (sections[0] ?? null);
}

/**
 * Nested lists: a parent that only names its children is a label, not an item; children that cannot stand alone are
 * details of their parent and are read as a part of it.
 */
function withDetails(read: readonly ReadItem[], judge: JudgeTexts): readonly ReadItem[] {
  const groups = groupsOf(read);
  const alone = (items: readonly ReadItem[]): readonly PlanItem[] => judge(items.map(({ raw }) => ({ raw, context: "" })));
  alone(groups.flatMap(({ parent, children }) => (parent.whyNot === null && children.length > 0 ? [parent, ...children] : [])));
  const merged: ReadItem[] = [];
  for (const { parent, children } of groups) {
    if (children.length === 0 || parent.whyNot !== null) {
      merged.push(parent);
      continue;
    }
    const [own, ...theirs] = alone([parent, ...children]).map(({ missing }) => missing.length);
    const label = own === 3 || (/[:：]\s*$/u.test(parent.raw) && own !== 0);
    const details = children.filter((child, place) => isDetail(child, parent, label, theirs[place] ?? 0));
    const kept = children.filter((child) => !details.includes(child));
    if (label && kept.length > 0) merged.push({ ...parent, whyNot: "a heading for the items below it" });
    else
      merged.push({
        ...parent,
        raw: [parent.raw.replace(/[:：]\s*$/u, ":"), ...details.map((detail) => detail.raw)].join("; ").replace(":;", ":"),
      });
    merged.push(...(label && kept.length > 0 ? children.map((child) => ({ ...child, context: parent.raw })) : kept));
  }
  return merged;
}

interface Group {
  readonly parent: ReadItem;
  readonly children: readonly ReadItem[];
}

/** Each item that is nobody's child, with those below it. */
function groupsOf(read: readonly ReadItem[]): readonly Group[] {
  const groups: Group[] = [];
  for (let index = 0; index < read.length; index += 1) {
    const parent = read[index];
    if (!parent) continue;
    const children = childrenOf(read, index);
    groups.push({ parent, children });
    index += children.length;
  }
  return groups;
}

function childrenOf(read: readonly ReadItem[], index: number): readonly ReadItem[] {
  const parent = read[index];
  const children: ReadItem[] = [];
  for (let next = index + 1; next < read.length; next += 1) {
    const child = read[next];
    if (!parent || !child || child.indent <= parent.indent || child.whyNot !== parent.whyNot || child.sections !== parent.sections) break;
    children.push(child);
  }
  return children;
}

function isDetail(child: ReadItem, parent: ReadItem, parentIsLabel: boolean, missing: number): boolean {
  if (parentIsLabel && (child.checked !== null || parent.checked === null)) return false;
  if (child.checked === null && parent.checked !== null) return true;
  return missing > 1;
}

/** A section whose counted items are mostly about others, or about too few different requirements, does not count. */
function withoutLostSections(items: readonly PlanItem[], rubric: Rubric): readonly PlanItem[] {
  const lost = new Map<SectionId, string>();
  for (const section of rubric.sections) {
    const counted = items.filter((item) => item.counted && item.section === section.id);
    if (counted.length === 0) continue;
    const strangers = counted.filter((item) => isSurelyElsewhere(item, section.id, rubric)).length;
    const different = new Set(counted.map((item, index) => item.requirement ?? `unknown ${index}`)).size;
    if (strangers * 2 > counted.length) lost.set(section.id, `most items under ${section.title} are about other sections`);
    else if (counted.length >= FEWEST_TO_DIFFER && different < fewestDifferent(section.id, rubric))
      lost.set(section.id, `the items under ${section.title} are about fewer than ${fewestDifferent(section.id, rubric)} requirements`);
  }
  return items.map((item) => {
    const why = item.section === null ? undefined : lost.get(item.section);
    return why === undefined || !item.counted ? item : { ...item, counted: false, whyNot: why };
  });
}

/** Half of what the section asks for, at least: 3 of 5, 2 of 4. */
function fewestDifferent(section: SectionId, rubric: Rubric): number {
  return Math.ceil(rubric.requirements.filter((one) => one.section === section).length / 2);
}

const FEWEST_TO_DIFFER = 3;
/** A requirement that leads by this factor is surely meant. */
const SURE_LEAD = 2;
const SURE_SCORE = 4;

function isSurelyElsewhere(item: PlanItem, section: SectionId, rubric: Rubric): boolean {
  const requirement = rubric.requirements.find((one) => one.id === item.requirement);
  if (!requirement || requirement.section === section || (requirement.alsoFits ?? []).includes(section)) return false;
  const { score, scores } = recogniseRequirement(item.text, rubric);
  const here = Math.max(
    0,
    ...rubric.requirements
      .filter((one) => one.section === section || (one.alsoFits ?? []).includes(section))
      .map((one) => scores.get(one.id) ?? 0),
  );
  return score >= SURE_SCORE && score >= here * SURE_LEAD;
}
