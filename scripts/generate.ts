// Writes every generated file. With --check it writes nothing and fails when the tree would change.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { renderGeneratedFiles, RULE_PAGES } from "./render-generated-files.ts";

const root = join(import.meta.dirname, "..");
const isCheck = process.argv.includes("--check");

function readOrNull(path: string): string | null {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return null;
  }
}

function listPages(): readonly string[] {
  try {
    return readdirSync(join(root, RULE_PAGES)).map((name) => `${RULE_PAGES}/${name}`);
  } catch {
    return [];
  }
}

const files = await renderGeneratedFiles(readOrNull("README.md") ?? "");
const stale = listPages().filter((path) => !files.has(path));
const changed = [...files].filter(([path, text]) => readOrNull(path) !== text);

if (isCheck) {
  for (const [path] of changed) console.error(`${path} is not what npm run generate writes`);
  for (const path of stale) console.error(`${path} belongs to no rule`);
  if (changed.length + stale.length > 0) process.exitCode = 1;
} else {
  for (const [path, text] of changed) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  for (const path of stale) rmSync(join(root, path));
}
