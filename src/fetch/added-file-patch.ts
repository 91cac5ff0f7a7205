/**
 * The patch of a file that did not exist before, as GitHub would give it: every line added. undefined for an
 * empty file, which has none.
 */
export function addedFilePatch(content: string): string | undefined {
  if (content === "") return undefined;
  const lines = content.split("\n");
  const endsWithBreak = lines.at(-1) === "";
  if (endsWithBreak) lines.pop();
  const added = lines.map((line) => `+${line}`).join("\n");
  return `@@ -0,0 +1,${lines.length} @@\n${added}${endsWithBreak ? "" : "\n\\ No newline at end of file"}`;
}
