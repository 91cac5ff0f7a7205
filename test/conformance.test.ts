import { schema as github } from "@octokit/graphql-schema";
import given from "@octokit/webhooks-examples";
import { buildSchema, type GraphQLSchema, isObjectType, parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { COMMENTS_QUERY } from "../src/fetch/github/fetch-comments.ts";
import { POLICY_PATH } from "../src/fetch/github/fetch-policy.ts";
import type { JobOrigin } from "../src/model/job.ts";
import { readCheckRunEvent } from "../src/receive/check-run-event.ts";
import { readCheckSuiteEvent } from "../src/receive/check-suite-event.ts";
import { readInstallationEvent } from "../src/receive/installation-event.ts";
import { readInstallationRepositoriesEvent } from "../src/receive/installation-repositories-event.ts";
import { readIssueCommentEvent } from "../src/receive/issue-comment-event.ts";
import { readMemberEvent, readMembershipEvent, readOrganizationEvent, readTeamEvent } from "../src/receive/member-event.ts";
import { readMergeGroupEvent } from "../src/receive/merge-group-event.ts";
import type { Outcome } from "../src/receive/outcome.ts";
import { readPullRequestEvent } from "../src/receive/pull-request-event.ts";
import { readPullRequestReviewCommentEvent } from "../src/receive/pull-request-review-comment-event.ts";
import { readPullRequestReviewEvent } from "../src/receive/pull-request-review-event.ts";
import { readPushEvent } from "../src/receive/push-event.ts";
import { readRepositoryEvent } from "../src/receive/repository-event.ts";
import { SCHEMA } from "./support/github/graphql/schema.ts";

const examples = given as unknown as readonly { readonly name: string; readonly examples: readonly object[] }[]; // its types wrap the list once too often

// Payloads as GitHub really sent them, through our readers: every one is understood.
const origin: JobOrigin = { deliveryId: "d", cause: "test" };

const READERS: Readonly<Record<string, (payload: unknown, from: JobOrigin) => Outcome>> = {
  check_run: (payload, from) => readCheckRunEvent(payload, from, 1),
  check_suite: readCheckSuiteEvent,
  installation: readInstallationEvent,
  installation_repositories: readInstallationRepositoriesEvent,
  issue_comment: readIssueCommentEvent,
  member: readMemberEvent,
  membership: readMembershipEvent,
  merge_group: readMergeGroupEvent,
  organization: readOrganizationEvent,
  pull_request: readPullRequestEvent,
  pull_request_review: readPullRequestReviewEvent,
  pull_request_review_comment: readPullRequestReviewCommentEvent,
  push: (payload, from) => readPushEvent(payload, from, POLICY_PATH),
  repository: readRepositoryEvent,
  team: readTeamEvent,
};

/** Payloads of hooks that no app receives carry no installation; an app's always do (GitHub docs, webhooks). */
const asOfApp = (payload: object) => ({ installation: { id: 1 }, ...payload });

const payloads = examples.flatMap(({ name, examples: all }) =>
  name in READERS
    ? all.map((payload, index) => [`${name} ${"action" in payload ? payload.action : ""} ${index}`, name, payload] as const)
    : [],
);

describe("every example payload of an event that we act on", () => {
  test("is there to be read", () => {
    const read = new Set(payloads.map(([, name]) => name));
    expect(Object.keys(READERS).filter((name) => !read.has(name))).toEqual([]);
  });

  test.each(payloads)("%s fits its reader", (_title, name, payload) => {
    const outcome = READERS[name]?.(asOfApp(payload), origin);
    expect(outcome).toBeDefined();
    if (outcome && "ignored" in outcome) expect(outcome.ignored).not.toContain("does not fit");
  });
});

describe("against GitHub's published GraphQL schema", () => {
  // GitHub's own schema breaks a newer rule about deprecated fields.
  const published = buildSchema(github.idl, { assumeValid: true });

  test("the query that we send is valid", () => {
    expect(validate(published, parse(COMMENTS_QUERY)).map((error) => error.message)).toEqual([]);
  });

  test.each([
    "IssueComment",
    "PullRequestReview",
    "PullRequestReviewComment",
    "PullRequest",
    "Repository",
    "User",
    "Bot",
    "UserContentEdit",
    "Label",
    "Blob",
    "Commit",
    "GitActor",
    "TreeEntry",
    "CheckSuite",
    "CheckRun",
    "PullRequestCommit",
  ])("the stand-in's %s has GitHub's fields and types", (name) => {
    const own = fieldsOf(buildSchema(SCHEMA), name);
    const theirs = fieldsOf(published, name);
    expect(Object.keys(own).length).toBeGreaterThan(0);
    expect(theirs).toMatchObject(own);
  });
});

/** Field name -> type as written. */
function fieldsOf(schema: GraphQLSchema, name: string): Readonly<Record<string, string>> {
  const type = schema.getType(name);
  if (!isObjectType(type)) return {};
  return Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, String(field.type)]));
}
