import { roleOf } from "../access.ts";
import type { Account } from "../model/account.ts";
import type { Issue, IssueComment, Reaction } from "../model/issue.ts";
import type { Label, Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { accountView } from "./account.ts";
import { appView } from "./app.ts";
import { fullName, repositoryUrl } from "./repository.ts";
import type { Schema } from "./schema.ts";
import { nodeId } from "./schema.ts";

export function labelView(world: World, repository: Repository, label: Label) {
  return {
    id: label.id,
    node_id: nodeId("LA", label.id),
    url: `${repositoryUrl(world, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    description: null,
    color: label.color,
    default: false,
  };
}

export function authorAssociation(world: World, repository: Repository, account: Account): Schema<"author-association"> {
  if (repository.owner === account) return "OWNER";
  if (repository.owner.members.has(account.id)) return "MEMBER";
  if (repository.collaborators.has(account.id)) return "COLLABORATOR";
  return roleOf(world, repository, account) === "read" ? "CONTRIBUTOR" : "NONE";
}

export const issuePage = (world: World, repository: Repository, issue: Issue): string =>
  `${world.url}/${fullName(repository)}/${issue.pull === null ? "issues" : "pull"}/${issue.number}`;

export function issueView(world: World, repository: Repository, issue: Issue): Schema<"issue"> {
  const url = `${repositoryUrl(world, repository)}/issues/${issue.number}`;
  const page = issuePage(world, repository, issue);
  return {
    id: issue.id,
    node_id: nodeId("I", issue.id),
    url,
    repository_url: repositoryUrl(world, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: page,
    number: issue.number,
    title: issue.title,
    body: issue.body,
    user: accountView(world, issue.author),
    state: issue.state,
    state_reason: issue.stateReason,
    locked: issue.locked,
    active_lock_reason: null,
    labels: [...issue.labels].map((label) => labelView(world, repository, label)),
    assignee: firstAssignee(world, issue),
    assignees: [...issue.assignees].map((account) => accountView(world, account)),
    milestone: null,
    comments: [...repository.comments.values()].filter((comment) => comment.issueNumber === issue.number).length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    closed_by: issue.closedBy === null ? null : accountView(world, issue.closedBy),
    author_association: authorAssociation(world, repository, issue.author),
    performed_via_github_app: issue.viaApp === null ? null : appView(world, issue.viaApp),
    reactions: reactionRollup(`${url}/reactions`, issue.reactions),
    ...pullLinks(world, repository, issue, page),
  };
}

/** The first account that an issue is assigned to. */
export function firstAssignee(world: World, issue: Issue) {
  const [first] = issue.assignees;
  return first === undefined ? null : accountView(world, first);
}

function pullLinks(world: World, repository: Repository, issue: Issue, page: string) {
  if (issue.pull === null) return {};
  const url = `${repositoryUrl(world, repository)}/pulls/${issue.number}`;
  return {
    draft: issue.pull.draft,
    pull_request: { url, html_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch`, merged_at: issue.pull.mergedAt },
  };
}

export function commentView(world: World, repository: Repository, comment: IssueComment): Schema<"issue-comment"> {
  const url = `${repositoryUrl(world, repository)}/issues/comments/${comment.id}`;
  const issue = repository.issues.get(comment.issueNumber);
  return {
    url,
    html_url: `${issue === undefined ? world.url : issuePage(world, repository, issue)}#issuecomment-${comment.id}`,
    issue_url: `${repositoryUrl(world, repository)}/issues/${comment.issueNumber}`,
    id: comment.id,
    node_id: nodeId("IC", comment.id),
    user: accountView(world, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    body: comment.body,
    author_association: authorAssociation(world, repository, comment.author),
    reactions: reactionRollup(`${url}/reactions`, comment.reactions),
    performed_via_github_app: comment.viaApp === null ? null : appView(world, comment.viaApp),
    ...(comment.minimizedReason === null ? {} : { minimized: { reason: comment.minimizedReason } }),
  };
}

export function reactionView(world: World, reaction: Reaction): Schema<"reaction"> {
  return {
    id: reaction.id,
    node_id: nodeId("REA", reaction.id),
    user: accountView(world, reaction.account),
    content: reaction.content,
    created_at: reaction.createdAt,
  };
}

export function reactionRollup(url: string, reactions: readonly Reaction[]): Schema<"reaction-rollup"> {
  const count = (content: Reaction["content"]) => reactions.filter((reaction) => reaction.content === content).length;
  return {
    url,
    total_count: reactions.length,
    "+1": count("+1"),
    "-1": count("-1"),
    laugh: count("laugh"),
    hooray: count("hooray"),
    confused: count("confused"),
    heart: count("heart"),
    rocket: count("rocket"),
    eyes: count("eyes"),
  };
}
