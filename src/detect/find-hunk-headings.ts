import type { CodeLine } from "./find-code-signals.ts";

const HEADING = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@ (.+)$/gm;

/** The function or class that git names in each hunk's header: what the changed lines lie within. Context, at the hunk's first line. */
export function findHunkHeadings(patch: string): readonly CodeLine[] {
  return [...patch.matchAll(HEADING)].map(([, start, text]): CodeLine => ({
    kind: "context",
    line: Math.max(1, Number(start)),
    text: text ?? "",
  }));
}
