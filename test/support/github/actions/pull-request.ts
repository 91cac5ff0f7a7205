import { commitsBetween } from "../git/history.ts";
import { mayModerate } from "../access.ts";
import { announce } from "../hooks/announce.ts";
import { invalid, Refusal } from "../refusal.ts";
import type { PullIssue } from "../views/pull-request.ts";
import { pullView } from "../views/pull-request.ts";
import { labelView } from "../views/issue.ts";
import type { Account } from "../model/account.ts";
import type { App } from "../model/app.ts";
import type { Label, Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { newIssue } from "./new-issue.ts";

export interface NewPull {
  readonly title: string;
  readonly body: string | null;
  readonly head: string;
  readonly headRepository: Repository;
  readonly base: string;
  readonly draft: boolean;
}

/** Opens a pull request. Throws 422 as GitHub does for unknown branches, nothing to merge, or one that is open already. */
export async function openPull(
  world: World,
  author: Account,
  repository: Repository,
  asked: NewPull,
  viaApp: App | null = null,
): Promise<PullIssue> {
  const headSha = asked.headRepository.branches.get(asked.head);
  const baseSha = repository.branches.get(asked.base);
  if (headSha === undefined) throw invalid("PullRequest", "head", "invalid");
  if (baseSha === undefined) throw invalid("PullRequest", "base", "invalid");
  if (await repository.objects.isAncestor(headSha, baseSha)) {
    throw new Refusal(422, "Validation Failed", [
      { resource: "PullRequest", code: "custom", message: `No commits between ${asked.base} and ${asked.head}` },
    ]);
  }
  const twin = [...repository.issues.values()].find(
    ({ pull, state }) =>
      state === "open" && pull?.head.repository === asked.headRepository && pull.head.ref === asked.head && pull.base.ref === asked.base,
  );
  if (twin !== undefined) {
    const message = `A pull request already exists for ${asked.headRepository.owner.login}:${asked.head}.`;
    throw new Refusal(422, "Validation Failed", [{ resource: "PullRequest", code: "custom", message }]);
  }
  const pull = {
    id: world.nextId(),
    head: { repository: asked.headRepository, ref: asked.head, sha: headSha },
    base: { repository, ref: asked.base, sha: baseSha },
    draft: asked.draft,
    mergedAt: null,
    mergedBy: null,
    mergeCommitSha: null,
    reviews: [],
    reviewComments: [],
  };
  const issue = newIssue(world, author, repository, { title: asked.title, body: asked.body, pull, viaApp });
  const opened = { ...issue, pull };
  repository.issues.set(issue.number, opened);
  await announcePull(world, author, opened, "opened");
  return opened;
}

export interface PullEdit {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
  readonly base?: string | undefined;
}

/** Its author and people with write access may edit a pull request. */
export async function editPull(world: World, editor: Account, issue: PullIssue, edit: PullEdit): Promise<void> {
  requireAuthorOr("write", world, editor, issue);
  const { pull } = issue;
  const changes: Record<string, unknown> = {};
  if (edit.title !== undefined && edit.title !== issue.title) {
    changes["title"] = { from: issue.title };
    issue.title = edit.title;
  }
  if (edit.body !== undefined && edit.body !== issue.body) {
    changes["body"] = { from: issue.body ?? "" };
    issue.body = edit.body;
  }
  if (edit.base !== undefined && edit.base !== pull.base.ref) {
    const sha = pull.base.repository.branches.get(edit.base);
    if (sha === undefined) throw invalid("PullRequest", "base", "invalid");
    changes["base"] = { ref: { from: pull.base.ref }, sha: { from: pull.base.sha } };
    pull.base = { repository: pull.base.repository, ref: edit.base, sha };
  }
  if (Object.keys(changes).length === 0) return;
  issue.updatedAt = world.now();
  await announcePull(world, editor, issue, "edited", { changes });
}

/** Closes or reopens. A merged pull request, or one whose branch is gone, cannot be reopened. */
export async function setPullState(world: World, actor: Account, issue: PullIssue, state: "open" | "closed"): Promise<void> {
  requireAuthorOr("triage", world, actor, issue);
  if (issue.state === state) return;
  if (state === "open" && (issue.pull.mergedAt !== null || !issue.pull.head.repository.branches.has(issue.pull.head.ref))) {
    throw invalid("PullRequest", "state", "invalid");
  }
  issue.state = state;
  issue.updatedAt = world.now();
  issue.closedAt = state === "closed" ? world.now() : null;
  issue.closedBy = state === "closed" ? actor : null;
  if (state === "open") issue.pull.head.sha = issue.pull.head.repository.branches.get(issue.pull.head.ref) ?? issue.pull.head.sha;
  await announcePull(world, actor, issue, state === "open" ? "reopened" : "closed");
}

export async function setDraft(world: World, actor: Account, issue: PullIssue, draft: boolean): Promise<void> {
  requireAuthorOr("write", world, actor, issue);
  if (issue.pull.draft === draft) return;
  issue.pull.draft = draft;
  issue.updatedAt = world.now();
  await announcePull(world, actor, issue, draft ? "converted_to_draft" : "ready_for_review");
}

export async function announceLabel(
  world: World,
  actor: Account,
  issue: PullIssue,
  label: Label,
  action: "labeled" | "unlabeled",
): Promise<void> {
  await announcePull(world, actor, issue, action, { label: labelView(world, issue.pull.base.repository, label) });
}

/** A base branch that came to contain the head by a push counts as merged. */
export async function closeMergedByPush(world: World, pusher: Account, issue: PullIssue, before: string, after: string): Promise<void> {
  const { pull } = issue;
  const arrived = await commitsBetween(pull.base.repository.objects, before, after);
  if (!arrived.some((commit) => commit.sha === pull.head.sha)) return;
  pull.base.sha = before;
  await markMerged(world, pusher, issue, after);
}

export async function markMerged(world: World, merger: Account, issue: PullIssue, mergeCommitSha: string): Promise<void> {
  const { pull } = issue;
  pull.mergedAt = world.now();
  pull.mergedBy = merger;
  pull.mergeCommitSha = mergeCommitSha;
  issue.state = "closed";
  issue.closedAt = pull.mergedAt;
  issue.closedBy = merger;
  issue.updatedAt = pull.mergedAt;
  await announcePull(world, merger, issue, "closed");
}

/** Tells everyone of a pull request as it is now. */
export async function announcePull(
  world: World,
  sender: Account,
  issue: PullIssue,
  action: string,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  announce(world, {
    event: "pull_request",
    action,
    repository: issue.pull.base.repository,
    sender,
    detail: { number: issue.number, pull_request: await pullView(world, issue), ...detail },
  });
}

function requireAuthorOr(role: "write" | "triage", world: World, account: Account, issue: PullIssue): void {
  if (issue.author === account) return;
  if (!mayModerate(world, issue.pull.base.repository, account, role)) throw new Refusal(403, "Must have write access to Repository.");
}
