/** Names from a list that separates them by commas and line breaks. */
export function parseNames(list: string): readonly string[] {
  return list
    .split(/[,\n]/u)
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
