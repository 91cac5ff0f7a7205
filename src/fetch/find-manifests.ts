import type { ChangedFile } from "../model/changed-file.ts";
import type { Manifest } from "../model/pull-request.ts";

/** Whether a path is a dependency manifest that promises are looked for in. */
export function isManifest(path: string): boolean {
  return path === "package.json" || path.endsWith("/package.json");
}

/** The manifests among a pull request's own files, as far as their whole text is at hand. */
export function findManifests(files: readonly ChangedFile[]): readonly Manifest[] {
  return files.flatMap(({ path, content }) => (content !== undefined && isManifest(path) ? [{ path, text: content }] : []));
}
