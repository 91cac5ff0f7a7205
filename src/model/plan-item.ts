import type { RequirementId, SectionId } from "./requirement-id.ts";

/** The three tests of a specific item. */
export type Quality = "numbers" | "tools" | "outcome";

/** What became of an item's promise when the diff and the manifests were read. */
export interface PromiseState {
  readonly state: "kept" | "contradicted" | "unproven";
  readonly path?: string;
  readonly line?: number;
  /** true where the change only names what the item names: no value was compared. */
  readonly bySign?: boolean;
  /** One sentence for a contradiction: what the plan says and what the code does. */
  readonly detail?: string;
}

/** One item of a plan as it was read and judged (contract: Item). */
export interface PlanItem {
  readonly id?: string;
  /** 1-based line in the description. */
  readonly line: number;
  readonly section: SectionId | null;
  /** The item without list marker, checkbox and emphasis. */
  readonly text: string;
  readonly requirement: RequirementId | null;
  readonly done: boolean;
  readonly counted: boolean;
  /** Why it is not counted; absent when it is. */
  readonly whyNot?: string;
  /** The numbers that pin behaviour, quoted from the text. */
  readonly numbers: readonly string[];
  /** The tools, quoted from the text. */
  readonly tools: readonly string[];
  /** The measurable outcome, quoted from the text; null when there is none. */
  readonly outcome: string | null;
  /** true when all three are surely there. */
  readonly specific: boolean;
  /** Surely without. */
  readonly missing: readonly Quality[];
  /** Could not tell. Never overlaps `missing`. */
  readonly unsure: readonly Quality[];
  /** One concrete rewrite in the item's own terms; present when something is missing or unsure. */
  readonly advice?: string;
  readonly promise?: PromiseState;
}
