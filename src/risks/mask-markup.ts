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

/**
 * The same text, character for character and line for line, with the marks taken out that cost a Markdown
 * parser more than linear time and say nothing about where quotes, code and HTML stand: brackets, emphasis,
 * entities, and containers nested deeper than eight. For asking a parser about structure, never for reading text.
 */
export function maskMarkup(markdown: string): string {
  return markdown
    .replaceAll(/[[\]_&]|\*(?![ \t])/g, "x")
    .split("\n")
    .map((line) => {
      const from = findTooDeep(line);
      return from < 0 ? line : line.slice(0, from) + "x".repeat(line.length - from);
    })
    .join("\n");
}
