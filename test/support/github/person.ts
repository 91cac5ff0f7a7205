import { randomBytes } from "node:crypto";
import { addComment, deleteComment, editComment, hideComment } from "./actions/comment.ts";
import { requestAction, rerequestRun } from "./actions/check-run.ts";
import { announceSuite } from "./actions/check-suite.ts";
import { editIssue, ensureLabel, openIssue, setLabel } from "./actions/issue.ts";
import type { IssueEdit } from "./actions/issue.ts";
import { addReviewComment, deleteReviewComment, dismissReview, editReview, editReviewComment, submitReview } from "./actions/review.ts";
import { enqueue, finishGroup } from "./actions/merge-queue.ts";
import type { MergeGroup } from "./actions/merge-queue.ts";
import { checkRunIn, commentIn, issueIn, pullIn, repositoryFor, reviewCommentIn, reviewIn } from "./lookups.ts";
import { merge } from "./actions/merge.ts";
import type { MergeMethod } from "./actions/merge.ts";
import { editPull, openPull, setDraft, setPullState } from "./actions/pull-request.ts";
import type { PullEdit } from "./actions/pull-request.ts";
import { deleteBranch, moveBranch, push } from "./actions/push.ts";
import type { Push } from "./actions/push.ts";
import { Refusal } from "./refusal.ts";
import { addBranch, addFork } from "./seed.ts";
import { fullName } from "./views/repository.ts";
import type { PullIssue } from "./views/pull-request.ts";
import type { App } from "./model/app.ts";
import type { Account, Role } from "./model/account.ts";
import type { Repository } from "./model/repository.ts";
import type { World } from "./model/world.ts";

export interface OpenedPull {
  readonly repo: string;
  readonly head: string;
  /** The default branch when absent. */
  readonly base?: string;
  readonly title: string;
  readonly body?: string | null;
  readonly draft?: boolean;
  /** "owner/name" of the fork that has the head. */
  readonly headRepo?: string;
}

/** Someone at the keyboard. What their role does not allow throws a Refusal with GitHub's status. Repositories are "owner/name". */
export class Person {
  readonly account: Account;
  readonly #world: World;

  constructor(world: World, account: Account) {
    this.#world = world;
    this.account = account;
  }

  /** A token of this person: a personal one, or, with an app, as if they had signed in with it. */
  token(app: App | null = null): string {
    const token = `${app === null ? "ghp" : "ghu"}_${randomBytes(18).toString("hex")}`;
    this.#world.tokens.set(token, { actor: { kind: "user", account: this.account, app }, expiresAt: null });
    return token;
  }

  /** Commits to a branch, new or old, and pushes. Returns the commit's SHA. */
  push(repo: string, commit: Push): Promise<string> {
    return push(this.#world, this.account, this.#repository(repo, "write"), commit);
  }

  /** Pushes a branch that points at an existing commit or at another branch's tip. */
  createBranch(repo: string, name: string, from: string): Promise<string> {
    return addBranch(this.#world, this.account, this.#repository(repo, "write"), name, from);
  }

  /** Pushes a branch back, or across, to an existing commit. */
  forcePush(repo: string, branch: string, sha: string): Promise<void> {
    return moveBranch(this.#world, this.account, this.#repository(repo, "write"), branch, sha);
  }

  deleteBranch(repo: string, name: string): Promise<void> {
    return deleteBranch(this.#world, this.account, this.#repository(repo, "write"), name);
  }

  /** Returns the fork's "owner/name". */
  fork(repo: string): string {
    return fullName(addFork(this.#world, this.account, this.#repository(repo, "read")));
  }

  /** Returns the number. */
  async openPullRequest(asked: OpenedPull): Promise<number> {
    const repository = this.#repository(asked.repo, "read");
    const headRepository = asked.headRepo === undefined ? repository : this.#repository(asked.headRepo, "read");
    const { title, head, body = null, draft = false, base = repository.defaultBranch } = asked;
    return (await openPull(this.#world, this.account, repository, { title, body, head, headRepository, base, draft })).number;
  }

  editPullRequest(repo: string, number: number, edit: PullEdit): Promise<void> {
    return editPull(this.#world, this.account, this.#pull(repo, number), edit);
  }

  closePullRequest(repo: string, number: number): Promise<void> {
    return setPullState(this.#world, this.account, this.#pull(repo, number), "closed");
  }

  reopenPullRequest(repo: string, number: number): Promise<void> {
    return setPullState(this.#world, this.account, this.#pull(repo, number), "open");
  }

  markReady(repo: string, number: number): Promise<void> {
    return setDraft(this.#world, this.account, this.#pull(repo, number), false);
  }

  convertToDraft(repo: string, number: number): Promise<void> {
    return setDraft(this.#world, this.account, this.#pull(repo, number), true);
  }

  /** Tries to merge: 200 with the merge's SHA, or the status and words of the refusal. */
  async merge(
    repo: string,
    number: number,
    method: MergeMethod = "merge",
  ): Promise<{ status: number; message: string; sha: string | null }> {
    try {
      const issue = this.#pull(repo, number);
      this.#repository(repo, "write");
      return { status: 200, message: "Pull Request successfully merged", sha: await merge(this.#world, this.account, issue, method, null) };
    } catch (error) {
      if (error instanceof Refusal) return { status: error.status, message: error.message, sha: null };
      throw error;
    }
  }

  /** Returns the comment's id. */
  comment(repo: string, number: number, body: string): number {
    const repository = this.#repository(repo, "read");
    const issue = issueIn(repository, number);
    return addComment(this.#world, this.account, repository, issue, body, null).id;
  }

  editComment(repo: string, id: number, body: string): void {
    const repository = this.#repository(repo, "read");
    const comment = commentIn(repository, id);
    editComment(this.#world, this.account, repository, comment, body);
  }

  deleteComment(repo: string, id: number): void {
    const repository = this.#repository(repo, "read");
    const comment = commentIn(repository, id);
    deleteComment(this.#world, this.account, repository, comment);
  }

  hideComment(repo: string, id: number, reason = "outdated"): void {
    const repository = this.#repository(repo, "read");
    const comment = commentIn(repository, id);
    hideComment(this.#world, this.account, repository, comment, reason);
  }

  /** Puts labels on an issue or pull request. */
  async label(repo: string, number: number, ...names: readonly string[]): Promise<void> {
    const repository = this.#repository(repo, "triage");
    const issue = issueIn(repository, number);
    for (const name of names)
      await setLabel(this.#world, this.account, repository, issue, ensureLabel(this.#world, repository, name), true);
  }

  async unlabel(repo: string, number: number, name: string): Promise<void> {
    const repository = this.#repository(repo, "triage");
    const issue = issueIn(repository, number);
    await setLabel(this.#world, this.account, repository, issue, ensureLabel(this.#world, repository, name), false);
  }

  /** Returns the number. */
  openIssue(repo: string, title: string, body: string | null = null): number {
    return openIssue(this.#world, this.account, this.#repository(repo, "read"), { title, body, labels: [], assignees: [] }, null).number;
  }

  editIssue(repo: string, number: number, edit: IssueEdit): void {
    const repository = this.#repository(repo, "read");
    const issue = issueIn(repository, number);
    if (issue.author !== this.account) this.#repository(repo, "triage");
    editIssue(this.#world, this.account, repository, issue, edit);
  }

  /** Returns the review's id. */
  review(repo: string, number: number, state: "approved" | "changes_requested" | "commented", body = ""): number {
    return submitReview(this.#world, this.account, this.#pull(repo, number), state, body).id;
  }

  editReview(repo: string, number: number, id: number, body: string): void {
    const issue = this.#pull(repo, number);
    editReview(this.#world, this.account, issue, reviewIn(issue, id), body);
  }

  dismissReview(repo: string, number: number, id: number): void {
    const issue = this.#pull(repo, number);
    dismissReview(this.#world, this.account, issue, reviewIn(issue, id));
  }

  /** Comments on a line of the diff. Returns the comment's id. */
  commentOnLine(repo: string, number: number, path: string, line: number, body: string): number {
    return addReviewComment(this.#world, this.account, this.#pull(repo, number), path, line, body).id;
  }

  editLineComment(repo: string, number: number, id: number, body: string): void {
    const issue = this.#pull(repo, number);
    editReviewComment(this.#world, this.account, issue, reviewCommentIn(issue, id), body);
  }

  deleteLineComment(repo: string, number: number, id: number): void {
    const issue = this.#pull(repo, number);
    deleteReviewComment(this.#world, this.account, issue, reviewCommentIn(issue, id));
  }

  /** Presses a button of a check run: only people with write access see them. */
  pressButton(repo: string, checkRunId: number, identifier: string): void {
    const repository = this.#repository(repo, "write");
    requestAction(this.#world, this.account, repository, checkRunIn(repository, checkRunId), identifier);
  }

  /** Presses "Re-run" beside a check run. */
  rerunCheck(repo: string, checkRunId: number): void {
    const repository = this.#repository(repo, "write");
    rerequestRun(this.#world, this.account, repository, checkRunIn(repository, checkRunId));
  }

  /** Presses "Re-run all checks" of a commit, for every app. */
  async rerunAllChecks(repo: string, headSha: string): Promise<void> {
    const repository = this.#repository(repo, "write");
    for (const suite of repository.checkSuites.values()) {
      if (suite.headSha === headSha) await announceSuite(this.#world, this.account, repository, suite, "rerequested");
    }
  }

  /** Presses "Merge when ready": the pull request joins the merge queue. */
  async joinMergeQueue(repo: string, number: number): Promise<MergeGroup> {
    this.#repository(repo, "write");
    return enqueue(this.#world, this.account, this.#pull(repo, number));
  }

  /** Lets the queue look at a group's checks: merged, thrown out, or null while they run. */
  finishMergeGroup(group: MergeGroup): Promise<"merged" | "invalidated" | null> {
    return finishGroup(this.#world, this.account, group);
  }

  /** Follows a link to the sign-in page and agrees. Returns where the browser is sent next, with the code. */
  async signIn(authorizeUrl: string): Promise<string> {
    const body = new URLSearchParams({ login: this.account.login });
    const answer = await fetch(authorizeUrl, { method: "POST", body, redirect: "manual" });
    const target = answer.headers.get("location");
    if (target === null) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
    return target;
  }

  #repository(repo: string, role: Role): Repository {
    return repositoryFor(this.#world, this.account, repo, role);
  }

  #pull(repo: string, number: number): PullIssue {
    return pullIn(this.#repository(repo, "read"), number);
  }
}
