import type { PatchLine } from "../model/patch.ts";
import { codeText } from "./code-text.ts";
import type { Language } from "./languages.ts";

/**
 * Whether a patch changes comments, blank lines or layout alone. Each run of changed lines is compared
 * with the unchanged lines around it, before against after. False whenever that cannot be told: no
 * patch, a language that is not read, or a hunk that begins or ends inside a comment or string.
 */
export function isLayoutOnly(lines: readonly PatchLine[], language: Language): boolean {
  if (!language.comments || !lines.some(({ kind }) => kind !== "context")) return false;
  return hunksOf(lines).every((hunk) => {
    const prose = proseLines(hunk, language);
    const textOf = (gone: PatchLine["kind"]) =>
      codeText(
        hunk
          .filter((line) => line.kind !== gone && !prose.has(line))
          .map(({ text }) => text)
          .join("\n"),
        language,
      );
    const before = textOf("added");
    return before !== null && before === textOf("removed");
  });
}

function hunksOf(lines: readonly PatchLine[]): readonly (readonly PatchLine[])[] {
  const hunks: PatchLine[][] = [];
  let next = -1;
  for (const line of lines) {
    if (line.line > next + 1 || hunks.length === 0) hunks.push([]);
    hunks.at(-1)?.push(line);
    next = line.kind === "removed" ? line.line - 1 : line.line;
  }
  return hunks;
}

/** Lines of a block comment whose start or end lies outside the hunk: three or more in a row that begin with a star. */
function proseLines(hunk: readonly PatchLine[], language: Language): ReadonlySet<PatchLine> {
  const prose = new Set<PatchLine>();
  if (language.comments !== "c" && language.comments !== "php") return prose;
  let run: PatchLine[] = [];
  for (const line of [...hunk, null]) {
    if (line && /^\s*(?:\/\*\*?$|\/\*\*? |\* |\*$|\*\/\s*$)/.test(line.text)) run.push(line);
    else {
      if (run.length >= 3) for (const one of run) prose.add(one);
      run = [];
    }
  }
  return prose;
}
