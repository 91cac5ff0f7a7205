import type { FieldStart, RiskField } from "./form-fields.ts";
import { fieldOfLabel, readFieldStart, stripMarkers } from "./form-fields.ts";

/** What stands under one label of a form. A field may be answered more than once. */
export interface FieldAnswer {
  readonly field: RiskField;
  readonly label: string;
  readonly value: string;
}

const FENCE = /^\s*(?:`{3,}|~{3,})/;
const RULE = /^[\s|:=_*{}-]*$/;
/** Compatible forms can be many times longer than what they replace. */
const LONGEST_TEXT = 20_000;

function withoutComments(text: string): string {
  let visible = "";
  let from = 0;
  for (;;) {
    const open = text.indexOf("<!--", from);
    if (open < 0) return visible + text.slice(from);
    visible += text.slice(from, open);
    const close = text.indexOf("-->", open + 4);
    if (close < 0) return visible;
    from = close + 3;
  }
}

/** What a reader sees: compatible forms of letters and digits folded; invisible characters, comments and struck-through text gone. */
function visibleText(text: string): string {
  return withoutComments(
    text
      .slice(0, LONGEST_TEXT)
      .normalize("NFKC")
      .slice(0, LONGEST_TEXT)
      .replace(/[\p{Cf}\p{Co}\p{Cs}]/gu, ""),
  )
    .replace(/~~[^~]*~~/g, " ")
    .replace(/<br\s?\/?>/gi, "\n");
}

function cleanValue(value: string): string {
  const plain = value.replaceAll(/\*\*|__(?=\p{L})|(?<=\p{L})__|`|\\(?=[*_`#])/gu, "").trim();
  return (
    plain
      // YAML's block indicators, then JSON's quotes and comma.
      .replace(/^[>|][-+]?\n/, "")
      .replace(/^"([^"]*)",?$/, "$1")
      .replace(/^\*|\*$/g, "")
      .trim()
  );
}

/** Cuts "date: x; budget: y" in front of each label that follows a semicolon or comma. */
function splitInline(line: string): readonly string[] {
  const parts: string[] = [];
  for (const piece of line.split(/(?<=[;,])\s+/)) {
    const startsField = /^[^:=]{2,60}[:=]/.test(piece) && readFieldStart(piece) !== null;
    if (parts.length === 0 || startsField) parts.push(piece);
    else parts.push(`${parts.pop() ?? ""} ${piece}`);
  }
  return parts.map((part, index) => (index < parts.length - 1 ? part.replace(/[;,]$/, "") : part));
}

function cellsOf(line: string): readonly string[] {
  return line
    .trim()
    .replace(/^\|/, "")
    .replace(/\|$/, "")
    .split("|")
    .map((cell) => cell.trim());
}

/** A table whose header row has the labels: turned into one line for each column. */
function turnTable(lines: readonly string[]): readonly string[] {
  const turned: string[] = [];
  let header: readonly string[] | null = null;
  for (const line of lines) {
    const cells = line.includes("|") ? cellsOf(line) : [];
    if (cells.filter((cell) => fieldOfLabel(cell) !== null).length > 1) header = cells;
    else if (header && RULE.test(line)) continue;
    else if (header && cells.length > 1) {
      turned.push(...header.map((label, column) => `${label}: ${cells[column] ?? ""}`));
      header = null;
    } else turned.push(line);
  }
  return turned;
}

interface OpenField extends FieldStart {
  readonly lines: string[];
}

/** Whether a line that opens no field still belongs to the open one: a date, a number or a name ends at a blank line. */
function continues(open: OpenField, afterBlank: boolean): boolean {
  return open.field === "mitigation" || !afterBlank || open.lines.every((line) => line.trim() === "");
}

/**
 * Reads the labelled fields of a form's text, in its order, with what stands under each. Text in front
 * of the first label is skipped.
 */
export function readFormFields(text: string): readonly FieldAnswer[] {
  const fields: OpenField[] = [];
  let open: OpenField | undefined;
  let afterBlank = false;
  for (const line of turnTable(visibleText(text).split(/\r\n?|\n/)).flatMap(splitInline)) {
    if (FENCE.test(line)) continue;
    const start = readFieldStart(line);
    if (start) {
      open = { ...start, lines: [start.value] };
      fields.push(open);
    } else if (RULE.test(line)) {
      afterBlank = true;
      continue;
    } else if (open && continues(open, afterBlank)) {
      open.lines.push(stripMarkers(line));
    } else {
      open = undefined;
    }
    afterBlank = false;
  }
  return fields.map(({ field, label, lines }) => ({ field, label, value: cleanValue(lines.join("\n")) }));
}
