import type { ChangedFile } from "../model/changed-file.ts";
import { type PatchLine, parsePatch } from "../model/patch.ts";
import { codeText } from "./code-text.ts";
import type { Language } from "./languages.ts";

/**
 * Whether a file changes in comments, blank lines or layout alone. Each hunk is compared, before against
 * after. False whenever that cannot be told: no patch or one cut short, a language that is not read, or a
 * hunk that begins or ends inside a comment or string. Linear in the patch.
 */
export function isLayoutOnly(file: ChangedFile, language: Language): boolean {
  const lines = parsePatch(file.patch);
  if (!language.comments || !isWhole(file, lines)) return false;
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

const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/gm;

/** Whether the patch holds all the lines that its headers, and the file's own counts, promise. */
function isWhole({ patch, additions, deletions }: ChangedFile, lines: readonly PatchLine[]): boolean {
  const count = (kind: PatchLine["kind"]) => lines.filter((line) => line.kind === kind).length;
  const [added, removed, context] = [count("added"), count("removed"), count("context")];
  if (added + removed === 0) return false;
  let before = 0;
  let after = 0;
  for (const [, old, now] of (patch ?? "").matchAll(HUNK)) {
    before += Number(old ?? 1);
    after += Number(now ?? 1);
  }
  return removed + context >= before && added + context >= after && added >= (additions ?? 0) && removed >= (deletions ?? 0);
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
    if (line && /^\s*(?:\/\*\*?$|\/\*\*? |\* |\*$|\*\/\s*$)/.test(line.text) && !closesBeforeItsEnd(line.text)) run.push(line);
    else {
      // Without a delimiter in sight they may be generator methods or products as well.
      const isDelimited = run.some(({ text }) => text.includes("/*") || text.includes("*/"));
      if (run.length >= 3 && (isDelimited || !run.some(({ text }) => /[{};]/.test(text)))) for (const one of run) prose.add(one);
      run = [];
    }
  }
  return prose;
}

/** Code may follow a comment that closes on the line. */
function closesBeforeItsEnd(text: string): boolean {
  const close = text.indexOf("*/");
  return close >= 0 && text.slice(close + 2).trim() !== "";
}
