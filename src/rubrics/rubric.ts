import type { RequirementId, RubricId } from "../model/requirement-id.ts";
import type { Cue, Requirement, Section } from "./requirement.ts";

/** A catalogue that a plan is graded against. Sections and requirements in reading order. */
export interface Rubric {
  readonly id: RubricId;
  readonly title: string;
  readonly sections: readonly Section[];
  readonly requirements: readonly Requirement[];
  /** Requirements whose shortfall nobody may accept alone: two signers. Empty for backend reliability. */
  readonly neverAlone: readonly RequirementId[];
  /** What an item under another rubric's heading must speak of to serve this one too. Runs on lower-cased text; absent: anything. */
  readonly subject?: RegExp;
  /** Words that speak for subjects outside the catalogue (load tests, scaling, dependencies): each takes its weight from every requirement. */
  readonly elsewhere?: readonly Cue[];
}
