import { readFile, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Manifest } from "../../model/pull-request.ts";
import type { GivenPath } from "./given-path.ts";
import { pathOf } from "./given-path.ts";
import type { Codebase } from "./walk-folder.ts";

/** The nearest package.json above a path: it bounds a codebase that has none of its own. */
async function readManifestAbove(given: string): Promise<readonly Manifest[]> {
  for (let folder = dirname(await realpath(given)); ; folder = dirname(folder)) {
    const path = join(folder, "package.json");
    const text = await readFile(path, "utf8").catch(() => null);
    if (text !== null) return [{ path, text }];
    if (folder === dirname(folder)) return [];
  }
}

/** The manifests of a codebase: its own and those of the codebases around it, up to the given path or the first above it. */
export async function readManifestsAround(root: GivenPath, codebase: Codebase): Promise<readonly Manifest[]> {
  const around = root.listing.codebases.filter((other) => other.hasManifest && codebase.root.startsWith(other.root));
  const own = await Promise.all(
    around.map(async (other) => {
      const path = pathOf(root, `${other.root}package.json`);
      const text = await readFile(path, "utf8").catch(() => null);
      return text === null ? [] : [{ path, text }];
    }),
  );
  return around.some((other) => other.root === "") ? own.flat() : [...own.flat(), ...(await readManifestAbove(root.given))];
}
