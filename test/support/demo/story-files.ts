import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const PULLS = fileURLToPath(new URL("../../../fixtures/pulls/", import.meta.url));

/** The files below fixtures/pulls/<story>/<folder>, by their path in the repository. */
export function readStoryFiles(story: string, folder: string): Readonly<Record<string, string>> {
  const root = join(PULLS, story, folder);
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => {
      const full = join(entry.parentPath, entry.name);
      return [relative(root, full).split(sep).join("/"), readFileSync(full, "utf8")];
    }),
  );
}

/** One text of a story. */
export function readStoryText(story: string, name: string): string {
  return readFileSync(join(PULLS, story, name), "utf8");
}
