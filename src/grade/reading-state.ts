import type { Block, HiddenBy } from "./block.ts";

/** A list item's marker and its text. */
export const ITEM = /^([-*+•●○◦▪–]|\d{1,4}[.)]|[a-zA-Z][.)])(?: (.*))?$/u;
/** Columns from which a line after a blank one is code. */
export const INDENTED_CODE = 4;

/** How far the reading of a description has come. */
export interface ReadingState {
  readonly blocks: Block[];
  /** Index of the item that a continuation line belongs to. */
  openItem: number | null;
  /** Index of the paragraph that a continuation line belongs to. */
  openParagraph: number | null;
  head: readonly string[] | null;
  inList: boolean;
  blankBefore: boolean;
  inStruck: boolean;
  readonly collapsed: boolean[];
  hidden: readonly string[];
}

/** What hides the current line from a reader of the page; null when nothing does. */
export function hiddenIn(state: ReadingState): HiddenBy | null {
  if (state.inStruck) return "struck";
  if (state.hidden.length > 0) return "hidden";
  return state.collapsed.includes(true) ? "collapsed" : null;
}

/** Adds a block that ends whatever was open. */
export function push(state: ReadingState, block: Block): void {
  state.blocks.push(block);
  state.openItem = null;
  state.openParagraph = null;
  state.head = null;
  state.inList = false;
}
