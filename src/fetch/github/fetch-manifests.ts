import type { ChangedFile } from "../../model/changed-file.ts";
import { isInspectedPath } from "../../model/inspected-path.ts";
import type { Manifest } from "../../model/pull-request.ts";
import { findManifests } from "../find-manifests.ts";
import { decodeContent } from "../text-content.ts";
import type { BlobReading } from "./content-node.ts";
import { type BlobName, keyOf } from "./fetch-blobs.ts";

/** Most manifests that are read for one review besides the changed ones. */
const MAX_READ = 4;
const WORKSPACE = /^((?:apps|packages|services|libs|modules|servers?|backend|api)\/[^/]+)\//;

/** The unchanged package.json files that the changed code belongs to: the root's, and those of the workspaces it lies in. */
export function findManifestNames(headSha: string, files: readonly ChangedFile[]): readonly BlobName[] {
  const code = files.filter((file) => isInspectedPath(file.path) && file.status !== "removed");
  if (code.length === 0) return [];
  const changed = new Set(files.map(({ path }) => path));
  const workspaces = code.flatMap((file) => WORKSPACE.exec(file.path)?.[1] ?? []);
  const wanted = ["package.json", ...workspaces.map((folder) => `${folder}/package.json`)];
  return [...new Set(wanted)]
    .filter((path) => !changed.has(path))
    .slice(0, MAX_READ)
    .map((path) => ({ commit: headSha, path }));
}

/** The manifests of a review: the changed ones, and the named ones that are there. */
export function readManifests(
  files: readonly ChangedFile[],
  names: readonly BlobName[],
  blobs: ReadonlyMap<string, BlobReading>,
): readonly Manifest[] {
  const read = names.flatMap((name) => {
    const blob = blobs.get(keyOf(name)) ?? null;
    const content = blob && "bytes" in blob ? decodeContent(blob.bytes) : null;
    return content && "text" in content && "path" in name ? [{ path: name.path, text: content.text }] : [];
  });
  return [...findManifests(files), ...read];
}
