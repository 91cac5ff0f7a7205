import type { Manifest, PullRequest } from "../model/pull-request.ts";
import { DEFAULT_POLICY } from "../model/policy.ts";
import { parsePolicy } from "../policy/parse-policy.ts";
import { BadInput } from "./bad-input.ts";
import type { ChosenPolicy } from "./from-json.ts";
import { findRevertedCommit } from "./git/find-reverted-commit.ts";
import { readBlobs } from "./git/read-blobs.ts";
import { readChanges, readRawChanges } from "./git/read-changes.ts";
import type { GitRepository } from "./git/run-git.ts";
import { askGit, findRepository, GitFailure } from "./git/run-git.ts";
import { decodeContent } from "./text-content.ts";

const POLICY_PATH = ".github/backend-reliability.yml";

/** A local range of commits, as the caller asked for it. */
export interface GitRange {
  /** Any directory of the repository. */
  readonly directory: string;
  readonly baseRef: string;
  readonly headRef: string;
  /** The subject of the newest commit when absent. */
  readonly title?: string;
  readonly body: string;
  /** ISO 8601 UTC. */
  readonly now: string;
  /** Stands in for the policy of the base (`--policy`). */
  readonly policy?: ChosenPolicy;
  /** Ids of the catalogue's rules; a policy that names another has a mistake. */
  readonly knownRules?: readonly string[];
}

async function resolveCommit(repository: GitRepository, ref: string, option: string): Promise<string> {
  try {
    return await askGit(repository, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    throw new BadInput(`${option} ${JSON.stringify(ref)}: expected a branch, tag or commit of this repository`);
  }
}

async function findMergeBase(repository: GitRepository, range: GitRange, base: string, head: string): Promise<string> {
  try {
    return await askGit(repository, ["merge-base", base, head]);
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    const refs = `${JSON.stringify(range.baseRef)} and ${JSON.stringify(range.headRef)}`;
    throw new BadInput(`--base: expected a common ancestor of ${refs}, found none; in a shallow clone, fetch more history first`);
  }
}

async function readPolicy(repository: GitRepository, base: string, knownRules: readonly string[] | undefined): Promise<ChosenPolicy> {
  const name = `${base}:${POLICY_PATH}`;
  const blob = (await readBlobs(repository, [name])).get(name);
  if (!blob) return { policy: DEFAULT_POLICY, origin: "default", problems: [] };
  const origin = `${POLICY_PATH}@${base.slice(0, 7)}`;
  const content = blob.bytes ? decodeContent(blob.bytes) : { notRead: "over 1 MB" };
  if ("text" in content) return { ...parsePolicy(content.text, POLICY_PATH, knownRules), origin };
  const problem = { path: POLICY_PATH, line: 1, column: 1, message: `the file was not read: ${content.notRead}` };
  return { policy: DEFAULT_POLICY, origin, problems: [problem] };
}

/** Folders of a path, innermost first, each with its trailing slash; the root is "". */
function foldersOf(path: string): readonly string[] {
  const parts = path.split("/").slice(0, -1);
  return Array.from({ length: parts.length + 1 }, (_, up) =>
    parts
      .slice(0, parts.length - up)
      .map((part) => `${part}/`)
      .join(""),
  );
}

async function readManifests(repository: GitRepository, head: string, paths: readonly string[]): Promise<readonly Manifest[]> {
  const names = [...new Set(paths.flatMap(foldersOf))].map((folder) => `${head}:${folder}package.json`);
  const blobs = await readBlobs(repository, names);
  return [...blobs].flatMap(([name, { bytes }]) => {
    const content = bytes && decodeContent(bytes);
    return content && "text" in content ? [{ path: name.slice(head.length + 1), text: content.text }] : [];
  });
}

/** Messages of the range's own commits: they may name the commit that is taken back. */
async function readMessages(repository: GitRepository, from: string, head: string): Promise<string> {
  return askGit(repository, [
    "log",
    "--no-show-signature",
    "--no-notes",
    "--no-color",
    "--max-count=20",
    "--format=%B",
    `${from}..${head}`,
  ]);
}

/**
 * Reads a local range as GitHub would show it as a pull request: what the head changed since it left the
 * base. Uncommitted work is not part of it. The policy is that of the base, never of the head.
 *
 * Throws BadInput with one line when there is no repository, a ref names no commit or the two share no history.
 */
export async function readGitRange(range: GitRange): Promise<PullRequest> {
  const repository = await findRepository(range.directory);
  const base = await resolveCommit(repository, range.baseRef, "--base");
  const head = await resolveCommit(repository, range.headRef, "--head");
  const from = await findMergeBase(repository, range, base, head);
  const { files, notRead } = await readChanges(repository, from, head);
  const title =
    range.title ?? (await askGit(repository, ["log", "--encoding=UTF-8", "--no-show-signature", "--no-color", "-1", "--format=%s", head]));
  const text = [title, range.body, await readMessages(repository, from, head)].join("\n");
  const chosen = range.policy ?? (await readPolicy(repository, base, range.knownRules));
  const existing = files.filter(({ status }) => status !== "removed").map(({ path }) => path);
  return {
    repo: "",
    number: null,
    title,
    body: range.body,
    author: null,
    draft: false,
    labels: [],
    headSha: head,
    base: range.baseRef,
    files,
    comments: [],
    acceptances: [],
    revertOf: await findRevertedCommit(repository, { from, to: head, text }, await readRawChanges(repository, from, head)),
    manifests: await readManifests(repository, head, existing),
    policy: chosen.policy,
    policyOrigin: chosen.origin,
    policyProblems: chosen.problems,
    notRead,
    now: range.now,
  };
}
