import type { Block, HiddenBy } from "./block.ts";
import { openHiddenElements } from "./hidden-html.ts";
import { readHeading } from "./read-heading.ts";
import { hiddenIn, INDENTED_CODE, ITEM, type ReadingState } from "./reading-state.ts";
import { splitComments } from "./split-comments.ts";
import { cellsOf } from "./table-row.ts";

const CHECKBOX = /^(?:\[([ xX✓✔~/-]?)\]|(☐|☑|☒|✅|⬜|❌|🔲)\ufe0f?)[\s:]+/u;
const FENCE = /^(`{3,}|~{3,})\s*([^\s`]*)/u;
const DELIMITER_ROW = /^\|?(?:\s*:?-{1,80}:?\s*\|){1,40}(?:\s*:?-{1,80}:?\s*)?$/u;
/**
 * Reads Markdown line by line into headings, list items, table rows, code blocks and paragraphs, as GitHub shows them, more
 * leniently where authors slip. One pass, linear in the text; never throws.
 */
export function readBlocks(body: string): readonly Block[] {
  const state: ReadingState = {
    blocks: [],
    openItem: null,
    openParagraph: null,
    head: null,
    inList: false,
    blankBefore: true,
    inStruck: false,
    collapsed: [],
    hidden: [],
  };
  const lines = body.split(/\r\n|\r|\n/u);
  let inComment = false;
  for (let index = 0; index < lines.length; index += 1) {
    const raw = (lines[index] ?? "").replaceAll("\t", "    ");
    const fence = inComment ? null : fenceAt(raw);
    if (fence) {
      index = readFence(lines, index, fence, state);
      continue;
    }
    const { visible, hidden, open } = splitComments(raw, inComment);
    if (hidden.trim() !== "") pushHiddenItem(hidden, index + 1, "comment", state);
    inComment = open;
    if (visible.trim() === "" && hidden !== "") continue;
    readLine(visible, index + 1, lines[index + 1] ?? "", state);
  }
  return state.blocks;
}

function fenceAt(raw: string): RegExpExecArray | null {
  return FENCE.exec(raw.replace(/^[\s>]*(?:[-*+]\s+)?/u, ""));
}

function readFence(lines: readonly string[], start: number, fence: RegExpExecArray, state: ReadingState): number {
  const [, mark = "```", language = ""] = fence;
  let end = start + 1;
  while (end < lines.length && !closes(lines[end] ?? "", mark)) end += 1;
  const quoted = /^\s*>/u.test(lines[start] ?? "");
  state.blocks.push({
    kind: "fence",
    line: start + 1,
    language: language.toLowerCase(),
    lines: lines.slice(start + 1, end),
    hiddenBy: quoted ? "quote" : hiddenIn(state),
  });
  state.openItem = null;
  state.openParagraph = null;
  return end;
}

/** Whether a line ends the fence that `mark` opened. */
function closes(line: string, mark: string): boolean {
  const end = line.replace(/^[\s>]+/u, "").trimEnd();
  return end.length >= mark.length && end === mark.charAt(0).repeat(end.length);
}

function pushHiddenItem(text: string, line: number, hiddenBy: HiddenBy, state: ReadingState): void {
  const item = ITEM.exec(text.trim());
  if (item?.[2]) state.blocks.push({ kind: "item", line, indent: 0, text: item[2].replace(CHECKBOX, ""), checked: null, hiddenBy });
}

function readLine(raw: string, line: number, nextLine: string, state: ReadingState): void {
  trackHtml(raw, state);
  const text = raw.trim();
  const indent = raw.length - raw.trimStart().length;
  if (text === "") {
    state.blankBefore = true;
    state.openParagraph = null;
    state.head = null;
    return;
  }
  const afterBlank = state.blankBefore;
  state.blankBefore = false;
  if (afterBlank && indent === 0) state.openItem = null;
  if (text.startsWith(">")) {
    pushHiddenItem(text.replace(/^[>\s]+/u, ""), line, "quote", state);
    state.openItem = null;
    return;
  }
  if (indent >= INDENTED_CODE && afterBlank && !state.inList) {
    pushHiddenItem(text, line, "code", state);
    state.blankBefore = true;
    return;
  }
  if (readHeading(text, indent, line, nextLine, state)) return;
  if (readRow(text, line, nextLine, state)) return;
  const item = /^(?:[-*_]\s*){3,}$/u.test(text) ? null : ITEM.exec(text.replace(/^<li>\s*/iu, "- ").replace(/<\/li>\s*$/iu, ""));
  if (item) {
    pushItem(item[2] ?? "", indent, line, state);
  } else if (state.openItem !== null && (indent > 0 || !afterBlank)) {
    const open = state.blocks[state.openItem];
    if (open?.kind === "item") state.blocks[state.openItem] = { ...open, text: `${open.text} ${text}` };
  } else {
    if (indent === 0) state.inList = false;
    state.openItem = null;
    pushParagraph(text, line, state);
  }
}

function trackHtml(raw: string, state: ReadingState): void {
  if (!raw.includes("<")) return;
  state.hidden = openHiddenElements(raw, state.hidden);
  if (/<details\b/iu.test(raw)) state.collapsed.push(false);
  const summary = /<summary>(.{0,300}?)<\/summary>/iu.exec(raw);
  if (summary && state.collapsed.length > 0) state.collapsed[state.collapsed.length - 1] = !/[\p{L}\p{N}]/u.test(summary[1] ?? "");
  if (/<\/details>/iu.test(raw)) state.collapsed.pop();
  if (/^\s*<(?:del|s|strike)>\s*$/iu.test(raw)) state.inStruck = true;
  if (/^\s*<\/(?:del|s|strike)>\s*$/iu.test(raw)) state.inStruck = false;
}

function readRow(text: string, line: number, nextLine: string, state: ReadingState): boolean {
  if (!text.includes("|")) {
    state.head = null;
    return false;
  }
  if (DELIMITER_ROW.test(text)) return state.head !== null;
  if (state.head === null) {
    if (!DELIMITER_ROW.test(nextLine.trim())) return false;
    state.head = cellsOf(text);
    state.openItem = null;
    return true;
  }
  state.blocks.push({ kind: "row", line, cells: cellsOf(text), head: state.head, hiddenBy: hiddenIn(state) });
  return true;
}

function pushItem(written: string, indent: number, line: number, state: ReadingState): void {
  const content = written.trim();
  const box = CHECKBOX.exec(content);
  const mark = box?.[1] ?? box?.[2];
  const checked = mark === undefined ? null : /[xX✓✔☑✅]/u.test(mark);
  const text = box ? content.slice(box[0].length) : content;
  state.blocks.push({ kind: "item", line, indent, text, checked, hiddenBy: hiddenIn(state) });
  state.openItem = state.blocks.length - 1;
  state.openParagraph = null;
  state.inList = true;
}

function pushParagraph(text: string, line: number, state: ReadingState): void {
  const open = state.openParagraph === null ? undefined : state.blocks[state.openParagraph];
  if (open?.kind === "paragraph" && state.openParagraph !== null) {
    state.blocks[state.openParagraph] = { ...open, text: `${open.text}\n${text}` };
    return;
  }
  state.blocks.push({ kind: "paragraph", line, text });
  state.openParagraph = state.blocks.length - 1;
}
