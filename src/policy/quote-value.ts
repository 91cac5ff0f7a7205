/** Characters that could break out of one line of a message, or hide in it. */
export const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}`]/gu;

/**
 * Shows a value of a policy file inside a one-line message: at most 60 characters, control, bidi and
 * other invisible characters replaced by `?`. Maps and lists are named, not printed.
 */
export function quoteValue(value: unknown): string {
  if (value === null) return "nothing";
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a map";
  const text = typeof value === "string" ? value : String(value);
  const shown = Array.from(text.slice(0, 120).replace(UNPRINTABLE, "?"));
  const short = shown.length > 60 ? `${shown.slice(0, 57).join("")}...` : shown.join("");
  return typeof value === "string" ? `\`"${short}"\`` : `\`${short}\``;
}
