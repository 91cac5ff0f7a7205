/** The text as PostgreSQL can keep it: NUL, which no text column takes, and halves of characters become U+FFFD. */
export function storableText(text: string): string {
  return text.replaceAll("\0", "\ufffd").toWellFormed();
}

/** The value as JSON that PostgreSQL can also read, not only keep: every string in it is storable text. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === "string" ? storableText(part) : part));
}
