import type { EarnedPlan } from "../model/earned-plan.ts";
import type { GradedPlan } from "../model/grade.ts";
import type { Thresholds } from "../model/policy.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { countItems } from "./count-items.ts";
import { DRAWN, orderForDraw } from "./draw-items.ts";
import { gradeBoxes } from "./grade-boxes.ts";
import { readPlan } from "./read-plan.ts";

/** What a plan is graded from. */
export interface GradeInput {
  /** The pull request's description. */
  readonly body: string;
  /** "owner/repo#number", or "" when unknown; keys the draw. */
  readonly identity: string;
  readonly rubric: Rubric;
  readonly thresholds: Thresholds;
  /** "block": items that are not ticked do not count. */
  readonly openItems: "show" | "block";
  /** An organisation's own tools. */
  readonly tools: readonly string[];
  /** Plans of other changes; most of one used again word for word does not count again. */
  readonly earnedPlans?: readonly EarnedPlan[];
  /** A second rubric whose plan the description holds too: its headings are not this one's. */
  readonly neighbour?: Rubric;
}

/** Reads and grades a description against one rubric: its items, the draw and points 1 to 6. Same input, same answer; never throws. */
export function gradePlan(input: GradeInput): GradedPlan {
  const items = countItems(readPlan(input.body, input.rubric, input.neighbour ?? null), {
    rubric: input.rubric,
    tools: input.tools,
    openItems: input.openItems,
    earnedPlans: input.earnedPlans ?? [],
  });
  const counted = items.filter((item) => item.counted);
  const order = orderForDraw(counted, input.identity);
  const draw = order.slice(0, DRAWN);
  return {
    items,
    draw: draw.map((item) => item.text),
    drawOrder: order.map((item) => item.text),
    boxes: gradeBoxes(counted, draw, input.rubric, input.thresholds),
  };
}
