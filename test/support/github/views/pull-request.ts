import { findUnmetChecks, isUnstable } from "../merge-requirements.ts";
import { baseTip, pullCommits, pullFiles, testMergeTree } from "../pull-range.ts";
import type { Account } from "../model/account.ts";
import type { Issue, PullRequest } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { accountView } from "./account.ts";
import { authorAssociation, firstAssignee, issuePage, labelView } from "./issue.ts";
import { repositoryUrl, repositoryView } from "./repository.ts";
import type { Schema } from "./schema.ts";
import { nodeId } from "./schema.ts";

/** An issue that is a pull request. */
export type PullIssue = Issue & { readonly pull: PullRequest };

export const isPull = (issue: Issue): issue is PullIssue => issue.pull !== null;

/** A pull request in a list: without what has to be computed. */
export function pullSummaryView(world: World, issue: PullIssue, reader: Account | null = null) {
  const { pull } = issue;
  const repository = pull.base.repository;
  const url = `${repositoryUrl(world, repository)}/pulls/${issue.number}`;
  const page = issuePage(world, repository, issue);
  return {
    url,
    id: pull.id,
    node_id: nodeId("PR", pull.id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    ...pullUrls(world, repository, issue),
    number: issue.number,
    state: issue.state,
    locked: issue.locked,
    title: issue.title,
    user: accountView(world, issue.author),
    body: issue.body,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommitSha,
    assignee: firstAssignee(world, issue),
    assignees: [...issue.assignees].map((account) => accountView(world, account)),
    requested_reviewers: [],
    requested_teams: [],
    labels: [...issue.labels].map((label) => labelView(world, repository, label)),
    milestone: null,
    draft: pull.draft,
    head: sideView(world, pull.head, reader),
    base: sideView(world, pull.base, reader),
    _links: linksOf(world, repository, issue, page),
    author_association: authorAssociation(world, repository, issue.author),
    auto_merge: null,
    active_lock_reason: null,
  };
}

/** A pull request alone, as `GET /pulls/{number}` and the webhooks show it. */
export async function pullView(world: World, issue: PullIssue, reader: Account | null = null): Promise<Schema<"pull-request">> {
  const { pull } = issue;
  const [files, commits, mergeable] = await Promise.all([pullFiles(pull), pullCommits(pull), isMergeable(issue)]);
  return {
    ...pullSummaryView(world, issue, reader),
    merged: pull.mergedAt !== null,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: await mergeableState(issue, mergeable),
    merged_by: pull.mergedBy === null ? null : accountView(world, pull.mergedBy),
    comments: [...pull.base.repository.comments.values()].filter((comment) => comment.issueNumber === issue.number).length,
    review_comments: pull.reviewComments.length,
    maintainer_can_modify: pull.head.repository !== pull.base.repository,
    commits: commits.length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}

async function isMergeable(issue: PullIssue): Promise<boolean | null> {
  if (issue.state === "closed") return null;
  return (await testMergeTree(issue.pull)) !== null;
}

async function mergeableState(issue: PullIssue, mergeable: boolean | null): Promise<string> {
  const { pull } = issue;
  if (mergeable === null) return "unknown";
  if (!mergeable) return "dirty";
  if (pull.draft) return "draft";
  if (findUnmetChecks(pull).length > 0) return "blocked";
  const { repository, ref } = pull.base;
  const strict = repository.protections.get(ref)?.strict === true;
  if (strict && !(await repository.objects.isAncestor(baseTip(pull), pull.head.sha))) return "behind";
  return isUnstable(pull) ? "unstable" : "clean";
}

function sideView(world: World, side: PullRequest["head"], reader: Account | null) {
  const { owner } = side.repository;
  return {
    label: `${owner.login}:${side.ref}`,
    ref: side.ref,
    sha: side.sha,
    user: accountView(world, owner),
    repo: repositoryView(world, side.repository, reader),
  };
}

function pullUrls(world: World, repository: Repository, issue: PullIssue) {
  const root = repositoryUrl(world, repository);
  const url = `${root}/pulls/${issue.number}`;
  return {
    issue_url: `${root}/issues/${issue.number}`,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${root}/pulls/comments{/number}`,
    comments_url: `${root}/issues/${issue.number}/comments`,
    statuses_url: `${root}/statuses/${issue.pull.head.sha}`,
  };
}

function linksOf(world: World, repository: Repository, issue: PullIssue, page: string) {
  const urls = pullUrls(world, repository, issue);
  return {
    self: { href: `${repositoryUrl(world, repository)}/pulls/${issue.number}` },
    html: { href: page },
    issue: { href: urls.issue_url },
    comments: { href: urls.comments_url },
    review_comments: { href: urls.review_comments_url },
    review_comment: { href: urls.review_comment_url },
    commits: { href: urls.commits_url },
    statuses: { href: urls.statuses_url },
  };
}

/** The short form inside check runs and check suites. */
export function pullMinimalView(world: World, issue: PullIssue): Schema<"pull-request-minimal"> {
  const side = ({ ref, sha, repository }: PullRequest["head"]) => ({
    ref,
    sha,
    repo: { id: repository.id, url: repositoryUrl(world, repository), name: repository.name },
  });
  return {
    url: `${repositoryUrl(world, issue.pull.base.repository)}/pulls/${issue.number}`,
    id: issue.pull.id,
    number: issue.number,
    head: side(issue.pull.head),
    base: side(issue.pull.base),
  };
}

/** The open pull requests of a commit that live in the repository itself: GitHub leaves those from forks out of checks. */
export const pullsOfHead = (repository: Repository, sha: string): PullIssue[] =>
  [...repository.issues.values()].filter(
    (issue): issue is PullIssue =>
      issue.pull !== null && issue.state === "open" && issue.pull.head.sha === sha && issue.pull.head.repository === repository,
  );
