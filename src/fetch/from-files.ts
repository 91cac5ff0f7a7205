import { readFile, realpath, stat } from "node:fs/promises";
import type { ChangedFile, NotRead } from "../model/changed-file.ts";
import type { Manifest, PullRequest } from "../model/pull-request.ts";
import type { GivenPath } from "./files/given-path.ts";
import { openGivenPath, pathOf } from "./files/given-path.ts";
import { readManifestsAround } from "./files/read-manifests-around.ts";
import type { Codebase } from "./files/walk-folder.ts";
import type { ChosenPolicy } from "./from-json.ts";
import { decodeContent, MAX_CONTENT_BYTES, tooLargeReason } from "./text-content.ts";
import { unreadFile } from "./unread-file.ts";

/** Text held at once. A larger codebase is read in parts, which then do not know each other's exports. */
const MAX_PART_BYTES = 64 * 1_048_576;

/** What every snapshot of files carries. */
export interface FileOptions {
  readonly now: string;
  readonly policy: ChosenPolicy;
}

async function readOne(root: GivenPath, below: string): Promise<ChangedFile | NotRead> {
  const path = pathOf(root, below);
  try {
    const { size } = await stat(path);
    const content = size > MAX_CONTENT_BYTES ? { notRead: tooLargeReason(size) } : decodeContent(await readFile(path));
    if ("text" in content) return { path, pathInCodebase: below, status: "added", content: content.text };
    return { ...unreadFile(below, "added", false, content.notRead), path };
  } catch {
    return { ...unreadFile(below, "added", false, "it could not be opened"), path };
  }
}

function snapshot(
  options: FileOptions,
  files: readonly ChangedFile[],
  manifests: readonly Manifest[],
  notRead: readonly NotRead[],
): PullRequest {
  return {
    repo: "",
    number: null,
    title: "",
    body: "",
    author: null,
    draft: false,
    labels: [],
    headSha: null,
    base: null,
    files,
    comments: [],
    acceptances: [],
    revertOf: null,
    manifests,
    policy: options.policy.policy,
    policyOrigin: options.policy.origin,
    policyProblems: options.policy.problems,
    notRead,
    now: options.now,
  };
}

async function* readCodebase(root: GivenPath, codebase: Codebase, isNew: (path: string) => Promise<boolean>, options: FileOptions) {
  const manifests = await readManifestsAround(root, codebase);
  let files: ChangedFile[] = [];
  let notRead: NotRead[] = [];
  let bytes = 0;
  for (const below of codebase.files) {
    if (!(await isNew(pathOf(root, below)))) continue;
    const read = await readOne(root, below);
    if ("reason" in read) notRead.push(read);
    else {
      files.push(read);
      bytes += read.content?.length ?? 0;
    }
    if (bytes < MAX_PART_BYTES) continue;
    yield snapshot(options, files, manifests, notRead);
    [files, notRead, bytes] = [[], [], 0];
  }
  if (files.length + notRead.length > 0) yield snapshot(options, files, manifests, notRead);
}

/**
 * Reads files and folders as if every line had just been written: one snapshot for each codebase (the nearest
 * package.json bounds it), so that memory is bounded by the largest, and a last one that names what is not
 * inspected. A path in a snapshot is the path as given plus "/" plus the rest; a file that two paths reach is
 * read once. A symbolic link is followed only when it is itself a given path.
 *
 * Throws BadInput before anything is read when a path is no file or folder.
 */
export async function* readCodebases(paths: readonly string[], options: FileOptions): AsyncGenerator<PullRequest> {
  const roots: GivenPath[] = [];
  for (const path of paths) roots.push(await openGivenPath(path));
  const seen = new Set<string>();
  const isNew = async (path: string) => {
    const real = await realpath(path).catch(() => path);
    return seen.size < seen.add(real).size;
  };
  const named: ChangedFile[] = [];
  const notRead: NotRead[] = [];
  for (const root of roots) {
    for (const codebase of root.listing.codebases) yield* readCodebase(root, codebase, isNew, options);
    for (const below of root.listing.named) {
      const path = pathOf(root, below);
      if (await isNew(path)) named.push({ path, pathInCodebase: below, status: "added" });
    }
    for (const { path, reason, undetermined } of root.listing.notRead) notRead.push({ path: pathOf(root, path), reason, undetermined });
  }
  if (named.length + notRead.length > 0) yield snapshot(options, named, [], notRead);
}
