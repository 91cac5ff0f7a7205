/** A line of a unified diff. Lines are 1-based. */
export interface PatchLine {
  readonly kind: "added" | "removed" | "context";
  /** Line at the head; for a removed line the next line of the head that survives. */
  readonly line: number;
  /** Line at the base; for an added line the next line of the base that follows. */
  readonly baseLine: number;
  readonly text: string;
}

const HUNK = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/**
 * Reads GitHub's per-file patch (hunks without file headers), as far as it goes: text before the first
 * hunk header and a hunk cut short are not errors. Returns no lines for an absent or unreadable patch.
 */
export function parsePatch(patch: string | undefined): readonly PatchLine[] {
  if (!patch) return [];
  const lines: PatchLine[] = [];
  let head = 0;
  let base = 0;
  for (const raw of patch.split("\n")) {
    const hunk = HUNK.exec(raw);
    if (hunk) {
      base = Math.max(1, Number(hunk[1]));
      head = Math.max(1, Number(hunk[2]));
      continue;
    }
    if (head === 0) continue;
    const text = raw.slice(1).replace(/\r$/, "");
    if (raw.startsWith("+")) lines.push({ kind: "added", line: head++, baseLine: base, text });
    else if (raw.startsWith("-")) lines.push({ kind: "removed", line: head, baseLine: base++, text });
    else if (raw.startsWith(" ") || raw === "") lines.push({ kind: "context", line: head++, baseLine: base++, text });
  }
  return lines;
}
