/**
 * What a review says, before it is dressed for a place. A check run, a comment and a terminal are one
 * text in three dresses: stories build blocks, `write-markdown` and `write-terminal` dress them. Text
 * of others enters only through spans, and both writers neutralise every span.
 */

/** The four marks of a reader's table. */
export type Mark = "✓" | "✗" | "·" | "–";

/** A stretch of a line. */
export type Span =
  /** A sentence; what it has between backticks is code. */
  | { readonly kind: "prose"; readonly text: string }
  | { readonly kind: "strong"; readonly text: string }
  /** Quoted as it stands: from a pull request, or a command to type. */
  | { readonly kind: "code"; readonly text: string }
  /** A place in a file, as editors link it. */
  | { readonly kind: "place"; readonly path: string; readonly line?: number }
  | { readonly kind: "link"; readonly text: string; readonly url: string }
  | { readonly kind: "mark"; readonly mark: Mark };

export type Line = readonly Span[];

/** One entry of a list, with the lines that belong under it. */
export interface Row {
  readonly line: Line;
  readonly under?: readonly Line[];
}

export type Block =
  | { readonly kind: "heading"; readonly line: Line }
  | { readonly kind: "paragraph"; readonly line: Line }
  | { readonly kind: "quote"; readonly line: Line }
  /** `noun` names what a shortened list lost: "items". */
  | { readonly kind: "list"; readonly ordered: boolean; readonly rows: readonly Row[]; readonly noun: string }
  | { readonly kind: "table"; readonly header: readonly string[]; readonly rows: readonly (readonly Line[])[] }
  /** Columns side by side where there is room, else below each other. */
  | { readonly kind: "grid"; readonly columns: readonly { readonly title: string; readonly cells: readonly Line[] }[] }
  /** Text to copy, line by line. */
  | { readonly kind: "form"; readonly lines: readonly string[] }
  /** Folded away where a place can fold. */
  | { readonly kind: "details"; readonly summary: string; readonly blocks: readonly Block[] };

/** A sentence of ours; names from code stand in backticks. */
export function prose(text: string): Span {
  return { kind: "prose", text };
}

export function strong(text: string): Span {
  return { kind: "strong", text };
}

/** A quotation, cut to 300 characters by the writers. */
export function code(text: string): Span {
  return { kind: "code", text };
}

/** A file and a line; the line is left out when it is unknown. */
export function place(path: string, line?: number): Span {
  return line === undefined ? { kind: "place", path } : { kind: "place", path, line };
}

/** A link to a web address of ours or GitHub's; anything but http(s) is written as plain text. */
export function link(text: string, url: string): Span {
  return { kind: "link", text, url };
}

export function mark(sign: Mark): Span {
  return { kind: "mark", mark: sign };
}

/** "1 finding", "2 findings". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
