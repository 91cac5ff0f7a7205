import type { CommitRecord } from "../git/history.ts";
import type { FileDiff } from "../git/diff.ts";
import type { Signature } from "../git/fast-import.ts";
import type { Account } from "../model/account.ts";
import type { Repository } from "../model/repository.ts";
import type { Limits, World } from "../model/world.ts";
import { accountView } from "./account.ts";
import { fullName, repositoryUrl } from "./repository.ts";
import type { Schema } from "./schema.ts";
import { nodeId } from "./schema.ts";

/** The account whose address signed a commit; GitHub shows none for an unknown one. */
const accountByEmail = (world: World, email: string): Account | null =>
  [...world.accounts.values()].find((account) => account.email === email) ?? null;

const gitUser = ({ name, email, at }: Signature) => ({ name, email, date: isoSeconds(at) });

export const isoSeconds = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, "Z");

export function commitView(world: World, repository: Repository, commit: CommitRecord): Schema<"commit"> {
  const url = repositoryUrl(world, repository);
  const html = `${world.url}/${fullName(repository)}`;
  const account = (signature: Signature) => {
    const found = accountByEmail(world, signature.email);
    return found === null ? null : accountView(world, found);
  };
  return {
    sha: commit.sha,
    node_id: nodeId("C", repository.id) + commit.sha,
    commit: {
      author: gitUser(commit.author),
      committer: gitUser(commit.committer),
      message: commit.message,
      tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
      url: `${url}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null },
    },
    url: `${url}/commits/${commit.sha}`,
    html_url: `${html}/commit/${commit.sha}`,
    comments_url: `${url}/commits/${commit.sha}/comments`,
    author: account(commit.author),
    committer: account(commit.committer),
    parents: commit.parents.map((sha) => ({ sha, url: `${url}/commits/${sha}`, html_url: `${html}/commit/${sha}` })),
  };
}

/** A commit as push and check_suite payloads carry it. */
export function pushedCommitView(world: World, repository: Repository, commit: CommitRecord, files: readonly FileDiff[]) {
  const person = ({ name, email }: Signature) => {
    const account = accountByEmail(world, email);
    return account === null ? { name, email } : { name, email, username: account.login };
  };
  const paths = (...statuses: FileDiff["status"][]) => files.filter((file) => statuses.includes(file.status)).map((file) => file.path);
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: isoSeconds(commit.committer.at),
    url: `${world.url}/${fullName(repository)}/commit/${commit.sha}`,
    author: person(commit.author),
    committer: person(commit.committer),
    added: [...paths("added"), ...paths("renamed")],
    removed: [...paths("removed"), ...files.flatMap((file) => file.previousPath ?? [])],
    modified: paths("modified", "changed"),
  };
}

/** A changed file: the patch is left out for binary and huge ones, as on GitHub. */
export function diffEntryView(world: World, repository: Repository, headSha: string, file: FileDiff, limits: Limits): Schema<"diff-entry"> {
  const name = file.path.split("/").map(encodeURIComponent).join("/");
  const html = `${world.url}/${fullName(repository)}`;
  return {
    sha: file.blobSha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${html}/blob/${headSha}/${name}`,
    raw_url: `${html}/raw/${headSha}/${name}`,
    contents_url: `${repositoryUrl(world, repository)}/contents/${name}?ref=${headSha}`,
    ...(file.patch === null || tooLarge(file, limits) ? {} : { patch: file.patch }),
    ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
  };
}

const tooLarge = (file: FileDiff, limits: Limits): boolean =>
  file.additions + file.deletions > limits.patchLines || Buffer.byteLength(file.patch ?? "") > limits.patchBytes;
