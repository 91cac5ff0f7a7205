import { describe, expect, test } from "vitest";
import { readInstallationEvent } from "../../src/receive/installation-event.ts";
import { readInstallationRepositoriesEvent } from "../../src/receive/installation-repositories-event.ts";
import { readIssueCommentEvent } from "../../src/receive/issue-comment-event.ts";
import { readMemberEvent, readMembershipEvent, readOrganizationEvent, readTeamEvent } from "../../src/receive/member-event.ts";
import { readMergeGroupEvent } from "../../src/receive/merge-group-event.ts";
import { readPullRequestEvent } from "../../src/receive/pull-request-event.ts";
import { readPullRequestReviewCommentEvent } from "../../src/receive/pull-request-review-comment-event.ts";
import { readPullRequestReviewEvent } from "../../src/receive/pull-request-review-event.ts";
import { readPushEvent } from "../../src/receive/push-event.ts";
import { readRepositoryEvent } from "../../src/receive/repository-event.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const origin = { deliveryId: "d-1", cause: "test" };
const installation = { id: 7 };
const place = { installation, repository: { full_name: "acme/api" } };
const ref = { installationId: 7, repo: "acme/api" };

const text = (more: object = {}) => ({ id: 5, node_id: "N_5", body: "/accept-risk", user: { type: "User" }, ...more });
const pull = { pull_request: { number: 3 } };
const job = (source: string) => ({ job: { kind: "comment", ...ref, number: 3, source, commentId: 5, nodeId: "N_5", ...origin } });

describe("a comment", () => {
  const onIssue = (action: string, comment: object, issue: object = {}) => ({
    action,
    ...place,
    issue: { number: 3, pull_request: {}, ...issue },
    comment,
  });

  test.each([
    ["on the conversation", readIssueCommentEvent(onIssue("created", text()), origin), job("issue_comment")],
    ["that was edited to hold nothing", readIssueCommentEvent(onIssue("edited", text({ body: "nothing" })), origin), job("issue_comment")],
    ["that was deleted", readIssueCommentEvent(onIssue("deleted", text()), origin), job("issue_comment")],
    [
      "that is new and holds no command",
      readIssueCommentEvent(onIssue("created", text({ body: "and/or" })), origin),
      { ignored: "a comment without a command" },
    ],
    ["of a bot", readIssueCommentEvent(onIssue("created", text({ user: { type: "Bot" } })), origin), { ignored: "a bot's comment" }],
    [
      "on an issue",
      readIssueCommentEvent({ ...onIssue("created", text()), issue: { number: 3 } }, origin),
      { ignored: "a comment on an issue" },
    ],
    ["in a review", readPullRequestReviewEvent({ action: "submitted", ...place, ...pull, review: text() }, origin), job("review")],
    [
      "in a review that was dismissed",
      readPullRequestReviewEvent({ action: "dismissed", ...place, ...pull, review: text({ body: null }) }, origin),
      job("review"),
    ],
    [
      "on a line",
      readPullRequestReviewCommentEvent({ action: "created", ...place, ...pull, comment: text() }, origin),
      job("review_comment"),
    ],
  ])("%s", (_name, outcome, expected) => {
    expect(outcome).toEqual(expected);
  });
});

describe("a push to a pull request", () => {
  test("is told with its pusher", () => {
    const payload = {
      action: "synchronize",
      ...place,
      pull_request: { number: 3, head: { sha: SHA } },
      before: SHA.replaceAll("0", "1"),
      sender: { id: 9, login: "ana" },
    };
    expect(readPullRequestEvent(payload, origin)).toMatchObject({
      push: { repo: "acme/api", number: 3, pusher: { githubId: 9, login: "ana" }, before: SHA.replaceAll("0", "1"), after: SHA },
    });
    expect(readPullRequestEvent({ ...payload, action: "reopened" }, origin)).not.toHaveProperty("push");
  });
});

describe("a merge group", () => {
  const group = (head_ref: string, action = "checks_requested") => ({ action, ...place, merge_group: { head_sha: SHA, head_ref } });
  test.each([
    [
      "names its pull request",
      group(`refs/heads/gh-readonly-queue/main/pr-12-${SHA}`),
      { job: { kind: "merge-group", ...ref, number: 12, headSha: SHA, ...origin } },
    ],
    [
      "names it after a base with slashes",
      group(`refs/heads/gh-readonly-queue/release/pr-1/pr-12-${SHA}`),
      { job: expect.objectContaining({ number: 12 }) },
    ],
    ["names none", group("refs/heads/gh-readonly-queue/main/other"), { ignored: "the queue's branch names no pull request" }],
    ["was destroyed", group(`refs/heads/gh-readonly-queue/main/pr-12-${SHA}`, "destroyed"), { ignored: "no checks are asked for" }],
  ])("%s", (_name, payload, expected) => {
    expect(readMergeGroupEvent(payload, origin)).toEqual(expected);
  });
});

describe("a push to the default branch", () => {
  const POLICY = ".github/backend-reliability.yml";
  const push = (more: object) => ({
    installation,
    repository: { full_name: "acme/api", default_branch: "main" },
    ref: "refs/heads/main",
    commits: [{ added: [], modified: [POLICY], removed: [] }],
    ...more,
  });
  const policy = { job: { kind: "policy", ...ref, ...origin } };
  test.each([
    ["that changes the policy", push({}), policy],
    ["that is forced", push({ commits: [], forced: true }), policy],
    ["that leaves it", push({ commits: [{ added: ["a"] }] }), { ignored: "a push that leaves the policy as it was" }],
    ["of another branch", push({ ref: "refs/heads/change" }), { ignored: "a push beside the default branch" }],
  ])("%s", (_name, payload, expected) => {
    expect(readPushEvent(payload, origin, POLICY)).toEqual(expected);
  });
});

describe("what happens around repositories and people", () => {
  const gone = (repos: readonly string[] | null) => ({
    job: { kind: "repository", installationId: 7, change: { what: "gone", repos }, ...origin },
  });
  const granted = (repos: readonly string[] | null) => ({
    job: { kind: "repository", installationId: 7, change: { what: "granted", repos }, ...origin },
  });
  const renamed = (from: string) => ({
    job: { kind: "repository", installationId: 7, change: { what: "renamed", from, to: "acme/api" }, ...origin },
  });
  const signers = (repo: string | null, personId: number | null) => ({
    job: { kind: "signers", installationId: 7, repo, personId, ...origin },
  });
  test.each([
    [
      "a new name",
      readRepositoryEvent({ action: "renamed", ...place, changes: { repository: { name: { from: "old" } } } }, origin),
      renamed("acme/old"),
    ],
    [
      "a new owner",
      readRepositoryEvent({ action: "transferred", ...place, changes: { owner: { from: { organization: { login: "before" } } } } }, origin),
      renamed("before/api"),
    ],
    ["a deleted repository", readRepositoryEvent({ action: "deleted", ...place }, origin), gone(["acme/api"])],
    ["an installation that ends", readInstallationEvent({ action: "deleted", installation }, origin), gone(null)],
    ["an installation that wakes", readInstallationEvent({ action: "unsuspend", installation }, origin), granted(null)],
    [
      "an installation that is new",
      readInstallationEvent({ action: "created", installation, repositories: [{ full_name: "acme/api" }] }, origin),
      granted(["acme/api"]),
    ],
    [
      "repositories given to it",
      readInstallationRepositoriesEvent({ action: "added", installation, repositories_added: [{ full_name: "acme/api" }] }, origin),
      granted(["acme/api"]),
    ],
    [
      "repositories taken from it",
      readInstallationRepositoriesEvent({ action: "removed", installation, repositories_removed: [{ full_name: "acme/api" }] }, origin),
      gone(["acme/api"]),
    ],
    ["a collaborator", readMemberEvent({ action: "removed", ...place, member: { id: 9 } }, origin), signers("acme/api", 9)],
    ["a team's member", readMembershipEvent({ action: "removed", installation, member: { id: 9 } }, origin), signers(null, 9)],
    [
      "an organization's member",
      readOrganizationEvent({ action: "member_removed", installation, membership: { user: { id: 9 } } }, origin),
      signers(null, 9),
    ],
    ["a team", readTeamEvent({ action: "edited", installation }, origin), signers(null, null)],
  ])("%s", (_name, outcome, expected) => {
    expect(outcome).toEqual(expected);
  });
});
