import { authorize } from "./access.ts";
import type { Account, Role } from "./model/account.ts";
import type { CheckRun } from "./model/check.ts";
import type { Issue, IssueComment, Review, ReviewComment } from "./model/issue.ts";
import type { Repository } from "./model/repository.ts";
import type { World } from "./model/world.ts";
import { notFound } from "./refusal.ts";
import { findRepository } from "./routes/api.ts";
import { isPull } from "./views/pull-request.ts";
import type { PullIssue } from "./views/pull-request.ts";

/** The repository of that name, where the person has the role. Throws 404 or 403. */
export function repositoryFor(world: World, account: Account, repo: string, role: Role): Repository {
  const repository = findRepository(world, repo);
  if (repository === null) throw notFound();
  authorize(world, { kind: "user", account, app: null }, repository, { permission: [], level: "write", role });
  return repository;
}

/** Throws 404, like its neighbours, when there is none. */
export const issueIn = (repository: Repository, number: number): Issue => found(repository.issues.get(number));

export function pullIn(repository: Repository, number: number): PullIssue {
  const issue = issueIn(repository, number);
  if (!isPull(issue)) throw notFound();
  return issue;
}

export const commentIn = (repository: Repository, id: number): IssueComment => found(repository.comments.get(id));

export const checkRunIn = (repository: Repository, id: number): CheckRun => found(repository.checkRuns.get(id));

export const reviewIn = (issue: PullIssue, id: number): Review => found(issue.pull.reviews.find((review) => review.id === id));

export const reviewCommentIn = (issue: PullIssue, id: number): ReviewComment =>
  found(issue.pull.reviewComments.find((comment) => comment.id === id));

function found<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw notFound();
  return thing;
}
