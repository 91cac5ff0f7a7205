import type { Log, Result } from "sarif";
import type { PlanReport } from "../render/plan-report.ts";
import { renderSarif } from "../render/sarif.ts";
import { SARIF_TOOL } from "./output-style.ts";

/**
 * A graded description as SARIF: a result for each point that was not earned, and one for each counted item
 * that lacks something, on its line of the file.
 */
export function planSarif({ items, points }: PlanReport, path: string): Log {
  const at = (startLine: number): Pick<Result, "locations"> => ({
    locations: [{ physicalLocation: { artifactLocation: { uri: encodeURI(path.toWellFormed()) }, region: { startLine } } }],
  });
  const missedPoints = points.boxes
    .filter(({ earned }) => earned === false)
    .map(({ id, detail }): Result => ({ ruleId: id, level: "error", message: { text: detail }, ...at(1) }));
  const vagueItems = items
    .filter(({ counted, missing }) => counted && missing.length > 0)
    .map(({ line, missing, advice }): Result => {
      const text = `This item has no ${missing.join(", no ")}.${advice === undefined ? "" : ` ${advice}`}`;
      return { ruleId: "item-is-specific", level: "warning", message: { text }, ...at(line) };
    });
  const frame = renderSarif([], SARIF_TOOL);
  const results = [...missedPoints, ...vagueItems];
  const rules = [...new Set(results.map(({ ruleId }) => ruleId ?? ""))].map((id) => ({
    id,
    shortDescription: { text: id.replaceAll("-", " ") },
  }));
  return { ...frame, runs: frame.runs.map((run) => ({ ...run, tool: { driver: { ...run.tool.driver, rules } }, results })) };
}
