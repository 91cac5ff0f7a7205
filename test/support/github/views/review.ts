import type { Review, ReviewComment } from "../model/issue.ts";
import type { World } from "../model/world.ts";
import { accountView } from "./account.ts";
import { authorAssociation, issuePage, reactionRollup } from "./issue.ts";
import type { PullIssue } from "./pull-request.ts";
import { repositoryUrl } from "./repository.ts";
import { nodeId } from "./schema.ts";

/** A review as webhooks carry it: its state in small letters, where the API answers in capitals. */
export function reviewView(world: World, issue: PullIssue, review: Review) {
  const { repository } = issue.pull.base;
  const html = `${issuePage(world, repository, issue)}#pullrequestreview-${review.id}`;
  const pull = `${repositoryUrl(world, repository)}/pulls/${issue.number}`;
  return {
    id: review.id,
    node_id: nodeId("PRR", review.id),
    user: accountView(world, review.author),
    body: review.body,
    commit_id: review.commitSha,
    submitted_at: review.submittedAt,
    state: review.state,
    html_url: html,
    pull_request_url: pull,
    author_association: authorAssociation(world, repository, review.author),
    _links: { html: { href: html }, pull_request: { href: pull } },
  };
}

export function reviewCommentView(world: World, issue: PullIssue, comment: ReviewComment) {
  const { repository } = issue.pull.base;
  const root = repositoryUrl(world, repository);
  const pull = `${root}/pulls/${issue.number}`;
  const url = `${root}/pulls/comments/${comment.id}`;
  const html = `${issuePage(world, repository, issue)}#discussion_r${comment.id}`;
  return {
    url,
    id: comment.id,
    node_id: nodeId("PRRC", comment.id),
    pull_request_review_id: null,
    diff_hunk: "",
    path: comment.path,
    commit_id: comment.commitSha,
    original_commit_id: comment.commitSha,
    line: comment.line,
    original_line: comment.line,
    start_line: null,
    original_start_line: null,
    start_side: null,
    side: "RIGHT",
    position: comment.line,
    original_position: comment.line,
    reactions: reactionRollup(`${url}/reactions`, []),
    subject_type: "line",
    user: accountView(world, comment.author),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    html_url: html,
    pull_request_url: pull,
    author_association: authorAssociation(world, repository, comment.author),
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pull } },
  };
}
