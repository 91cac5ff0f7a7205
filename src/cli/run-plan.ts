import { z } from "zod";
import { describeMistake } from "../fetch/describe-mistake.ts";
import { gradePlan } from "../grade/grade-plan.ts";
import { judgeItem } from "../grade/judge-item.ts";
import type { Box, Grade } from "../model/grade.ts";
import type { Policy } from "../model/policy.ts";
import { renderPlanMarkdown, type PlanReport, renderPlanTerminal } from "../render/plan-report.ts";
import { backendReliability } from "../rubrics/backend-reliability/index.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { answerLines } from "./json-lines.ts";
import { terminalOptions } from "./output-style.ts";
import { planSarif } from "./plan-sarif.ts";
import { startProgress } from "./progress.ts";
import { readChunks, readText } from "./read-text.ts";
import { renderJson } from "./render-json.ts";
import { NO_POLICY, readSettings } from "./read-settings.ts";
import type { Format, SettingOptions } from "./setting-options.ts";
import { writeOut } from "./write-out.ts";

/** What the caller wrote for `plan`. */
export interface PlanOptions extends SettingOptions {
  readonly items?: true;
}

/** Largest description read; GitHub's own limit is 65,536 characters. */
const MAX_PLAN_BYTES = 1_048_576;

const NOT_JUDGED: readonly Box[] = [
  { id: "payment-operations", earned: null, mustEarn: true, detail: "not judged from a description alone" },
  { id: "diff", earned: null, mustEarn: true, detail: "not judged from a description alone" },
];

/**
 * The grade of a description alone. It passes with points 1 and 2 and as many of 3 to 6 as leave the sum within
 * reach of the policy's passing grade once 7 and 8 are earned: three of them at 7 of 8.
 */
function gradeAlone(boxes: readonly Box[], passing: number): Grade {
  const points = boxes.filter(({ earned }) => earned === true).length;
  const passed = points >= passing - NOT_JUDGED.length && boxes.every(({ earned, mustEarn }) => earned === true || !mustEarn);
  return { points, outOf: boxes.length + NOT_JUDGED.length, passing, passed, boxes: [...boxes, ...NOT_JUDGED] };
}

function gradeDescription(body: string, { thresholds, openItems, tools }: Policy): PlanReport {
  const plan = gradePlan({ body, identity: "", rubric: backendReliability, thresholds, openItems, tools });
  return { items: plan.items, points: gradeAlone(plan.boxes, thresholds.passing) };
}

function renderPlan(report: PlanReport, format: Format, path: string): string {
  switch (format) {
    case "json":
      return renderJson(report);
    case "markdown":
      return renderPlanMarkdown(report);
    case "sarif":
      return renderJson(planSarif(report, path));
    case "text":
      return renderPlanTerminal(report, terminalOptions());
  }
}

const itemInput = z.object(
  { id: z.string({ error: "a string" }).nullish(), text: z.string({ error: "a string" }) },
  { error: "an object with the key text" },
);

function judgeValue(value: unknown, tools: readonly string[]) {
  const parsed = itemInput.safeParse(value);
  if (!parsed.success) return { error: describeMistake(parsed.error.issues, value) };
  const { id, text } = parsed.data;
  return judgeItem(text, backendReliability, tools, typeof id === "string" ? { id } : {});
}

/** Judges the items of a file one by one. Returns 0 when every line was judged. Throws BadInput. */
export async function runPlanItems(path: string, options: PlanOptions): Promise<ExitCode> {
  const settings = await readSettings(options, "json");
  const { tools } = (settings.policy ?? NO_POLICY).policy;
  const progress = startProgress("Judging", "items");
  const isGood = await answerLines(readChunks(path, "plan --items"), async (value) => judgeValue(value, tools), progress);
  progress.end();
  return isGood ? EXIT.passed : EXIT.badInput;
}

/** Grades a description and writes the grade. Returns 0 when it passes, else 1. Throws BadInput. */
export async function runPlan(path: string, options: PlanOptions): Promise<ExitCode> {
  const settings = await readSettings(options);
  const body = await readText(path, "plan", MAX_PLAN_BYTES);
  const report = gradeDescription(body, (settings.policy ?? NO_POLICY).policy);
  await writeOut(renderPlan(report, settings.format, path));
  return report.points.passed ? EXIT.passed : EXIT.blocked;
}
