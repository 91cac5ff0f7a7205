import { Octokit } from "@octokit/rest";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createBlobCache } from "../../../src/fetch/github/blob-cache.ts";
import { createPullRequestSource } from "../../../src/fetch/github/fetch-pull-request.ts";

// What GitHub does and a local stand-in cannot be made to do: lists that lie, heads that move, answers that are lost.
const API = "http://github.test";
const HEAD = "a".repeat(40);
const REF = { installationId: 1, repo: "acme/api", number: 3 };

beforeEach(() => {
  nock.disableNetConnect();
});
afterEach(() => {
  nock.abortPendingRequests();
  nock.cleanAll();
  nock.restore();
  nock.activate();
});

function source() {
  const client = new Octokit({ baseUrl: API, request: { retries: 0 } });
  return createPullRequestSource(async () => client, {
    blobs: createBlobCache(1000),
    now: () => new Date("2026-01-15T12:00:00Z"),
    appId: null,
    restOnly: true,
  });
}

const pull = (more: object = {}) => ({
  number: 3,
  state: "open",
  title: "Change",
  body: null,
  user: { login: "ana" },
  draft: false,
  labels: [],
  head: { sha: HEAD },
  base: { ref: "main", repo: { full_name: "acme/api" } },
  merged: false,
  changed_files: 1,
  comments: 0,
  ...more,
});

const file = (name: string, more: object = {}) => ({
  filename: name,
  status: "added",
  additions: 1,
  deletions: 0,
  sha: "b".repeat(40),
  contents_url: `${API}/repos/acme/api/contents/${name}?ref=${HEAD}`,
  patch: "@@ -0,0 +1 @@\n+x",
  ...more,
});

const api = () => nock(API).persist();

function serve(answers: { pull?: object; files?: (page: number, perPage: number) => readonly object[]; policy?: string }) {
  api().get("/repos/acme/api/pulls/3").reply(200, pull(answers.pull));
  api()
    .get("/repos/acme/api/pulls/3/files")
    .query(true)
    .reply(200, (request: Request) => {
      const query = new URL(request.url).searchParams;
      return (answers.files ?? (() => [file("docs/a.md")]))(Number(query.get("page")), Number(query.get("per_page")));
    });
  api()
    .get("/repos/acme/api/contents/.github%2Fbackend-reliability.yml")
    .reply(answers.policy === undefined ? 404 : 200, {
      type: "file",
      sha: "c".repeat(40),
      content: Buffer.from(answers.policy ?? "").toString("base64"),
    });
  api()
    .get(/package\.json/)
    .query(true)
    .reply(404, {});
}

describe("a snapshot", () => {
  test("has an empty description where GitHub has none, and the default policy where the repository has none", async () => {
    serve({});
    expect(await source().fetchPullRequest(REF)).toMatchObject({
      state: "open",
      pullRequest: { body: "", policyOrigin: "default", headSha: HEAD, now: "2026-01-15T12:00:00.000Z" },
    });
  });

  test("keeps the default policy and carries the mistake when the policy file is broken", async () => {
    serve({ policy: "mode: loud\n" });
    expect(await source().fetchPullRequest(REF)).toMatchObject({
      pullRequest: { policy: { mode: "enforce" }, policyProblems: [{ line: 1 }], policyOrigin: expect.stringContaining("mistakes") },
    });
  });

  test("names the files that GitHub does not list, and they weigh", async () => {
    serve({ pull: { changed_files: 5 } });
    expect(await source().fetchPullRequest(REF)).toMatchObject({
      pullRequest: { notRead: [{ path: "4 more files", undetermined: true }] },
    });
  });

  test("looks for patches that GitHub left out of a long page in the smaller ones that hold them", async () => {
    const all = Array.from({ length: 180 }, (_, index) => file(`docs/${index}.md`));
    const asked: string[] = [];
    serve({
      pull: { changed_files: 180 },
      files: (page, perPage) => {
        asked.push(`${page} of ${perPage}`);
        return all
          .slice((page - 1) * perPage, page * perPage)
          .map((each, index) => (perPage === 100 && index > 75 ? { ...each, patch: undefined } : each));
      },
    });
    const fetched = await source().fetchPullRequest(REF);
    expect(fetched.state === "open" && fetched.pullRequest.files.map(({ path }) => path)).toEqual(all.map(({ filename }) => filename));
    expect(fetched.state === "open" && fetched.pullRequest.files.every((each) => each.patch !== undefined)).toBe(true);
    expect(asked).toEqual(["1 of 100", "4 of 25", "2 of 100", "8 of 25"]);
  });

  test("is refused when the head moved while it was read: it would belong to no one commit", async () => {
    serve({ files: () => [file("docs/a.md", { contents_url: `${API}/x?ref=${"d".repeat(40)}` })] });
    await expect(source().fetchPullRequest(REF)).rejects.toMatchObject({ name: "HeadMoved" });
  });

  test.each([
    ["not UTF-8", Buffer.from([0xff, 0xfe, 0x00]), "not UTF-8 text"],
    ["over 1 MB", Buffer.alloc(1_100_000, "x"), "over 1 MB"],
  ])("names a file whose text is %s", async (_name, bytes, reason) => {
    serve({ files: () => [file("src/a.ts", { patch: undefined })] });
    api()
      .get(`/repos/acme/api/git/blobs/${"b".repeat(40)}`)
      .reply(200, { encoding: "base64", content: bytes.toString("base64") });
    expect(await source().fetchPullRequest(REF)).toMatchObject({
      pullRequest: { notRead: [{ path: "src/a.ts", reason: expect.stringContaining(reason), undetermined: true }] },
    });
  });

  test("reads a blob once, however often it is asked for", async () => {
    serve({ files: () => [file("src/a.ts")] });
    nock(API)
      .get(`/repos/acme/api/git/blobs/${"b".repeat(40)}`)
      .once()
      .reply(200, { encoding: "base64", content: "eA==" });
    const one = source();
    await one.fetchPullRequest(REF);
    expect(await one.fetchPullRequest(REF)).toMatchObject({ pullRequest: { files: [{ path: "src/a.ts", content: "x" }] } });
  });
});

describe("a pull request that needs no verdict", () => {
  test.each([true, false])("is closed, merged: %s", async (merged) => {
    serve({ pull: { state: "closed", merged } });
    expect(await source().fetchPullRequest(REF)).toEqual({ state: "closed", headSha: HEAD, isMerged: merged });
  });

  test("is gone, or the app was uninstalled", async () => {
    api().get("/repos/acme/api/pulls/3").reply(404, {});
    expect(await source().fetchPullRequest(REF)).toEqual({ state: "gone" });
  });

  test("a fault of GitHub is no answer", async () => {
    api().get("/repos/acme/api/pulls/3").reply(502, {});
    await expect(source().fetchPullRequest(REF)).rejects.toMatchObject({ status: 502 });
  });
});
