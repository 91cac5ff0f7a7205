/** The parts of a text that name a module, and the text they were read from: a file is asked several times in a row. */
let last = { text: "", imports: "" };

/**
 * Each `from "x"` and `require("x"` of a text, with the character before, a line each. A pattern that asks for a module reads this instead of
 * the whole text, and finds the same: a name ends at the next quotation mark.
 */
export function writtenImports(text: string): string {
  if (last.text !== text) last = { text, imports: read(text, "from ") + read(text, "require(") };
  return last.imports;
}

function read(text: string, before: string): string {
  let found = "";
  for (let at = text.indexOf(before); at >= 0; at = text.indexOf(before, at + before.length)) {
    const quote = at + before.length;
    if (text[quote] !== '"' && text[quote] !== "'") continue;
    const end = endOf(text, quote + 1);
    if (end >= 0) found += `${text.slice(Math.max(0, at - 1), end + 1)}\n`;
  }
  return found;
}

/** The next quotation mark of either kind; -1 when there is none. */
function endOf(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (text[at] === '"' || text[at] === "'") return at;
  return -1;
}
