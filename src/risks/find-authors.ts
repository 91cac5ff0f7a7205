import type { AuthoredCommit, GitHubAccount } from "../model/signing.ts";
import { isMergeOfBase } from "./carries-change.ts";

/** Everyone who had a hand in commits, merges of the base left out. */
export function findAuthors(commits: readonly AuthoredCommit[]): readonly GitHubAccount[] {
  const own = new Set(commits.map((commit) => commit.sha));
  return commits.flatMap((commit) => (isMergeOfBase(commit, own) ? [] : commit.authors));
}
