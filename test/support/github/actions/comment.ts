import { mayModerate } from "../access.ts";
import { announce } from "../hooks/announce.ts";
import { invalid, Refusal } from "../refusal.ts";
import { commentView, issueView } from "../views/issue.ts";
import type { Account } from "../model/account.ts";
import type { App } from "../model/app.ts";
import type { Issue, IssueComment } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";

const LONGEST_BODY = 65_536;

/** Comments on an issue or pull request. Throws 422 for an empty or too long text, 403 where it is locked. */
export function addComment(
  world: World,
  author: Account,
  repository: Repository,
  issue: Issue,
  body: string,
  viaApp: App | null,
): IssueComment {
  requireBody(body);
  if (issue.locked && !mayModerate(world, repository, author, "write"))
    throw new Refusal(403, "Unable to create comment because issue is locked.");
  const comment: IssueComment = {
    id: world.nextId(),
    issueNumber: issue.number,
    author,
    viaApp,
    body,
    createdAt: world.now(),
    updatedAt: world.now(),
    edits: [],
    minimizedReason: null,
    reactions: [],
  };
  repository.comments.set(comment.id, comment);
  issue.updatedAt = world.now();
  announceComment(world, author, repository, comment, "created");
  return comment;
}

/** Authors and people with write access may edit; the author stays the author. */
export function editComment(world: World, editor: Account, repository: Repository, comment: IssueComment, body: string): void {
  requireAuthorOrWriter(world, editor, repository, comment);
  requireBody(body);
  const from = comment.body;
  comment.body = body;
  comment.updatedAt = world.now();
  comment.edits.push({ id: world.nextId(), editor, editedAt: comment.updatedAt, body, before: from });
  announceComment(world, editor, repository, comment, "edited", { changes: { body: { from } } });
}

export function deleteComment(world: World, actor: Account, repository: Repository, comment: IssueComment): void {
  requireAuthorOrWriter(world, actor, repository, comment);
  announceComment(world, actor, repository, comment, "deleted");
  repository.comments.delete(comment.id);
}

/** Hides a comment from view. GitHub sends no `issue_comment` event for it. */
export function hideComment(world: World, actor: Account, repository: Repository, comment: IssueComment, reason: string): void {
  if (comment.author !== actor && !mayModerate(world, repository, actor, "triage"))
    throw new Refusal(403, "Must have triage access to Repository.");
  comment.minimizedReason = reason;
}

function announceComment(
  world: World,
  sender: Account,
  repository: Repository,
  comment: IssueComment,
  action: "created" | "edited" | "deleted",
  detail: Readonly<Record<string, unknown>> = {},
): void {
  const issue = repository.issues.get(comment.issueNumber);
  if (issue === undefined) return;
  announce(world, {
    event: "issue_comment",
    action,
    repository,
    sender,
    detail: { issue: issueView(world, repository, issue), comment: commentView(world, repository, comment), ...detail },
  });
}

function requireAuthorOrWriter(world: World, account: Account, repository: Repository, comment: IssueComment): void {
  if (comment.author !== account && !mayModerate(world, repository, account, "write")) {
    throw new Refusal(403, "Must have write access to Repository.");
  }
}

function requireBody(body: string): void {
  if (body.trim() === "") throw invalid("IssueComment", "body", "missing_field");
  if (body.length > LONGEST_BODY)
    throw invalid("IssueComment", "body", "custom", "Validation Failed: body is too long (maximum is 65536 characters)");
}
