import { covers } from "../access.ts";
import { diffCommits } from "../git/diff.ts";
import type { FileChanges } from "../git/fast-import.ts";
import { commitsBetween, readCommit } from "../git/history.ts";
import type { CommitRecord } from "../git/history.ts";
import { announce } from "../hooks/announce.ts";
import { Refusal } from "../refusal.ts";
import { pushedCommitView } from "../views/commit.ts";
import type { PullIssue } from "../views/pull-request.ts";
import { fullName } from "../views/repository.ts";
import type { Account } from "../model/account.ts";
import type { Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { requestCheckSuite } from "./check-suite.ts";
import { announcePull, closeMergedByPush } from "./pull-request.ts";

const NOTHING = "0".repeat(40);

export interface Push {
  readonly branch: string;
  readonly changes: FileChanges;
  readonly message: string;
  /** Where the commit starts, when not at the tip of its branch (or the default branch, for a new one). */
  readonly parent?: string;
  /** Second parents, for a merge commit made by hand. */
  readonly alsoParents?: readonly string[];
  /** Whose name the commit carries, when not the pusher's. */
  readonly author?: Account;
}

/** Makes a commit, moves the branch to it and tells everyone. Returns its SHA. */
export async function push(world: World, pusher: Account, repository: Repository, { branch, ...commit }: Push): Promise<string> {
  const parent = commit.parent ?? repository.branches.get(branch) ?? repository.branches.get(repository.defaultBranch);
  const at = new Date();
  const sha = await repository.objects.commit({
    parents: [...(parent === undefined ? [] : [parent]), ...(commit.alsoParents ?? [])],
    changes: commit.changes,
    message: commit.message,
    author: { ...signatureOf(commit.author ?? pusher), at },
    committer: { ...signatureOf(pusher), at },
  });
  await moveBranch(world, pusher, repository, branch, sha);
  return sha;
}

export const signatureOf = (account: Account) => ({ name: account.name, email: account.email });

/** Points a branch, new or old, at a commit, as a push would. */
export async function moveBranch(world: World, pusher: Account, repository: Repository, branch: string, after: string): Promise<void> {
  const before = repository.branches.get(branch) ?? NOTHING;
  if (before === after) return;
  repository.branches.set(branch, after);
  repository.pushedAt = world.now();
  await recordActivity(world, pusher, repository, { branch, before, after });
  await announcePush(world, pusher, repository, { branch, before, after });
  for (const installation of world.installations) {
    if (covers(installation, repository)) await requestCheckSuite(world, pusher, repository, installation, after, branch, before);
  }
  for (const issue of openPulls(world)) await followPush(world, pusher, issue, { repository, branch, before, after });
}

/** Removes a branch: its open pull requests close, as on GitHub. */
export async function deleteBranch(world: World, pusher: Account, repository: Repository, branch: string): Promise<void> {
  const before = repository.branches.get(branch);
  if (before === undefined) throw new Refusal(422, "Reference does not exist");
  repository.branches.delete(branch);
  await recordActivity(world, pusher, repository, { branch, before, after: NOTHING });
  await announcePush(world, pusher, repository, { branch, before, after: NOTHING });
  for (const issue of openPulls(world)) {
    const gone = [issue.pull.head, issue.pull.base].some((side) => side.repository === repository && side.ref === branch);
    if (!gone) continue;
    issue.state = "closed";
    issue.closedAt = world.now();
    issue.closedBy = pusher;
    await announcePull(world, pusher, issue, "closed");
  }
}

const openPulls = (world: World): PullIssue[] =>
  world.repositories.flatMap((repository) =>
    [...repository.issues.values()].filter((issue): issue is PullIssue => issue.pull !== null && issue.state === "open"),
  );

interface Move {
  readonly repository: Repository;
  readonly branch: string;
  readonly before: string;
  readonly after: string;
}

async function followPush(world: World, pusher: Account, issue: PullIssue, move: Move): Promise<void> {
  const { pull } = issue;
  if (pull.head.repository === move.repository && pull.head.ref === move.branch) {
    pull.head.sha = move.after;
    pull.base.sha = pull.base.repository.branches.get(pull.base.ref) ?? pull.base.sha;
    issue.updatedAt = world.now();
    await announcePull(world, pusher, issue, "synchronize", { before: move.before, after: move.after });
  }
  if (move.before !== NOTHING && pull.base.repository === move.repository && pull.base.ref === move.branch) {
    await closeMergedByPush(world, pusher, issue, move.before, move.after);
  }
}

async function recordActivity(world: World, actor: Account, repository: Repository, move: Omit<Move, "repository">): Promise<void> {
  const { branch, before, after } = move;
  const isForced = before !== NOTHING && after !== NOTHING && !(await repository.objects.isAncestor(before, after));
  const kind = before === NOTHING ? "branch_creation" : after === NOTHING ? "branch_deletion" : isForced ? "force_push" : "push";
  repository.activity.push({ id: world.nextId(), actor, ref: `refs/heads/${branch}`, before, after, kind, at: world.now() });
}

async function announcePush(world: World, pusher: Account, repository: Repository, move: Omit<Move, "repository">): Promise<void> {
  const { objects } = repository;
  const created = move.before === NOTHING;
  const deleted = move.after === NOTHING;
  const known = created ? repository.branches.get(repository.defaultBranch) : move.before;
  const from = known === move.after || known === undefined ? null : known;
  const commits = deleted || from === null ? [] : await commitsBetween(objects, from, move.after);
  const head = deleted ? null : await readCommit(objects, move.after);
  const forced = !created && !deleted && !(await objects.isAncestor(move.before, move.after));
  announce(world, {
    event: "push",
    action: null,
    repository,
    sender: pusher,
    detail: {
      ref: `refs/heads/${move.branch}`,
      before: move.before,
      after: move.after,
      created,
      deleted,
      forced,
      base_ref: null,
      compare: `${world.url}/${fullName(repository)}/compare/${move.before.slice(0, 12)}...${move.after.slice(0, 12)}`,
      commits: await Promise.all(commits.map((commit) => pushedCommit(world, repository, commit))),
      head_commit: head === null ? null : await pushedCommit(world, repository, head),
      pusher: signatureOf(pusher),
    },
  });
}

async function pushedCommit(world: World, repository: Repository, commit: CommitRecord) {
  const [parent] = commit.parents;
  const files = parent === undefined ? [] : await diffCommits(repository.objects, parent, commit.sha);
  return pushedCommitView(world, repository, commit, files);
}
