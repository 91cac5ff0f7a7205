import type { ChangedFile } from "../../model/changed-file.ts";
import { hasSameChanges } from "../inverse-patch.ts";
import { findNamedCommits } from "../named-commits.ts";
import type { RawChange } from "./read-changes.ts";
import { readPatches, readRawChanges } from "./read-changes.ts";
import type { GitRepository } from "./run-git.ts";
import { askGit, GitFailure } from "./run-git.ts";

/** Commits of the base looked at, newest first, when no commit is named. */
const MAX_RECENT = 50;
/** Paths that narrow the search; a reverted commit changed all of them. */
const MAX_PATHS = 20;
/** A change of more files is compared only with commits that the texts name. */
const MAX_FILES = 300;

interface Range {
  readonly from: string;
  readonly to: string;
  /** What the author wrote, which may name the commit. */
  readonly text: string;
}

async function askOrNull(repository: GitRepository, args: readonly string[]): Promise<string | null> {
  try {
    return await askGit(repository, args);
  } catch (error) {
    if (error instanceof GitFailure) return null;
    throw error;
  }
}

async function findNamed(repository: GitRepository, { from, text }: Range): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of findNamedCommits(text)) {
    const sha = await askOrNull(repository, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]);
    if (sha !== null && (await askOrNull(repository, ["merge-base", "--is-ancestor", sha, from])) !== null) found.push(sha);
  }
  return found;
}

async function findRecent(repository: GitRepository, from: string, raw: readonly RawChange[]): Promise<readonly string[]> {
  if (raw.length > MAX_FILES) return [];
  const paths = raw.slice(0, MAX_PATHS).map(({ path, previousPath }) => previousPath ?? path);
  const out = await askGit(repository, ["rev-list", `--max-count=${MAX_RECENT}`, from, "--", ...paths]);
  return out.split("\n").filter(Boolean);
}

const pathsOf = (raw: readonly RawChange[]) => JSON.stringify(raw.map(({ path, previousPath }) => [path, previousPath]));
const objectsOf = (raw: readonly RawChange[]) => JSON.stringify(raw.map(({ path, before, after }) => [path, before, after]));

async function readFiles(repository: GitRepository, from: string, to: string, raw: readonly RawChange[]): Promise<readonly ChangedFile[]> {
  const patches = await readPatches(repository, from, to, raw);
  return raw.map(({ path, previousPath, status }, index) => {
    const patch = patches[index];
    return { path, status, ...(previousPath !== undefined && { previousPath }), ...(patch !== undefined && { patch }) };
  });
}

/**
 * The commit on the base that the range exactly takes back, or null. Looked for among the commits that the
 * texts name, then among the 50 newest of the base that touch the same paths. Proved by the objects being
 * exchanged, or by the patch being that of the commit read backwards.
 */
export async function findRevertedCommit(repository: GitRepository, range: Range, raw: readonly RawChange[]): Promise<string | null> {
  if (raw.length === 0) return null;
  const seen = new Set<string>();
  let own: readonly ChangedFile[] | undefined;
  for (const search of [() => findNamed(repository, range), () => findRecent(repository, range.from, raw)]) {
    for (const sha of await search()) {
      if (seen.has(sha)) continue;
      seen.add(sha);
      const parent = await askOrNull(repository, ["rev-parse", "--verify", "--quiet", `${sha}^1`]);
      if (parent === null) continue;
      const undone = await readRawChanges(repository, sha, parent);
      if (objectsOf(undone) === objectsOf(raw)) return sha;
      if (pathsOf(undone) !== pathsOf(raw)) continue;
      own ??= await readFiles(repository, range.from, range.to, raw);
      if (hasSameChanges(own, await readFiles(repository, sha, parent, undone))) return sha;
    }
  }
  return null;
}
