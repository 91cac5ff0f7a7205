/** Placeholder of the first version; replaced by the full reading of the guide. */
const NUMBER = /\d+(?:\.\d+)?\s?(?:ms|s|sec|min|minutes?|seconds?|hours?|h|days?|d|%|x|req)\b|\b[1-5]\d\d\b|\d+/giu;

/** The numbers of an item that pin behaviour, quoted. */
export function findNumbers(text: string): readonly string[] {
  return [...new Set(text.match(NUMBER) ?? [])];
}
