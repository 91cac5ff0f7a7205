import type { ChangedFile } from "../model/changed-file.ts";

/** A run of lines of a hunk: unchanged, or what one text was replaced by. */
type Run = { readonly context: string } | { readonly removed: string[]; readonly added: string[] };

const INVERSE_STATUS: Readonly<Record<ChangedFile["status"], ChangedFile["status"]>> = {
  added: "removed",
  removed: "added",
  modified: "modified",
  changed: "changed",
  renamed: "renamed",
  copied: "copied",
};

function countMarks(patch: string, mark: "+" | "-"): number {
  return patch.split("\n").filter((line) => line.startsWith(mark)).length;
}

/** Hunks without their line numbers: what is around a change says where it is, as in `git patch-id`. */
function parseHunks(patch: string): readonly (readonly Run[])[] {
  const hunks: Run[][] = [];
  let side: string[] | undefined;
  for (const line of patch.split("\n")) {
    const hunk = hunks.at(-1);
    if (line.startsWith("@@ ")) hunks.push([]);
    else if (!hunk) continue;
    else if (line.startsWith("+") || line.startsWith("-")) {
      const last = hunk.at(-1);
      const run = last && "removed" in last ? last : { removed: [], added: [] };
      if (run !== last) hunk.push(run);
      side = line.startsWith("+") ? run.added : run.removed;
      side.push(line.slice(1));
    } else if (line.startsWith("\\")) side?.push(line);
    else {
      hunk.push({ context: line.slice(1) });
      side = undefined;
    }
  }
  return hunks;
}

/** true when the patch is all there, so that nothing unseen can differ. */
function isWhole({ status, patch, additions, deletions }: ChangedFile): boolean {
  if (patch === undefined) return status === "renamed" && additions === 0 && deletions === 0;
  const counts = [
    [additions, countMarks(patch, "+")],
    [deletions, countMarks(patch, "-")],
  ] as const;
  return counts.every(([stated, seen]) => stated === undefined || stated === seen);
}

function invertHunks(hunks: readonly (readonly Run[])[]): readonly (readonly Run[])[] {
  return hunks.map((hunk) => hunk.map((run) => ("removed" in run ? { removed: run.added, added: run.removed } : run)));
}

interface Effect {
  readonly from: string;
  readonly to: string;
  readonly status: string;
  readonly hunks: readonly (readonly Run[])[];
}

function effectOf({ path, previousPath, status, patch }: ChangedFile): Effect {
  return { from: previousPath ?? path, to: path, status, hunks: parseHunks(patch ?? "") };
}

function inverseOf(file: ChangedFile): Effect {
  const { from, to, status, hunks } = effectOf(file);
  return { from: to, to: from, status: INVERSE_STATUS[file.status] ?? status, hunks: invertHunks(hunks) };
}

function canonical(effects: readonly Effect[]): readonly string[] {
  return effects.map(({ from, to, status, hunks }) => JSON.stringify([from, to, status, hunks])).toSorted();
}

function areSame(one: readonly ChangedFile[], other: readonly ChangedFile[], readOther: (file: ChangedFile) => Effect): boolean {
  if (one.length === 0 || one.length !== other.length || ![...one, ...other].every(isWhole)) return false;
  const [left, right] = [canonical(one.map(effectOf)), canonical(other.map(readOther))];
  return left.every((effect, index) => effect === right[index]);
}

/**
 * Whether two changes do exactly the same: the same files, lines and surroundings, wherever in the file they
 * now stand. false when either is empty or cannot be seen whole (a binary file, a patch cut short).
 */
export function hasSameChanges(one: readonly ChangedFile[], other: readonly ChangedFile[]): boolean {
  return areSame(one, other, effectOf);
}

/**
 * Whether a change exactly takes back a commit, given the commit's own patch as GitHub lists it. Same proof as
 * `hasSameChanges`, every line turned around. A copy has no inverse, so it is never proved.
 */
export function isExactInverse(change: readonly ChangedFile[], commit: readonly ChangedFile[]): boolean {
  return commit.every(({ status }) => status !== "copied") && areSame(change, commit, inverseOf);
}
