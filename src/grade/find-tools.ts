import { TOOL_NAMES } from "../rubrics/wording/tool-names.ts";

const KNOWN = new Set(TOOL_NAMES.map((name) => name.toLowerCase()));

/** The tools that an item names, quoted in the order of the text. `extra` are an organisation's own. */
export function findTools(text: string, extra: readonly string[]): readonly string[] {
  const own = new Set(extra.map((name) => name.toLowerCase()));
  const words = text.match(/[\p{L}\p{N}@][\p{L}\p{N}@/._-]*/gu) ?? [];
  return [...new Set(words.filter((word) => KNOWN.has(word.toLowerCase()) || own.has(word.toLowerCase())))];
}
