import { LABEL_LEVEL } from "./block.ts";
import { INDENTED_CODE, ITEM, push, type ReadingState } from "./reading-state.ts";

const ATX = /^(#{1,6})(?: (.*))?$/u;
const HTML_HEADING = /^<(?:h([1-6])|summary|b|strong)>(.{0,300}?)<\/(?:h[1-6]|summary|b|strong)>/iu;
const LABEL = /^[^\p{L}\p{N}*_<]{0,12}(?:\d{1,2}[.)] ?)?(?:\*\*|__)([^*_]{2,120})(?:\*\*|__) ?(?:\([^()]{0,40}\) ?)?[:：]?$/u;

/** Reads a line as a heading of any form: `## Title`, underlined, HTML, or a bold label. False when it is none. */
export function readHeading(text: string, indent: number, line: number, nextLine: string, state: ReadingState): boolean {
  const atx = indent < INDENTED_CODE ? ATX.exec(text) : null;
  const html = HTML_HEADING.exec(text.replace(/^(?:<details[^>]{0,40}>|<p>)\s*/iu, ""));
  const label = LABEL.exec(text.replace(/^(?:[-*+]|\d{1,2}[.)])\s+(?=[^[])/u, ""));
  const setext =
    atx === null &&
    indent === 0 &&
    state.openItem === null &&
    state.openParagraph === null &&
    /^(?:={3,}|-{3,})\s*$/u.test(nextLine) &&
    !text.includes("|") &&
    !ITEM.test(text);
  if (atx) push(state, { kind: "heading", line, level: (atx[1] ?? "#").length, text: withoutClosingMarks(atx[2] ?? "") });
  else if (html) push(state, { kind: "heading", line, level: html[1] ? Number(html[1]) : LABEL_LEVEL, text: html[2] ?? "" });
  else if (label && (indent === 0 || !state.inList) && !/\[[ xX]\]/u.test(text))
    push(state, { kind: "heading", line, level: LABEL_LEVEL, text: label[1] ?? "" });
  else if (setext) push(state, { kind: "heading", line, level: nextLine.startsWith("=") ? 1 : 2, text });
  else return false;
  return true;
}

/** `## Title ##` is the same heading as `## Title`. */
function withoutClosingMarks(text: string): string {
  let end = text.trimEnd();
  while (end.endsWith("#")) end = end.slice(0, -1);
  return end.trim();
}
