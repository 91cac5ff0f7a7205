/** A piece of a description that matters to a plan. Lines are 1-based. */
export type Block =
  | { readonly kind: "heading"; readonly line: number; readonly level: number; readonly text: string }
  | {
      readonly kind: "item";
      readonly line: number;
      readonly indent: number;
      readonly text: string;
      /** null without a checkbox. */
      readonly checked: boolean | null;
      readonly hiddenBy: HiddenBy | null;
    }
  | {
      readonly kind: "row";
      readonly line: number;
      readonly cells: readonly string[];
      readonly head: readonly string[];
      readonly hiddenBy: HiddenBy | null;
    }
  | {
      readonly kind: "fence";
      readonly line: number;
      readonly language: string;
      readonly lines: readonly string[];
      readonly hiddenBy: HiddenBy | null;
    }
  | { readonly kind: "paragraph"; readonly line: number; readonly text: string };

/** Why a block is not the author's visible word. */
export type HiddenBy = "comment" | "quote" | "code" | "collapsed" | "struck" | "hidden";

/** Bold labels rank below all six heading levels. */
export const LABEL_LEVEL = 7;
