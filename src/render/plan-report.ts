import type { Grade } from "../model/grade.ts";
import type { PlanItem } from "../model/plan-item.ts";
import { backendReliability } from "../rubrics/backend-reliability/index.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { type Block, count, mark, prose, strong } from "./document.ts";
import { itemBlocks } from "./item-blocks.ts";
import { LIMITS } from "./limits.ts";
import { pointBlocks } from "./points-table.ts";
import { writeMarkdown } from "./write-markdown.ts";
import { type TerminalOptions, writeTerminal } from "./write-terminal.ts";

/** What `plan FILE` gives: a description graded alone. */
export interface PlanReport {
  readonly items: readonly PlanItem[];
  readonly points: Grade;
}

/** A graded description for a terminal. */
export function renderPlanTerminal(report: PlanReport, options: TerminalOptions, rubric: Rubric = backendReliability): string {
  return writeTerminal(planBlocks(report, rubric), options);
}

/** A graded description as Markdown. */
export function renderPlanMarkdown(report: PlanReport, rubric: Rubric = backendReliability): string {
  return `${writeMarkdown(planBlocks(report, rubric), LIMITS.checkTextBytes)}\n`;
}

function planBlocks({ items, points }: PlanReport, rubric: Rubric): readonly Block[] {
  const counted = items.filter((item) => item.counted);
  const specific = counted.filter((item) => item.specific).length;
  const word = points.passed ? "The plan passes." : "The plan does not pass yet.";
  return [
    {
      kind: "paragraph",
      line: [
        mark(points.passed ? "✓" : "✗"),
        prose(" "),
        strong(word),
        prose(
          ` ${specific} of ${count(counted.length, "item")} surely specific. Points 7 and 8 are about the code, which only a review of the diff judges.`,
        ),
      ],
    },
    ...pointBlocks(points),
    ...itemBlocks(items, rubric, []),
  ];
}
