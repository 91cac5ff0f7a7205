import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { languageOf } from "../../inspect/classify-file.ts";
import type { NotRead } from "../../model/changed-file.ts";

/** Version control's own folders and installed packages: nobody's change, so they are passed over in silence. */
const FOREIGN = new Set([".git", ".hg", ".svn", "node_modules", "bower_components", "jspm_packages", ".yarn", ".pnpm-store"]);
/** What tools write from sources that are inspected where they stand. Passed over, and said so. */
const BUILT = new Set(["dist", "coverage", ".next", ".nuxt", ".output", ".svelte-kit", ".turbo", ".cache"]);

/** The files below a folder that one package.json bounds. Paths are relative to the walked folder. */
export interface Codebase {
  /** Folder of its package.json with a trailing slash; "" for the walked folder itself, with or without one. */
  readonly root: string;
  /** Whether `root` has a package.json. */
  readonly hasManifest: boolean;
  /** Files of an inspected language, in order of their names. */
  readonly files: readonly string[];
}

/** Everything of interest below a folder. */
export interface FolderListing {
  /** A codebase comes before those inside it. Those without files of an inspected language are among them. */
  readonly codebases: readonly Codebase[];
  /** Files of languages that are known and not inspected. */
  readonly named: readonly string[];
  readonly notRead: readonly NotRead[];
}

interface Draft {
  readonly root: string;
  readonly hasManifest: boolean;
  readonly files: string[];
}

function byName(one: Dirent, other: Dirent): number {
  return one.name < other.name ? -1 : 1;
}

/**
 * Lists a folder, everything below it, without following symbolic links. What is passed over is decided by
 * names below the folder alone: neither its own name nor where it lies matters, and no ignore file is read.
 */
export async function walkFolder(folder: string): Promise<FolderListing> {
  const codebases: Draft[] = [];
  const named: string[] = [];
  const notRead: NotRead[] = [];
  const waiting: { readonly below: string; readonly codebase: Draft | null }[] = [{ below: "", codebase: null }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { below } = next;
    const entries = await readdir(`${folder}/${below}`, { withFileTypes: true }).catch(() => null);
    if (!entries) {
      notRead.push({ path: below.slice(0, -1), reason: "the folder could not be opened", undetermined: true });
      continue;
    }
    const hasManifest = entries.some((entry) => entry.name === "package.json" && entry.isFile());
    const own: Draft = hasManifest || !next.codebase ? { root: below, hasManifest, files: [] } : next.codebase;
    if (own !== next.codebase) codebases.push(own);
    const folders: string[] = [];
    for (const entry of entries.toSorted(byName)) {
      const path = `${below}${entry.name}`;
      if (entry.isDirectory()) {
        if (BUILT.has(entry.name)) notRead.push({ path, reason: "built files are not inspected", undetermined: false });
        else if (!FOREIGN.has(entry.name)) folders.push(path);
      } else if (entry.isFile()) {
        const { kind } = languageOf(path);
        if (kind === "inspected") own.files.push(path);
        else if (kind === "named") named.push(path);
      }
    }
    for (const path of folders.toReversed()) waiting.push({ below: `${path}/`, codebase: own });
  }
  return { codebases, named, notRead };
}
