/** The item's words as they are compared with other items: lower case, letters and digits only. */
export function comparisonKey(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
