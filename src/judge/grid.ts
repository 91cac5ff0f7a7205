import type { Finding } from "../model/finding.ts";
import type { PlanItem } from "../model/plan-item.ts";
import type { GridCell } from "../model/review.ts";
import type { Rubric } from "../rubrics/rubric.ts";

/** One cell for each requirement of the rubric, in its reading order: what the plan covers, and what the diff shows. */
export function buildGrid(rubric: Rubric, items: readonly PlanItem[], findings: readonly Finding[]): readonly GridCell[] {
  return rubric.requirements.map(({ id }): GridCell => {
    const own = items.filter((item) => item.counted && item.requirement === id);
    const broken = own.find((item) => item.promise?.state === "contradicted");
    const finding = findings.find((each) => each.requirement === id && each.severity === "blocking" && each.suppressed === undefined);
    const line = broken?.line ?? finding?.line;
    if (line !== undefined) return { requirement: id, state: "contradicted", line };
    if (own.some((item) => item.missing.length === 0)) return { requirement: id, state: "met" };
    const [vague] = own;
    return vague ? { requirement: id, state: "vague", line: vague.line } : { requirement: id, state: "missing" };
  });
}
