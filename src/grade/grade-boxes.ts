import type { Box } from "../model/grade.ts";
import type { PlanItem, Quality } from "../model/plan-item.ts";
import type { Thresholds } from "../model/policy.ts";
import type { Rubric } from "../rubrics/rubric.ts";

/** Points 1 to 6 of the grade, from the counted items and the draw. */
export function gradeBoxes(
  counted: readonly PlanItem[],
  draw: readonly PlanItem[],
  rubric: Rubric,
  thresholds: Thresholds,
): readonly Box[] {
  const sections = rubric.sections.map((section) => ({
    title: section.title,
    count: counted.filter((item) => item.section === section.id).length,
  }));
  const short = sections.filter((section) => section.count < thresholds.sectionItems);
  return [
    box("total-items", true, counted.length >= thresholds.totalItems, `${counted.length} of ${thresholds.totalItems}`),
    box(
      "section-items",
      true,
      short.length === 0,
      short.length === 0
        ? sections.map((section) => section.count).join(", ")
        : short.map((section) => `${section.title} has ${section.count} of ${thresholds.sectionItems}`).join(", "),
    ),
    shareBox("concrete-numbers", "numbers", counted, thresholds.numbersPercent),
    shareBox("specific-tools", "tools", counted, thresholds.toolsPercent),
    outcomesBox(counted, thresholds),
    checkpointBox(draw),
  ];
}

function box(id: string, mustEarn: boolean, earned: boolean, detail: string): Box {
  return { id, earned, mustEarn, detail };
}

function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : (part * 100) / whole;
}

function shareBox(id: string, quality: Quality, counted: readonly PlanItem[], needed: number): Box {
  const having = counted.filter((item) => !item.missing.includes(quality) && !item.unsure.includes(quality)).length;
  const unsure = counted.filter((item) => item.unsure.includes(quality)).length;
  const percent = percentOf(having + unsure, counted.length);
  const doubt = unsure === 0 ? "" : `, ${unsure} of them unsure`;
  const earned = counted.length > 0 && percent >= needed;
  const demand = earned ? "" : `, ${needed}% needed`;
  return box(id, false, earned, `${having + unsure} of ${counted.length}, ${Math.floor(percent)}%${doubt}${demand}`);
}

function outcomesBox(counted: readonly PlanItem[], thresholds: Thresholds): Box {
  const without = counted.filter((item) => item.missing.includes("outcome"));
  const unsure = counted.filter((item) => item.unsure.includes("outcome"));
  const earned =
    counted.length > 0 &&
    percentOf(counted.length - without.length, counted.length) >= thresholds.outcomesPercent &&
    percentOf(unsure.length, counted.length) <= thresholds.unsurePercent;
  const parts = [
    ...(without.length > 0 ? [`${without.length} without: ${linesOf(without)}`] : []),
    ...(unsure.length > 0 ? [`${unsure.length} unsure: ${linesOf(unsure)}`] : []),
  ];
  return box("measurable-outcomes", false, earned, parts.length > 0 ? parts.join("; ") : `all ${counted.length}`);
}

function checkpointBox(draw: readonly PlanItem[]): Box {
  const failing = draw.filter((item) => item.missing.length > 0);
  const earned = draw.length === 3 && failing.length === 0;
  const detail =
    draw.length < 3
      ? `${draw.length} items to draw from`
      : failing.length === 0
        ? linesOf(draw)
        : `not specific: ${linesOf(failing)} (the text of the plan decides which are drawn)`;
  return box("specificity-checkpoint", false, earned, detail);
}

const LINES_SHOWN = 8;

function linesOf(items: readonly PlanItem[]): string {
  const lines = items.slice(0, LINES_SHOWN).map((item) => item.line);
  const more = items.length > LINES_SHOWN ? ` and ${items.length - LINES_SHOWN} more` : "";
  return `${items.length === 1 ? "line" : "lines"} ${lines.join(", ")}${more}`;
}
