import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkAnswer } from "../support/github/conformance/check-answer.ts";
import { checkRequest } from "../support/github/conformance/check-request.ts";
import { checkWebhook } from "../support/github/conformance/check-webhook.ts";
import { OPERATIONS, WEBHOOK_EVENTS } from "../support/github/conformance/operations.ts";
import { describedOperations, describedWebhooks } from "../support/github/conformance/description.ts";
import { refuseViolations, renderViolation, takeViolations } from "../support/github/conformance/violations.ts";
import { CHECK, IN_REPO, openPull, startAcme, statusOf } from "./start-acme.ts";
import type { Acme } from "./start-acme.ts";

// What watches the tests can itself fail: each kind of departure from GitHub's description is told, in one line.
let acme: Acme;
let sha: string;
let number: number;

beforeAll(async () => {
  acme = await startAcme();
  ({ sha, number } = await openPull(acme));
});

afterAll(() => acme.close());

const lines = () => takeViolations().map(renderViolation);

describe("over HTTP", () => {
  it("says nothing of what is as GitHub describes it", async () => {
    const { data: run } = await acme.app.checks.create({ ...IN_REPO, name: CHECK, head_sha: sha });
    await acme.app.checks.update({ ...IN_REPO, check_run_id: run.id, conclusion: "success" });
    await acme.app.repos.getContent({ ...IN_REPO, path: "src/app.ts" });
    await acme.app.graphql("query { viewer { login } }");
    await acme.github.settled();
    expect(lines()).toEqual([]);
  });

  it("tells an unknown key in the body of an update", async () => {
    const { data: run } = await acme.app.checks.create({ ...IN_REPO, name: CHECK, head_sha: sha });
    await acme.app.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", { ...IN_REPO, check_run_id: run.id, concluded: true });
    expect(lines()).toEqual(['PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}: body must not have the key "concluded"']);
  });

  it("tells an unknown key deep in a body", async () => {
    const output = { title: "t", summary: "s", annotations: [], image: [] };
    await acme.app.request("POST /repos/{owner}/{repo}/check-runs", { ...IN_REPO, name: CHECK, head_sha: sha, output });
    expect(lines()).toEqual(['POST /repos/{owner}/{repo}/check-runs: body /output must not have the key "image"']);
  });

  it("tells a path that GitHub does not have", async () => {
    expect(await statusOf(acme.app.request("GET /repos/acme/orders/check-run/7"))).toBe(404);
    expect(lines()).toEqual(["GET /repos/acme/orders/check-run/7: path is no operation of the extract"]);
  });

  it("tells a GraphQL field that GitHub does not have", async () => {
    await acme.app.graphql("query { viewer { login nick } }").catch(() => null);
    expect(lines()).toEqual([expect.stringContaining('POST /graphql: body /query Cannot query field "nick" on type "User"')]);
  });

  it("fails a test that leaves a violation behind, with one line for each kind", async () => {
    await acme.app.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/files?perpage=1", { ...IN_REPO, pull_number: number });
    expect(() => refuseViolations()).toThrow(
      /GET \/repos\/\{owner\}\/\{repo\}\/pulls\/\{pull_number\}\/files: query must not have the key "perpage"$/,
    );
    expect(() => refuseViolations()).not.toThrow();
  });

  it("refuses no answer that a test asked to be wrong", async () => {
    acme.github.failNext({ match: "GET /repos/acme/orders", status: 502, body: "<html>" });
    expect(await statusOf(acme.app.repos.get(IN_REPO))).toBe(502);
    expect(lines()).toEqual([]);
  });
});

describe("a request", () => {
  const request = (method: string, path: string, body?: unknown) => {
    const url = new URL(path, "http://127.0.0.1");
    const text = body === undefined ? "" : JSON.stringify(body);
    return checkRequest({ method, path: url.pathname, query: url.searchParams, body: text }).map(renderViolation);
  };

  it.each([
    ["a page size in digits", "GET", "/repos/a/b/pulls/7/files?per_page=100&page=2", undefined],
    ["a path with slashes", "GET", "/repos/a/b/contents/src/a%20b/c.ts?ref=main", undefined],
    ["the root of the contents", "GET", "/repos/a/b/contents", undefined],
    ["a branch with slashes", "GET", "/repos/a/b/commits/feature/x/check-runs", undefined],
    ["a body that may be left out", "POST", "/app/installations/7/access_tokens", undefined],
    ["a body for an operation without one, but empty", "POST", "/repos/a/b/check-runs/7/rerequest", {}],
    ["labels as names", "POST", "/repos/a/b/issues", { title: "t", labels: ["x"] }],
    ["labels as objects", "POST", "/repos/a/b/issues", { title: "t", labels: [{ name: "x", color: null }] }],
  ])("may have %s", (_what, method, path, body) => {
    expect(request(method, path, body)).toEqual([]);
  });

  it.each([
    ["another method", "PUT", "/repos/a/b/check-runs/7", {}, "path is no operation"],
    ["a path parameter of another type", "GET", "/repos/a/b/pulls/seven", undefined, "path /pull_number must be integer"],
    ["a query of another type", "GET", "/repos/a/b/pulls?page=two", undefined, "query /page must be integer"],
    ["a query outside of its list", "GET", "/repos/a/b/pulls?state=merged", undefined, "query /state must be one of open, closed, all"],
    ["a field of another type", "PATCH", "/repos/a/b/issues/comments/7", { body: 7 }, "body /body must be string"],
    ["a field that is missing", "POST", "/repos/a/b/issues/7/comments", {}, "body must have required property 'body'"],
    ["no body where there must be one", "POST", "/repos/a/b/issues/7/comments", undefined, "body must be there"],
    ["a body where there is none", "POST", "/repos/a/b/check-runs/7/rerequest", { again: true }, "body must not be there"],
    [
      "an instant that is none",
      "PATCH",
      "/repos/a/b/check-runs/7",
      { started_at: "now" },
      'body /started_at must match format "date-time"',
    ],
    [
      "too many annotations",
      "PATCH",
      "/repos/a/b/check-runs/7",
      {
        output: {
          summary: "s",
          annotations: Array.from({ length: 51 }, () => ({
            path: "a",
            start_line: 1,
            end_line: 1,
            annotation_level: "notice",
            message: "m",
          })),
        },
      },
      "must NOT have more than 50 items",
    ],
    ["an unknown key in one of a list", "POST", "/repos/a/b/issues", { title: "t", labels: [{ nom: "x" }] }, "body /labels/0"],
  ])("may not have %s", (_what, method, path, body, line) => {
    expect(request(method, path, body)).toEqual([expect.stringContaining(line)]);
  });
});

describe("an answer", () => {
  const comment = "/repos/a/b/issues/comments/7";
  const answer = (method: string, path: string, status: number, body?: unknown) =>
    checkAnswer({ method, path, status, body }).map(renderViolation);

  it.each([
    ["of another type", "GET", "/repos/a/b/git/blobs/abc", 200, { sha: "abc", size: "3" }],
    ["without what must be there", "GET", comment, 200, { id: 7 }],
    ["with a status that the operation does not give", "GET", comment, 206, {}],
    ["of a server that broke", "GET", comment, 500, { message: "The stand-in itself failed" }],
    ["with an error whose message is no text", "GET", comment, 404, { message: 404 }],
  ])("may not be one %s", (_what, method, path, status, body) => {
    expect(answer(method, path, status, body)).toHaveLength(1);
  });

  it.each([
    ["an error in GitHub's shape", "GET", comment, 403, { message: "no", documentation_url: "https://docs.github.com", status: "403" }],
    ["nothing, to who has it already", "GET", comment, 304, undefined],
    ["nothing, where there is nothing to say", "DELETE", comment, 204, undefined],
  ])("may be %s", (_what, method, path, status, body) => {
    expect(answer(method, path, status, body)).toEqual([]);
  });
});

describe("a webhook", () => {
  it("of an event that GitHub does not send is told", () => {
    expect(checkWebhook("issue_comment", "hidden", {})).toHaveLength(1);
  });

  it("is told when a field has another type", async () => {
    await acme.github.settled();
    const opened = acme.received.find(({ event, payload }) => event === "pull_request" && payload["action"] === "opened");
    const { pull_request: pull, ...rest } = JSON.parse(opened?.body ?? "{}") as Record<string, object>; // a payload that we just sent
    expect(checkWebhook("pull_request", "opened", { ...rest, pull_request: pull })).toEqual([]);
    const wrong = checkWebhook("pull_request", "opened", { ...rest, pull_request: { ...pull, number: "7" } });
    expect(wrong.map(renderViolation)).toEqual(["webhook pull_request.opened: payload /pull_request/number must be integer"]);
  });
});

it("the extract has every operation and event of the list, and no other", () => {
  expect([...describedOperations().keys()].toSorted()).toEqual([...OPERATIONS].toSorted());
  const events = new Set([...describedWebhooks().keys()].map((name) => name.split(".")[0] ?? ""));
  expect([...events].toSorted()).toEqual([...WEBHOOK_EVENTS].toSorted());
});
