import type { SectionId } from "../model/requirement-id.ts";
import type { HiddenBy } from "./block.ts";

/** One line of a description that could be an item of the plan. */
export interface ReadItem {
  /** 1-based line in the description. */
  readonly line: number;
  readonly raw: string;
  /** The sections that its heading names; empty outside the plan. More than one when the heading joins two. */
  readonly sections: readonly SectionId[];
  readonly done: boolean;
  readonly checked: boolean | null;
  readonly indent: number;
  /** Why its place or form keeps it from counting; null when nothing does. */
  readonly whyNot: string | null;
  readonly id?: string;
  /** Words above the item that may name what it is about: a sub-heading, a label of a nested list. */
  readonly context: string;
}

/** Shown for an item that a reader of the page does not see as one. */
export const WHY_HIDDEN: Readonly<Record<HiddenBy, string>> = {
  comment: "inside an HTML comment",
  quote: "quoted",
  code: "inside a code block",
  collapsed: "in a collapsed block without a title",
  struck: "struck through",
  hidden: "hidden by HTML",
};
