import { diffCommits } from "./git/diff.ts";
import type { FileDiff } from "./git/diff.ts";
import { commitsBetween } from "./git/history.ts";
import type { CommitRecord } from "./git/history.ts";
import type { PullRequest } from "./model/issue.ts";

/** The tip that a pull request would merge into: the base branch as it is now, or as it was when the branch is gone. */
export const baseTip = (pull: PullRequest): string => pull.base.repository.branches.get(pull.base.ref) ?? pull.base.sha;

/** Open ones compare with the base branch as it is now, finished ones with what it was. */
const compareBase = (pull: PullRequest): string => (pull.mergedAt === null ? baseTip(pull) : pull.base.sha);

/** The files of a pull request: what the head changed since it left the base. */
export async function pullFiles(pull: PullRequest): Promise<FileDiff[]> {
  const { objects } = pull.base.repository;
  const from = (await objects.mergeBase(compareBase(pull), pull.head.sha)) ?? compareBase(pull);
  return diffCommits(objects, from, pull.head.sha);
}

/** The commits of a pull request, oldest first. */
export const pullCommits = (pull: PullRequest): Promise<CommitRecord[]> =>
  commitsBetween(pull.base.repository.objects, compareBase(pull), pull.head.sha);

/** What merging now would give: a tree, or null for a conflict. */
export const testMergeTree = (pull: PullRequest): Promise<string | null> =>
  pull.base.repository.objects.mergeTree(baseTip(pull), pull.head.sha);
