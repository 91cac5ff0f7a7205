import type { Box, Grade, GradedPlan } from "../model/grade.ts";
import { recogniseRequirement } from "../grade/recognise-requirement.ts";
import type { Inspection } from "../model/inspection.ts";
import type { PlanItem } from "../model/plan-item.ts";
import type { RequirementId } from "../model/requirement-id.ts";
import type { Rubric } from "../rubrics/rubric.ts";

/** Whether a requirement belongs to the rubric whose points are counted. */
export type BelongsTo = (requirement: RequirementId) => boolean;

/**
 * Point 8: the diff has no blocking finding and breaks no promise of the plan. `earned` is null when a
 * rule or a file could not be read and nothing else stands against it: never a pass, never the author's fault.
 */
export function diffBox(inspection: Inspection, belongs: BelongsTo): Box {
  const own = inspection.findings.filter((finding) => belongs(finding.requirement));
  const blocking = own.filter((finding) => finding.severity === "blocking" && finding.suppressed === undefined).length;
  const advisory = own.filter((finding) => finding.severity === "advisory").length;
  const undetermined =
    own.filter((finding) => finding.severity === "undetermined").length + inspection.notRead.filter((file) => file.undetermined).length;
  const contradicted = inspection.items.filter((item) => item.promise?.state === "contradicted").length;
  const parts = [
    contradicted > 0 ? plural(contradicted, "contradiction") : "",
    blocking > 0 ? plural(blocking, "blocking finding") : "",
    undetermined > 0 ? `${undetermined} could not be judged` : "",
    advisory > 0 ? `${advisory} advisory` : "",
  ].filter((part) => part !== "");
  const broken = blocking + contradicted > 0;
  return {
    id: "diff",
    earned: broken ? false : undetermined > 0 ? null : true,
    mustEarn: true,
    detail: parts.length > 0 ? parts.join(", ") : "no finding",
  };
}

/** Point 7 of the general grade: no payment code, or the payment rubric passed first. Null when it could not be judged. */
export function paymentBox(touched: boolean, grade: Grade | null): Box {
  const box = { id: "payment-operations", mustEarn: true };
  if (!touched) return { ...box, earned: true, detail: "no payment code" };
  if (!grade) return { ...box, earned: null, detail: "payment code, and its rubric was not judged" };
  const score = `${grade.points}/${grade.outOf}`;
  return grade.passed
    ? { ...box, earned: true, detail: `passed ${score}` }
    : { ...box, earned: false, detail: `waiting for Payment operations, ${score}` };
}

/** Point 7 of the payment grade: each requirement that nobody may accept alone has a specific item (unsure passes). */
export function neverAloneBox(items: readonly PlanItem[], rubric: Rubric): Box {
  const { neverAlone } = rubric;
  const without = findUnplanned(items, rubric);
  return {
    id: "never-alone",
    deficit: without.length,
    lacking: without,
    earned: without.length === 0,
    mustEarn: true,
    detail: without.length === 0 ? `all ${neverAlone.length} have a specific item` : `no specific item for ${without.join(", ")}`,
  };
}

/** An item speaks about a second requirement when it is meant this surely. */
const SURELY_MEANT = 6;

/** The requirements that nobody may accept alone and that no counted item speaks about specifically. */
export function findUnplanned(items: readonly PlanItem[], rubric: Rubric): readonly RequirementId[] {
  const said = items
    .filter((item) => item.counted && item.missing.length === 0)
    .map((item) => ({ own: item.requirement, scores: recogniseRequirement(item.text, rubric).scores }));
  return rubric.neverAlone.filter((id) => !said.some(({ own, scores }) => own === id || (scores.get(id) ?? 0) >= SURELY_MEANT));
}

/**
 * The whole grade: points 1 to 6 of the plan and the two that the caller judged. It passes with the
 * points the policy asks for and every point that must be earned (product description, section 4).
 */
export function buildGrade(plan: GradedPlan, seventh: Box, eighth: Box, passing: number): Grade {
  const boxes = [...plan.boxes, seventh, eighth];
  const points = boxes.filter((box) => box.earned === true).length;
  const passed = points >= passing && boxes.every((box) => !box.mustEarn || box.earned === true);
  return { points, outOf: boxes.length, passing, passed, boxes };
}

/** "1 contradiction", "2 contradictions". */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
