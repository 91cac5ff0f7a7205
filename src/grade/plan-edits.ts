import type { GradedPlan } from "../model/grade.ts";
import type { PlanItem, Quality } from "../model/plan-item.ts";
import type { Thresholds } from "../model/policy.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { DRAWN } from "./draw-items.ts";
import { adviseItem } from "./item-advice.ts";

const JUDGED_BOXES = ["concrete-numbers", "specific-tools", "measurable-outcomes", "specificity-checkpoint"] as const;
type JudgedBox = (typeof JUDGED_BOXES)[number];

const QUOTED = 80;
const QUESTIONS_SHOWN = 2;
const DROPPED_SHOWN = 3;

/**
 * The shortest list of edits that reaches the passing grade, each one or two sentences: items to add, then items to rewrite
 * with line, quote and an example. `alreadyEarnedElsewhere` is how many of points 7 and 8 are earned (2 when nothing is
 * judged there). Empty when the plan needs no edit.
 */
export function planEdits(graded: GradedPlan, rubric: Rubric, thresholds: Thresholds, alreadyEarnedElsewhere: number): readonly string[] {
  const counted = graded.items.filter((item) => item.counted);
  const additions = missingItems(graded, counted, rubric, thresholds);
  const needed = thresholds.passing - alreadyEarnedElsewhere - 2;
  const earned = JUDGED_BOXES.filter((id) => graded.boxes.some((box) => box.id === id && box.earned === true));
  const rewrites = cheapestRewrites(graded, counted, additions.count, thresholds, needed - earned.length, earned);
  return [
    ...additions.edits,
    ...rewrites.map(({ item, qualities }) => {
      const advice = adviseItem(item.text, qualities, item.requirement, rubric) ?? "";
      return `Line ${item.line} "${quoted(item.text)}" - ${advice}.`;
    }),
  ];
}

function quoted(text: string): string {
  return text.length <= QUOTED ? text : `${text.slice(0, QUOTED - 3).trimEnd()}...`;
}

/** What points 1 and 2 lack: items by section, each with the questions that the section leaves open. */
function missingItems(
  graded: GradedPlan,
  counted: readonly PlanItem[],
  rubric: Rubric,
  thresholds: Thresholds,
): { readonly edits: readonly string[]; readonly count: number } {
  const edits: string[] = [];
  let count = 0;
  const homeless = graded.items.filter((item) => !item.counted && item.section === null && item.requirement !== null).length;
  if (counted.length === 0 && homeless >= thresholds.sectionItems) {
    edits.push(`Put your ${homeless} items under the headings ${rubric.sections.map((section) => section.title).join(", ")}.`);
  }
  let regained = 0;
  for (const section of rubric.sections) {
    const alike = tooAlike(graded, section);
    if (alike) {
      const few = Math.max(alike.lacking, thresholds.sectionItems - alike.items.length);
      count += few;
      regained += alike.items.length;
      edits.push(differentItems(few, alike.items, section, rubric));
      continue;
    }
    const here = counted.filter((item) => item.section === section.id);
    const lacking = thresholds.sectionItems - here.length;
    if (lacking <= 0) continue;
    count += lacking;
    const open = rubric.requirements.filter((one) => one.section === section.id && !here.some((item) => item.requirement === one.id));
    const questions = open.slice(0, Math.min(QUESTIONS_SHOWN, lacking)).map((one) => one.question);
    const lost = graded.items.find((item) => !item.counted && item.section === section.id && item.whyNot?.includes(section.title));
    const why = lost?.whyNot === undefined ? "" : ` Now ${lost.whyNot}.`;
    const how = counted.length === 0 && edits.length === 0 ? howToWrite(section.title) : "";
    edits.push(
      `Add ${lacking} ${lacking === 1 ? "item" : "items"} under **${section.title}** (${here.length} of ${thresholds.sectionItems}).${how}${why}${notCounted(graded, section)} ${questions.join(" ")}`.trim(),
    );
  }
  const short = thresholds.totalItems - counted.length - regained - count;
  if (short > 0)
    edits.push(
      `Add ${short} more ${short === 1 ? "item" : "items"} in any section (${counted.length + regained + count} of ${thresholds.totalItems}).`,
    );
  return { edits, count: count + Math.max(short, 0) };
}

interface AlikeItems {
  readonly items: readonly PlanItem[];
  /** How many different requirements are missing. */
  readonly lacking: number;
}

/** The items of a section that counts for nothing because they are all about one or two requirements; null for another section. */
function tooAlike(graded: GradedPlan, { id }: Rubric["sections"][number]): AlikeItems | null {
  const items = graded.items.filter((item) => item.section === id && FEWER.test(item.whyNot ?? ""));
  const fewest = Number(FEWER.exec(items[0]?.whyNot ?? "")?.[1] ?? 0);
  const different = new Set(items.map((item) => item.requirement)).size;
  return items.length === 0 ? null : { items, lacking: Math.max(1, fewest - different) };
}

/** As `countItems` says it. */
const FEWER = /are about fewer than (\d+) requirements$/u;

function differentItems(few: number, items: readonly PlanItem[], section: Rubric["sections"][number], rubric: Rubric): string {
  const own = rubric.requirements.filter((one) => one.section === section.id);
  const isHeld = (id: string): boolean => items.some((item) => item.requirement === id);
  const held = own.filter((one) => isHeld(one.id)).map((one) => one.label);
  const questions = own
    .filter((one) => !isHeld(one.id))
    .slice(0, Math.min(QUESTIONS_SHOWN, few))
    .map((one) => one.question);
  const about = held.length === 0 ? "one subject" : held.join(" and ");
  return `Add ${few} ${few === 1 ? "item" : "items"} under **${section.title}** about something else: its ${items.length} items speak of ${about} only, so none of them counts. ${questions.join(" ")}`.trim();
}

/** For whoever has never written a plan. */
function howToWrite(title: string): string {
  return ` In the pull request's description: a heading \`## ${title}\`, and below it a list; each item says a number, a named tool and what a test would see.`;
}

/** Items that stand in the section and do not count there, with the reason: the author sees them and wonders. */
function notCounted(graded: GradedPlan, { id, title }: Rubric["sections"][number]): string {
  const dropped = graded.items.filter((item) => !item.counted && item.section === id && item.whyNot?.includes(title) === false);
  const shown = dropped.slice(0, DROPPED_SHOWN).map((item) => `line ${item.line} (${item.whyNot ?? ""})`);
  return shown.length === 0 ? "" : ` Not counted: ${shown.join(", ")}${dropped.length > shown.length ? ", and more" : ""}.`;
}

interface Rewrite {
  readonly item: PlanItem;
  readonly qualities: readonly Quality[];
}

function cheapestRewrites(
  graded: GradedPlan,
  counted: readonly PlanItem[],
  added: number,
  thresholds: Thresholds,
  boxesNeeded: number,
  earned: readonly JudgedBox[],
): readonly Rewrite[] {
  if (boxesNeeded <= 0) return [];
  const open = JUDGED_BOXES.filter((id) => !earned.includes(id));
  let best: readonly Rewrite[] | null = null;
  for (let choice = 1; choice < 1 << open.length; choice += 1) {
    const chosen = open.filter((_, index) => (choice >> index) % 2 === 1);
    if (chosen.length !== Math.min(boxesNeeded, open.length)) continue;
    const rewrites = rewritesFor(chosen, graded, counted, added, thresholds);
    if (best === null || rewrites.length < best.length) best = rewrites;
  }
  return best ?? [];
}

/** The fewest items to rewrite so that the chosen points are earned. */
function rewritesFor(
  chosen: readonly JudgedBox[],
  graded: GradedPlan,
  counted: readonly PlanItem[],
  added: number,
  thresholds: Thresholds,
): readonly Rewrite[] {
  const must = new Set<PlanItem>();
  const total = counted.length + added;
  if (chosen.includes("specificity-checkpoint")) for (const item of couldBeDrawn(graded, counted)) must.add(item);
  if (chosen.includes("measurable-outcomes")) {
    const without = counted.filter((item) => item.missing.includes("outcome"));
    const forgiven = Math.floor((total * (100 - thresholds.outcomesPercent)) / 100);
    for (const item of byMostMissing(without).slice(0, Math.max(0, without.length - forgiven))) must.add(item);
    const unsure = counted.filter((item) => item.unsure.includes("outcome"));
    const allowed = Math.floor((total * thresholds.unsurePercent) / 100);
    for (const item of unsure.slice(0, Math.max(0, unsure.length - allowed))) must.add(item);
  }
  for (const [id, quality, percent] of [
    ["concrete-numbers", "numbers", thresholds.numbersPercent],
    ["specific-tools", "tools", thresholds.toolsPercent],
  ] as const) {
    if (!chosen.includes(id)) continue;
    const without = counted.filter((item) => item.missing.includes(quality));
    const lacking = Math.ceil((total * percent) / 100) - (total - without.length) - without.filter((item) => must.has(item)).length;
    for (const item of byMostMissing(without.filter((one) => !must.has(one))).slice(0, Math.max(0, lacking))) must.add(item);
  }
  return counted.filter((item) => must.has(item)).map((item) => ({ item, qualities: [...item.missing, ...item.unsure] }));
}

/**
 * Vague items that the draw may still reach: those with fewer than three specific ones before them. An edited item gets a new
 * place, so mending only the three that were drawn would bring the next vague ones forward.
 */
function couldBeDrawn(graded: GradedPlan, counted: readonly PlanItem[]): readonly PlanItem[] {
  const places = new Map((graded.drawOrder ?? graded.draw).map((text, place) => [text, place]));
  const vague: PlanItem[] = [];
  let specific = 0;
  for (const item of counted.toSorted((a, b) => (places.get(a.text) ?? counted.length) - (places.get(b.text) ?? counted.length))) {
    if (specific === DRAWN) break;
    if (item.missing.length > 0) vague.push(item);
    else specific += 1;
  }
  return vague;
}

function byMostMissing(items: readonly PlanItem[]): readonly PlanItem[] {
  return items.toSorted((a, b) => b.missing.length - a.missing.length);
}
