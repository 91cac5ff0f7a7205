const DEEPEST = 8;
const CONTAINER = /[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))/y;

/** Where a line's ninth container marker (quote, bullet, number) starts, or -1. */
function findTooDeep(line: string): number {
  CONTAINER.lastIndex = 0;
  for (let depth = 0; depth < DEEPEST; depth++) {
    if (!CONTAINER.test(line)) return -1;
  }
  const from = CONTAINER.lastIndex;
  return CONTAINER.test(line) ? from : -1;
}

/** Opening of inline HTML, and what closes it. Without a closing it is plain text, but a parser looks for it to the end each time. */
const CLOSINGS: Readonly<Record<string, string>> = { "<!--": "-->", "<?": "?>", "<": ">" };

/** Masks `<` in the middle of a line where nothing closes it. At a line's start it may open a block of HTML, which needs no closing. */
function maskUnclosed(markdown: string): string {
  const last = new Map(Object.values(CLOSINGS).map((closing) => [closing, markdown.lastIndexOf(closing)]));
  return markdown.replace(/(?<=[^\n ] *)<(?:!--|\?)?/g, (opening, offset: number) => {
    const isClosed = (last.get(CLOSINGS[opening] ?? ">") ?? -1) > offset;
    return isClosed ? opening : `x${opening.slice(1)}`;
  });
}

/**
 * The same text, character for character and line for line, with the marks taken out that cost a Markdown
 * parser more than linear time and say nothing about where quotes, code and HTML stand: brackets, emphasis,
 * entities, unclosed HTML inside a line, and containers nested deeper than eight. For asking a parser about structure, never for reading text.
 */
export function maskMarkup(markdown: string): string {
  return maskUnclosed(markdown)
    .replaceAll(/[[\]_&]|\*(?![ \t])/g, "x")
    .split("\n")
    .map((line) => {
      const from = findTooDeep(line);
      return from < 0 ? line : line.slice(0, from) + "x".repeat(line.length - from);
    })
    .join("\n");
}
