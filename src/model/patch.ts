/** A line of a unified diff. Lines are 1-based. */
export interface PatchLine {
  readonly kind: "added" | "removed" | "context";
  /** Line at the head; for a removed line the next line of the head that survives. */
  readonly line: number;
  readonly text: string;
}

const HUNK = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/**
 * Reads GitHub's per-file patch (hunks without file headers), as far as it goes: text before the first
 * hunk header and a hunk cut short are not errors. Returns no lines for an absent or unreadable patch.
 */
export function parsePatch(patch: string | undefined): readonly PatchLine[] {
  if (!patch) return [];
  const lines: PatchLine[] = [];
  let head = 0;
  for (const raw of patch.split("\n")) {
    const hunk = HUNK.exec(raw);
    if (hunk) head = Math.max(1, Number(hunk[1]));
    else if (head === 0) continue;
    else if (raw.startsWith("+")) lines.push({ kind: "added", line: head++, text: raw.slice(1).replace(/\r$/, "") });
    else if (raw.startsWith("-")) lines.push({ kind: "removed", line: head, text: raw.slice(1).replace(/\r$/, "") });
    else if (raw.startsWith(" ") || raw === "") lines.push({ kind: "context", line: head++, text: raw.slice(1).replace(/\r$/, "") });
  }
  return lines;
}
