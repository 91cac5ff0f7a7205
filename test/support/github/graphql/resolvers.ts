import { authorize, authorizeRead, canSee } from "../access.ts";
import { hideComment } from "../actions/comment.ts";
import { setDraft } from "../actions/pull-request.ts";
import { issueIn } from "../lookups.ts";
import type { Account } from "../model/account.ts";
import type { Actor } from "../model/app.ts";
import type { CommentEdit, IssueComment } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { notFound, Refusal } from "../refusal.ts";
import { findRepository } from "../routes/api.ts";
import { accountView } from "../views/account.ts";
import { commentView, issuePage } from "../views/issue.ts";
import { isPull } from "../views/pull-request.ts";
import type { PullIssue } from "../views/pull-request.ts";
import { fullName } from "../views/repository.ts";
import { nodeId } from "../views/schema.ts";
import { pullCommits, pullFiles } from "../pull-range.ts";
import { accountNode } from "./account-node.ts";
import { connection } from "./connection.ts";
import type { Slice } from "./connection.ts";
import { commitNode, gitObjectNode } from "./git-nodes.ts";

const EITHER = ["issues", "pull_requests"];

/** The root of GraphQL's answers for one caller: field names are the schema's. What may not be seen is null. */
export function rootFor(world: World, actor: Actor, viewer: Account) {
  const seen = (repository: Repository) => canSee(world, actor, repository);
  const node = ({ id }: { readonly id: string }) => findNode(world, seen, actor, viewer, id);
  return {
    viewer: accountNode(world, viewer),
    repository({ owner, name, followRenames = true }: { readonly owner: string; readonly name: string; readonly followRenames?: boolean }) {
      const asked = `${owner}/${name}`;
      const found = findRepository(world, asked);
      const repository = found !== null && !followRenames && fullName(found).toLowerCase() !== asked.toLowerCase() ? null : found;
      return repository === null || !seen(repository) ? null : repositoryNode(world, actor, viewer, repository);
    },
    node,
    // What is not there is an error of its own place in the list.
    nodes: ({ ids }: { readonly ids: readonly string[] }) => ids.map((id) => orError(() => node({ id }))),
    minimizeComment({ input }: { readonly input: { readonly subjectId: string; readonly classifier: string } }) {
      const { repository, comment } = commentOf(world, input.subjectId);
      const hider = authorize(world, actor, repository, { permission: EITHER, level: "write", role: "triage" });
      hideComment(world, hider, repository, comment, input.classifier.toLowerCase().replace("_", "-"));
      return { minimizedComment: commentNode(world, viewer, repository, comment) };
    },
    convertPullRequestToDraft: ({ input }: DraftInput) => draft(input.pullRequestId, true),
    markPullRequestReadyForReview: ({ input }: DraftInput) => draft(input.pullRequestId, false),
  };

  async function draft(id: string, isDraft: boolean) {
    const { repository, issue } = pullOf(world, id);
    const account = authorize(world, actor, repository, { permission: "pull_requests", level: "write", role: "read" });
    await setDraft(world, account, issue, isDraft);
    return { pullRequest: pullNode(world, actor, viewer, issue) };
  }
}

interface DraftInput {
  readonly input: { readonly pullRequestId: string };
}

function orError<Value>(read: () => Value): Value | Error {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

function findNode(world: World, seen: (repository: Repository) => boolean, actor: Actor, viewer: Account, id: string) {
  for (const repository of world.repositories.filter(seen)) {
    if (nodeId("R", repository.id) === id) return repositoryNode(world, actor, viewer, repository);
    const issue = [...repository.issues.values()].filter(isPull).find((one) => nodeId("PR", one.pull.id) === id);
    if (issue !== undefined) return pullNode(world, actor, viewer, issue);
    const comment = [...repository.comments.values()].find((one) => nodeId("IC", one.id) === id);
    const written = comment === undefined ? findReviewText(world, actor, viewer, repository, id) : null;
    if (comment === undefined && written === null) continue;
    authorizeRead(actor, repository, EITHER);
    return comment === undefined ? written : { ...commentNode(world, viewer, repository, comment), pullRequest: pullOfComment(comment) };

    function pullOfComment({ issueNumber }: IssueComment) {
      const of = repository.issues.get(issueNumber);
      return of !== undefined && isPull(of) ? pullNode(world, actor, viewer, of) : null;
    }
  }
  const account = [...world.accounts.values()].find((one) => accountView(world, one).node_id === id);
  if (account === undefined) throw new Refusal(404, `Could not resolve to a node with the global id of '${id}'`);
  return accountNode(world, account);
}

/** A review or a comment on a line, by its global id. */
function findReviewText(world: World, actor: Actor, viewer: Account, repository: Repository, id: string) {
  for (const issue of [...repository.issues.values()].filter(isPull)) {
    const review = issue.pull.reviews.find((one) => nodeId("PRR", one.id) === id);
    const comment = issue.pull.reviewComments.find((one) => nodeId("PRRC", one.id) === id);
    const text = review ?? comment;
    if (text === undefined) continue;
    const last = text.edits.at(-1);
    const createdAt = "createdAt" in text ? text.createdAt : text.submittedAt;
    return {
      __typename: review === undefined ? "PullRequestReviewComment" : "PullRequestReview",
      id,
      databaseId: text.id,
      author: accountNode(world, text.author),
      body: text.body,
      createdAt,
      editor: last === undefined ? null : accountNode(world, last.editor),
      lastEditedAt: last?.editedAt ?? null,
      pullRequest: pullNode(world, actor, viewer, issue),
      state: review?.state.toUpperCase(),
      url: `${issuePage(world, repository, issue)}#${review === undefined ? "discussion_r" : "pullrequestreview-"}${text.id}`,
      viewerDidAuthor: viewer === text.author,
      userContentEdits: (slice: Slice) => connection(historyOf({ ...text, createdAt }), slice, (edit) => editNode(world, edit)),
    };
  }
  return null;
}

function repositoryNode(world: World, actor: Actor, viewer: Account, repository: Repository) {
  return {
    __typename: "Repository",
    id: nodeId("R", repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(repository),
    isPrivate: repository.private,
    object({ expression, oid }: { readonly expression?: string | null; readonly oid?: string | null }) {
      authorizeRead(actor, repository, "contents");
      return gitObjectNode(world, actor, repository, expression ?? oid ?? "");
    },
    pullRequest({ number }: { readonly number: number }) {
      authorizeRead(actor, repository, "pull_requests");
      const issue = issueIn(repository, number);
      return isPull(issue) ? pullNode(world, actor, viewer, issue) : null;
    },
    pullRequests({ states, ...slice }: Slice & { readonly states?: readonly string[] | null }) {
      authorizeRead(actor, repository, "pull_requests");
      const stateOf = ({ pull, state }: PullIssue) => (pull.mergedAt === null ? state.toUpperCase() : "MERGED");
      const found = [...repository.issues.values()].filter(isPull).filter((issue) => states?.includes(stateOf(issue)) ?? true);
      return connection(found, slice, (issue) => pullNode(world, actor, viewer, issue));
    },
  };
}

function pullNode(world: World, actor: Actor, viewer: Account, issue: PullIssue) {
  const { pull } = issue;
  const { repository } = pull.base;
  return {
    __typename: "PullRequest",
    id: nodeId("PR", pull.id),
    databaseId: pull.id,
    number: issue.number,
    repository: () => repositoryNode(world, actor, viewer, repository),
    title: issue.title,
    body: issue.body ?? "",
    author: accountNode(world, issue.author),
    baseRefName: pull.base.ref,
    baseRefOid: pull.base.sha,
    headRefName: pull.head.ref,
    headRefOid: pull.head.sha,
    isCrossRepository: pull.head.repository !== repository,
    isDraft: pull.draft,
    merged: pull.mergedAt !== null,
    state: pull.mergedAt === null ? issue.state.toUpperCase() : "MERGED",
    url: issuePage(world, repository, issue),
    changedFiles: async () => (await pullFiles(pull)).length,
    commits: async (slice: Slice) =>
      connection(await pullCommits(pull), slice, (commit) => ({
        __typename: "PullRequestCommit",
        id: nodeId("PURC", pull.id) + commit.sha,
        commit: commitNode(world, actor, repository, commit),
      })),
    headRepository: () => repositoryNode(world, actor, viewer, pull.head.repository),
    labels: (slice: Slice) =>
      connection([...issue.labels], slice, ({ id, color, name }) => ({ __typename: "Label", id: nodeId("LA", id), color, name })),
    comments(slice: Slice) {
      authorizeRead(actor, repository, EITHER);
      const comments = [...repository.comments.values()].filter((comment) => comment.issueNumber === issue.number);
      return connection(comments, slice, (comment) => commentNode(world, viewer, repository, comment));
    },
  };
}

function commentNode(world: World, viewer: Account, repository: Repository, comment: IssueComment) {
  const last = comment.edits.at(-1);
  return {
    __typename: "IssueComment",
    id: nodeId("IC", comment.id),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    author: accountNode(world, comment.author),
    body: comment.body,
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    editor: last === undefined ? null : accountNode(world, last.editor),
    lastEditedAt: last?.editedAt ?? null,
    includesCreatedEdit: last !== undefined,
    isMinimized: comment.minimizedReason !== null,
    minimizedReason: comment.minimizedReason,
    url: commentView(world, repository, comment).html_url,
    viewerDidAuthor: viewer === comment.author,
    userContentEdits: (slice: Slice) => connection(historyOf(comment), slice, (edit) => editNode(world, edit)),
  };
}

/** Newest first. GitHub keeps the first text as an edit of its own once there was another. */
function historyOf(comment: Pick<IssueComment, "id" | "author" | "createdAt" | "edits">): CommentEdit[] {
  const [first] = comment.edits;
  if (first === undefined) return [];
  const created = { id: comment.id, editor: comment.author, editedAt: comment.createdAt, body: first.before, before: "" };
  return [created, ...comment.edits].toReversed();
}

function editNode(world: World, edit: CommentEdit) {
  const { id, editor, editedAt, body } = edit;
  return { id: nodeId("UCE", id), createdAt: editedAt, editedAt, editor: accountNode(world, editor), diff: body };
}

function commentOf(world: World, id: string): { repository: Repository; comment: IssueComment } {
  for (const repository of world.repositories) {
    const comment = [...repository.comments.values()].find((one) => nodeId("IC", one.id) === id);
    if (comment !== undefined) return { repository, comment };
  }
  throw notFound();
}

function pullOf(world: World, id: string): { repository: Repository; issue: PullIssue } {
  for (const repository of world.repositories) {
    const issue = [...repository.issues.values()].filter(isPull).find((one) => nodeId("PR", one.pull.id) === id);
    if (issue !== undefined) return { repository, issue };
  }
  throw notFound();
}
