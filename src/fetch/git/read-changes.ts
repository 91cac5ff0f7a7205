import type { ChangedFile, FileStatus, NotRead } from "../../model/changed-file.ts";
import { decodeContent, MAX_CONTENT_BYTES, tooLargeReason } from "../text-content.ts";
import { unreadFile } from "../unread-file.ts";
import { readBlobs } from "./read-blobs.ts";
import type { GitRepository } from "./run-git.ts";
import { runGit } from "./run-git.ts";
import { splitPatch } from "./split-patch.ts";

/** One line of `git diff-tree --raw`: what became of a path between two trees. */
export interface RawChange {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: FileStatus;
  /** Object ids before and after; all zeros where there is no such side. */
  readonly before: string;
  readonly after: string;
  /** true when the head side is a plain file: not a symbolic link, not a submodule. */
  readonly isPlainFile: boolean;
  /** Patches that git prints for it: a changed kind of entry is printed as a removal and an addition. */
  readonly patches: 1 | 2;
}

/** What a range of commits changed, read as far as it can be. */
export interface Changes {
  readonly files: readonly ChangedFile[];
  readonly notRead: readonly NotRead[];
}

const STATUS: Readonly<Record<string, FileStatus>> = { A: "added", D: "removed", R: "renamed", C: "copied", T: "changed" };
const FIXED_DIFF = ["-r", "--no-ext-diff", "--no-textconv", "--no-color", "--find-renames=50%", "-l1000", "--diff-algorithm=myers"];
const PATCH = [
  "--patch",
  "--unified=3",
  "--inter-hunk-context=0",
  "--indent-heuristic",
  "--src-prefix=a/",
  "--dst-prefix=b/",
  "--full-index",
];

function toRawChange(fields: string, path: string, renamedTo: string | undefined): RawChange {
  const [beforeMode = "", afterMode = "", before = "", after = "", letter = ""] = fields.slice(1).split(" ");
  const kind = letter.charAt(0);
  const status = STATUS[kind] ?? (before === after && beforeMode !== afterMode ? "changed" : "modified");
  return {
    path: renamedTo ?? path,
    ...(renamedTo !== undefined && { previousPath: path }),
    status,
    before,
    after,
    isPlainFile: afterMode.startsWith("100"),
    patches: kind === "T" ? 2 : 1,
  };
}

/** Which paths differ between two trees, with renames, in git's order. */
export async function readRawChanges(repository: GitRepository, from: string, to: string): Promise<readonly RawChange[]> {
  const out = await runGit(repository, ["diff-tree", ...FIXED_DIFF, "--raw", "-z", "--no-abbrev", from, to]);
  const fields = out.toString("utf8").split("\0");
  const changes: RawChange[] = [];
  for (let at = 0; at + 1 < fields.length;) {
    const head = fields[at++] ?? "";
    const path = fields[at++] ?? "";
    changes.push(toRawChange(head, path, /[RC]\d*$/.test(head) ? fields[at++] : undefined));
  }
  return changes;
}

/** The patch of each change, hunks only; undefined where git shows none or it is over 1 MB. */
export async function readPatches(repository: GitRepository, from: string, to: string, raw: readonly RawChange[]) {
  const sections = splitPatch(await runGit(repository, ["diff-tree", ...FIXED_DIFF, ...PATCH, from, to]));
  const expected = raw.reduce((sum, { patches }) => sum + patches, 0);
  if (sections.length !== expected) throw new Error(`git printed ${sections.length} patches for ${expected} changes`);
  let next = 0;
  return raw.map(({ patches }) => {
    const own = sections.slice(next, (next += patches));
    const hunks = own.map((section) => section.hunks).filter((text) => text !== "");
    const text = hunks.join("\n");
    return text !== "" && text.length <= MAX_CONTENT_BYTES ? text : undefined;
  });
}

function countLines(patch: string | undefined, mark: "+" | "-"): number {
  return patch === undefined ? 0 : patch.split("\n").filter((line) => line.startsWith(mark)).length;
}

function toFile(
  { path, previousPath, status, before, after }: RawChange,
  patch: string | undefined,
  content: string | undefined,
): ChangedFile {
  return {
    path,
    ...(previousPath !== undefined && { previousPath }),
    status,
    // Without a patch the counts are known only where both sides are the same.
    ...((patch !== undefined || before === after) && { additions: countLines(patch, "+"), deletions: countLines(patch, "-") }),
    ...(patch !== undefined && { patch }),
    ...(content !== undefined && { content }),
  };
}

/** Reads what changed between two commits: paths, patches and the text at `to`. */
export async function readChanges(repository: GitRepository, from: string, to: string): Promise<Changes> {
  const raw = await readRawChanges(repository, from, to);
  const patches = await readPatches(repository, from, to, raw);
  const blobs = await readBlobs(
    repository,
    raw.filter(({ isPlainFile }) => isPlainFile).map(({ after }) => after),
  );
  const files: ChangedFile[] = [];
  const notRead: NotRead[] = [];
  for (const [index, change] of raw.entries()) {
    const blob = change.isPlainFile ? blobs.get(change.after) : undefined;
    const content = blob?.bytes === undefined ? undefined : decodeContent(blob.bytes);
    const reason = blob && !content ? tooLargeReason(blob.size) : content && "notRead" in content ? content.notRead : null;
    // Text in another encoding would reach the rules as something nobody wrote.
    const patch = content && "notRead" in content ? undefined : patches[index];
    files.push(toFile(change, patch, content && "text" in content ? content.text : undefined));
    if (reason !== null) notRead.push(unreadFile(change.path, change.status, patch !== undefined, reason));
  }
  return { files, notRead };
}
