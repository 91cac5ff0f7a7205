import type { ChangedFile } from "../../model/changed-file.ts";
import { isInspectedPath } from "../../model/inspected-path.ts";
import type { Manifest } from "../../model/pull-request.ts";
import type { GitHubClient } from "../../github/client.ts";
import { findManifests } from "../find-manifests.ts";
import { fetchText } from "./fetch-text.ts";

/** Most manifests that are read for one review besides the changed ones. */
const MAX_READ = 4;
const WORKSPACE = /^((?:apps|packages|services|libs|modules|servers?|backend|api)\/[^/]+)\//;

/** The package.json files that the changed code belongs to: the changed ones, the root's, and those of the workspaces it lies in. */
export async function fetchManifests(
  client: GitHubClient,
  repo: string,
  headSha: string,
  files: readonly ChangedFile[],
): Promise<readonly Manifest[]> {
  const changed = findManifests(files);
  const code = files.filter((file) => isInspectedPath(file.path) && file.status !== "removed");
  if (code.length === 0) return changed;
  const workspaces = code.flatMap((file) => WORKSPACE.exec(file.path)?.[1] ?? []);
  const wanted = ["package.json", ...workspaces.map((folder) => `${folder}/package.json`)];
  const known = new Set(changed.map(({ path }) => path));
  const missing = [...new Set(wanted)].filter((path) => !known.has(path)).slice(0, MAX_READ);
  const read = await Promise.all(missing.map(async (path) => ({ path, file: await fetchText(client, repo, path, headSha) })));
  return [...changed, ...read.flatMap(({ path, file }) => (file ? [{ path, text: file.text }] : []))];
}
