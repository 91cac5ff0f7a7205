import type { ts } from "ts-morph";
import { firstNodeFrom } from "./guarded-work.ts";
import { perFile } from "./per-file.ts";

/** A comment that leaves work for later, and the code that goes on without it. */
export interface LeftForLater {
  /** What is left, as the comment says it, in one line of at most 80 characters. */
  readonly text: string;
  readonly at: ts.Node;
}

const MARK = /(?:\/\/|\*)\s?@?(?:TODO|ToDo|FIXME|XXX|HACK)\b(?:\([^)]{0,40}\))?:?/;
/** Lines of a comment that goes on, and between it and the code. */
const NEAR = 4;

/** Every such comment of a file, with what it says on its own line and the next of the same comment. */
export const leftForLater = perFile((file): readonly LeftForLater[] => {
  if (!/TODO|ToDo|FIXME|XXX|HACK/.test(file.text)) return [];
  const lines = file.text.split("\n");
  return lines.flatMap((line, index): LeftForLater[] => {
    const mark = MARK.exec(line);
    if (!mark) return [];
    const following = (lines[index + 1] ?? "").trim();
    const next = /^(?:\/\/|\*(?!\/))/.test(following) ? following.replace(/^(?:\/\/|\*)/, "") : "";
    const text = `${line.slice(mark.index + mark[0].length)} ${next}`.split("*/")[0]?.replace(/\s+/g, " ").trim() ?? "";
    const at = firstNodeFrom(index + 2, index + 2 + NEAR, file);
    return text !== "" && at ? [{ text: text.slice(0, 80), at }] : [];
  });
});
