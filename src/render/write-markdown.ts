import type { Block, Line, Row, Span } from "./document.ts";
import { fitPieces, type Piece } from "./limits.ts";
import { cleanLine, codeSpan, excerpt, plainHtml, plainMarkdown, proseMarkdown } from "./neutralise.ts";

/** Longest sentence, quotation and path that are written in full, in characters; a table's cells hold less. */
const LONGEST = { prose: 800, code: 300, path: 250, cell: 160 };

const WEB_ADDRESS = /^https?:\/\/[\w.~:/?#@!$&*+,;=%[\]-]+$/;

/**
 * Blocks as GitHub's Markdown, at most `limitBytes` UTF-8 bytes: lists lose entries from the end of the
 * text, and say how many. Nothing that a span quotes becomes markup.
 */
export function writeMarkdown(blocks: readonly Block[], limitBytes: number): string {
  return fitPieces(blocks.flatMap(blockPieces), limitBytes).trim();
}

/** One line of spans as Markdown. */
export function writeLine(line: Line, { inTable = false } = {}): string {
  return line.reduce((written, span) => {
    const next = writeSpan(span, inTable);
    // Two code spans that touch would be read as one.
    return written.endsWith("`") && next.startsWith("`") ? `${written} ${next}` : written + next;
  }, "");
}

function blockPieces(block: Block): readonly Piece[] {
  switch (block.kind) {
    case "heading":
      return [fixed(`### ${writeLine(block.line)}\n\n`)];
    case "paragraph":
      return [fixed(`${writeLine(block.line)}\n\n`)];
    case "quote":
      return [fixed(`> ${writeLine(block.line)}\n\n`)];
    case "list":
      return [listPiece(block.rows, block.ordered, block.noun), fixed("\n")];
    case "table":
      return [
        fixed(`${tableRow(block.header)}${tableRow(block.header.map(() => "---"))}`),
        ...block.rows.map((row) => fixed(tableRow(row.map(cell)))),
        fixed("\n"),
      ];
    case "grid":
      return [fixed(gridTable(block.columns))];
    case "form":
      return [fixed(`\`\`\`text\n${block.lines.map((line) => cleanLine(line).replaceAll("```", "'''")).join("\n")}\n\`\`\`\n\n`)];
    case "details":
      return [
        fixed(`<details><summary>${plainHtml(block.summary)}</summary>\n\n`),
        ...block.blocks.flatMap(blockPieces),
        fixed("</details>\n\n"),
      ];
  }
}

function fixed(text: string): Piece {
  return { kind: "fixed", text };
}

function listPiece(rows: readonly Row[], ordered: boolean, noun: string): Piece {
  const written = rows.map(({ line, under = [] }, index) => {
    const marker = ordered ? `${index + 1}. ` : "- ";
    const indent = " ".repeat(marker.length);
    return `${marker}${writeLine(line)}\n${under.map((each) => `${indent}- ${writeLine(each)}\n`).join("")}`;
  });
  return {
    kind: "rows",
    rows: written,
    note: (lost) => `- … ${lost} more ${noun} not shown: the text would be longer than GitHub allows.\n`,
  };
}

function gridTable(columns: Extract<Block, { kind: "grid" }>["columns"]): string {
  const height = columns.reduce((tallest, column) => Math.max(tallest, column.cells.length), 0);
  const rows = Array.from({ length: height }, (_, row) =>
    tableRow([String(row + 1), ...columns.map((column) => cell(column.cells[row] ?? []))]),
  );
  const header = ["", ...columns.map((column) => plainMarkdown(column.title))];
  return `${tableRow(header)}${tableRow(header.map(() => "---"))}${rows.join("")}\n`;
}

function cell(line: Line): string {
  return writeLine(line, { inTable: true });
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |\n`;
}

function writeSpan(span: Span, inTable: boolean): string {
  switch (span.kind) {
    case "prose":
      return spaced(span.text, proseMarkdown(excerpt(span.text, inTable ? LONGEST.cell : LONGEST.prose), { inTable }));
    case "strong":
      return `**${plainMarkdown(excerpt(span.text, LONGEST.prose))}**`;
    case "code":
      return codeSpan(excerpt(span.text, LONGEST.code), { inTable });
    case "place":
      return codeSpan(`${excerpt(span.path, LONGEST.path)}${span.line === undefined ? "" : `:${span.line}`}`, { inTable });
    case "link":
      return WEB_ADDRESS.test(span.url) ? `[${plainMarkdown(span.text)}](${span.url.replaceAll("*", "%2A")})` : plainMarkdown(span.text);
    case "mark":
      return span.mark;
  }
}

/** Puts back the blanks at both ends that part a span from its neighbours. */
function spaced(original: string, written: string): string {
  if (written === "") return original === "" ? "" : " ";
  return `${/^\s/.test(original) ? " " : ""}${written}${/\s$/.test(original) ? " " : ""}`;
}
