import type { ChangedFile, FileStatus } from "../../src/model/changed-file.ts";

/** One changed file as a fixture writes it. */
export interface WrittenFile {
  readonly path: string;
  readonly status?: FileStatus;
  readonly previousPath?: string;
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
  /** What git prints after the hunk's header. */
  readonly heading?: string;
}

/** A changed file with a patch of one hunk; without lines, no patch. */
export function buildFile({ path, status, previousPath, added = [], removed = [], heading }: WrittenFile): ChangedFile {
  const lines = [...removed.map((line) => `-${line}`), ...added.map((line) => `+${line}`)];
  const header = `@@ -10,${removed.length} +10,${added.length} @@${heading === undefined ? "" : ` ${heading}`}`;
  return {
    path,
    status: status ?? "modified",
    ...(previousPath === undefined ? {} : { previousPath }),
    additions: added.length,
    deletions: removed.length,
    ...(lines.length === 0 ? {} : { patch: [header, ...lines].join("\n") }),
  };
}
