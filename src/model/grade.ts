import type { PlanItem } from "./plan-item.ts";
import type { RequirementId } from "./requirement-id.ts";

/** One of the eight points. `earned` is null when it was not judged. */
export interface Box {
  readonly id: string;
  readonly earned: boolean | null;
  /** true when no slack covers it: without it the grade does not pass. */
  readonly mustEarn: boolean;
  /** One line for the reader: "24 of 27, 89%". */
  readonly detail: string;
  /** How far below the threshold, in the box's own unit (items, percent points); 0 or absent when earned. An acceptance covers no deeper one. */
  readonly deficit?: number;
  /** The requirements that it lacks, where each is a shortfall of its own. */
  readonly lacking?: readonly RequirementId[];
}

/** The grade of a plan (contract: Grade). */
export interface Grade {
  readonly points: number;
  readonly outOf: number;
  readonly passing: number;
  readonly passed: boolean;
  readonly boxes: readonly Box[];
}

/** A description read against one rubric: its items, the draw and the points that the text alone decides (1 to 6). */
export interface GradedPlan {
  readonly items: readonly PlanItem[];
  /** Texts of the drawn items. */
  readonly draw: readonly string[];
  /** Texts of all counted items in the order of the draw: an edit elsewhere never moves an item forward. */
  readonly drawOrder?: readonly string[];
  readonly boxes: readonly Box[];
}
