import { hasRole } from "../access.ts";
import { announce } from "../hooks/announce.ts";
import type { Account } from "../model/account.ts";
import type { Review, ReviewComment } from "../model/issue.ts";
import type { World } from "../model/world.ts";
import { invalid, Refusal } from "../refusal.ts";
import { pullSummaryView } from "../views/pull-request.ts";
import type { PullIssue } from "../views/pull-request.ts";
import { reviewCommentView, reviewView } from "../views/review.ts";

/** Submits a review. Nobody reviews their own pull request but to comment. */
export function submitReview(world: World, author: Account, issue: PullIssue, state: Review["state"], body: string): Review {
  if (state !== "commented" && issue.author === author) {
    throw new Refusal(422, `Review Can not ${state === "approved" ? "approve" : "request changes on"} your own pull request`);
  }
  if (state !== "approved" && body.trim() === "") throw invalid("PullRequestReview", "body", "missing_field");
  const review: Review = { id: world.nextId(), author, commitSha: issue.pull.head.sha, body, state, submittedAt: world.now(), edits: [] };
  issue.pull.reviews.push(review);
  announceReview(world, author, issue, review, "submitted");
  return review;
}

export function editReview(world: World, editor: Account, issue: PullIssue, review: Review, body: string): void {
  const from = review.body;
  review.body = body;
  review.edits.push({ id: world.nextId(), editor, editedAt: world.now(), body, before: from });
  announceReview(world, editor, issue, review, "edited", { changes: { body: { from } } });
}

/** People with write access dismiss an approval or a request for changes. */
export function dismissReview(world: World, actor: Account, issue: PullIssue, review: Review): void {
  if (!hasRole(world, issue.pull.base.repository, actor, "write")) throw new Refusal(403, "Must have write access to Repository.");
  if (review.state !== "approved" && review.state !== "changes_requested")
    throw new Refusal(422, "Can not dismiss a commented pull request review");
  review.state = "dismissed";
  announceReview(world, actor, issue, review, "dismissed");
}

/** Comments on a line of the diff, head side. */
export function addReviewComment(world: World, author: Account, issue: PullIssue, path: string, line: number, body: string): ReviewComment {
  const comment: ReviewComment = {
    id: world.nextId(),
    author,
    commitSha: issue.pull.head.sha,
    path,
    line,
    body,
    createdAt: world.now(),
    updatedAt: world.now(),
    edits: [],
  };
  issue.pull.reviewComments.push(comment);
  announceReviewComment(world, author, issue, comment, "created");
  return comment;
}

export function editReviewComment(world: World, editor: Account, issue: PullIssue, comment: ReviewComment, body: string): void {
  const from = comment.body;
  comment.body = body;
  comment.updatedAt = world.now();
  comment.edits.push({ id: world.nextId(), editor, editedAt: comment.updatedAt, body, before: from });
  announceReviewComment(world, editor, issue, comment, "edited", { changes: { body: { from } } });
}

export function deleteReviewComment(world: World, actor: Account, issue: PullIssue, comment: ReviewComment): void {
  issue.pull.reviewComments.splice(issue.pull.reviewComments.indexOf(comment), 1);
  announceReviewComment(world, actor, issue, comment, "deleted");
}

function announceReviewComment(
  world: World,
  sender: Account,
  issue: PullIssue,
  comment: ReviewComment,
  action: "created" | "edited" | "deleted",
  detail: Readonly<Record<string, unknown>> = {},
): void {
  announce(world, {
    event: "pull_request_review_comment",
    action,
    repository: issue.pull.base.repository,
    sender,
    detail: { comment: reviewCommentView(world, issue, comment), pull_request: pullSummaryView(world, issue), ...detail },
  });
}

function announceReview(
  world: World,
  sender: Account,
  issue: PullIssue,
  review: Review,
  action: "submitted" | "edited" | "dismissed",
  detail: Readonly<Record<string, unknown>> = {},
): void {
  announce(world, {
    event: "pull_request_review",
    action,
    repository: issue.pull.base.repository,
    sender,
    detail: { review: reviewView(world, issue, review), pull_request: pullSummaryView(world, issue), ...detail },
  });
}
