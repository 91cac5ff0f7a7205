import { styleText } from "node:util";
import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";
import type { Block, Line, Mark, Row, Span } from "./document.ts";
import { cleanLine, excerpt, splitStrong } from "./neutralise.ts";

/** How a terminal wants its text. */
export interface TerminalOptions {
  readonly colour: boolean;
  /** Width in columns; below 40 is treated as 40. */
  readonly columns: number;
}

type Style = "bold" | "dim" | "cyan" | "green" | "red" | "yellow";

const MARK_STYLES: Readonly<Record<Mark, Style>> = { "✓": "green", "✗": "red", "·": "yellow", "–": "dim" };

/** Longest quotation, in characters; sentences are written in full. */
const LONGEST = { prose: 1200, code: 300 };

/**
 * Blocks as text for a terminal. Lines are wrapped at words, so only a single longer word (a path that
 * an editor should link) is wider than the terminal. Nothing quoted can send a control sequence.
 */
export function writeTerminal(blocks: readonly Block[], options: TerminalOptions): string {
  const columns = Math.max(40, options.columns);
  return `${blocks
    .map((block) => writeBlock(block, { ...options, columns }))
    .join("\n")
    .trimEnd()}\n`;
}

/** Each block ends with a line break; blocks are parted by an empty line. */
function writeBlock(block: Block, options: TerminalOptions): string {
  switch (block.kind) {
    case "heading":
      return hanging("", styled(writeTerminalLine(block.line, { ...options, colour: false }), "bold", options), options.columns);
    case "paragraph":
      return hanging("", writeTerminalLine(block.line, options), options.columns);
    case "quote":
      return prefixed("> ", writeTerminalLine(block.line, options), options.columns);
    case "list":
      return block.rows.map((row, index) => writeRow(row, block.ordered ? `${index + 1}. ` : "- ", options)).join("");
    case "table":
      return writeTable(block.rows, options);
    case "grid":
      return writeGrid(block.columns, options);
    case "form":
      return block.lines.map((line) => `    ${cleanLine(line)}\n`).join("");
    case "details":
      return [
        hanging("", styled(cleanLine(block.summary), "bold", options), options.columns),
        ...block.blocks.map((inner) => writeBlock(inner, options)),
      ].join("\n");
  }
}

/** One line of spans, not wrapped. */
function writeTerminalLine(line: Line, options: TerminalOptions): string {
  return line.map((span) => writeSpan(span, options)).join("");
}

function writeSpan(span: Span, options: TerminalOptions): string {
  switch (span.kind) {
    case "prose":
      return writeProse(span.text, options);
    case "strong":
      return styled(excerpt(span.text, LONGEST.prose), "bold", options);
    case "code":
      return options.colour ? styled(excerpt(span.text, LONGEST.code), "cyan", options) : `\`${excerpt(span.text, LONGEST.code)}\``;
    case "place":
      return styled(`${cleanLine(span.path)}${span.line === undefined ? "" : `:${span.line}:1`}`, "cyan", options);
    case "link":
      return `${cleanLine(span.text)} ${cleanLine(span.url)}`;
    case "mark":
      return styled(span.mark, MARK_STYLES[span.mark], options);
  }
}

/** A sentence, keeping the blanks that part it from its neighbours. */
function writeProse(text: string, options: TerminalOptions): string {
  const line = excerpt(text, LONGEST.prose);
  if (line === "") return text === "" ? "" : " ";
  const words = splitStrong(line).map((part, index) => (index % 2 === 0 ? part : styled(part, "bold", options)));
  return `${/^\s/.test(text) ? " " : ""}${words.join("")}${/\s$/.test(text) ? " " : ""}`;
}

function styled(text: string, style: Style, { colour }: TerminalOptions): string {
  return colour && text !== "" ? styleText(style, text, { validateStream: false }) : text;
}

function writeRow({ line, under = [] }: Row, marker: string, options: TerminalOptions): string {
  const indent = " ".repeat(marker.length);
  return (
    hanging(marker, writeTerminalLine(line, options), options.columns) +
    under.map((each) => hanging(indent, writeTerminalLine(each, options), options.columns)).join("")
  );
}

/** All columns but the last as wide as their widest cell; the last one wraps. */
function writeTable(rows: readonly (readonly Line[])[], options: TerminalOptions): string {
  const cells = rows.map((row) => row.map((cell) => writeTerminalLine(cell, options)));
  const widths = (cells[0] ?? []).map((_, column) => cells.reduce((widest, row) => Math.max(widest, stringWidth(row[column] ?? "")), 0));
  return cells
    .map((row) => {
      const leading = row.slice(0, -1).map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - stringWidth(cell) + 2));
      return hanging(leading.join(""), row.at(-1) ?? "", options.columns);
    })
    .join("");
}

function writeGrid(columns: Extract<Block, { kind: "grid" }>["columns"], options: TerminalOptions): string {
  const titles = columns.map((column) => cleanLine(column.title));
  const width = titles.reduce((widest, title) => Math.max(widest, stringWidth(title)), 0) + 2;
  return columns
    .map((column, index) => {
      const title = titles[index] ?? "";
      const lead = styled(title, "bold", options) + " ".repeat(width - stringWidth(title));
      return packed(
        lead,
        column.cells.map((cell) => writeTerminalLine(cell, options)),
        options.columns,
      );
    })
    .join("");
}

/** Cells after each other, never split, under a hanging indent. */
function packed(lead: string, cells: readonly string[], columns: number): string {
  const indent = stringWidth(lead);
  const lines: string[] = [lead];
  for (const [index, cell] of cells.entries()) {
    const last = lines.length - 1;
    const current = lines[last] ?? "";
    const separator = index === 0 || current.trim() === "" ? "" : "  ";
    if (index > 0 && stringWidth(current) + separator.length + stringWidth(cell) > columns) lines.push(" ".repeat(indent) + cell);
    else lines[last] = current + separator + cell;
  }
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}

/** Wraps text after a lead; the following lines are indented by the width of the lead. */
function hanging(lead: string, text: string, columns: number): string {
  const indent = stringWidth(lead);
  const lines = wrap(text, columns - indent);
  return lines.map((line, index) => `${`${index === 0 ? lead : " ".repeat(indent)}${line}`.trimEnd()}\n`).join("");
}

function prefixed(prefix: string, text: string, columns: number): string {
  return wrap(text, columns - prefix.length)
    .map((line) => `${prefix}${line}\n`)
    .join("");
}

function wrap(text: string, columns: number): readonly string[] {
  return wrapAnsi(text, Math.max(20, columns)).split("\n");
}
