import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createBlobCache } from "../../../src/fetch/github/blob-cache.ts";
import { createPullRequestSource } from "../../../src/fetch/github/fetch-pull-request.ts";
import type { FileChanges } from "../../support/github/git/fast-import.ts";
import type { LocalGitHub } from "../../support/github/local-github.ts";
import { startGitHub } from "../../support/github/start-github.ts";

const REPO = "acme/api";
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

let github: LocalGitHub;
let installationId: number;
let requestsBefore = 0;

beforeAll(async () => {
  github = await startGitHub();
  github.createOrganization("acme", { ana: "admin" });
  await github.createRepository({
    repo: REPO,
    files: { "README.md": "# API\n", "package.json": "{}\n", "apps/one/package.json": '{"name":"one"}\n' },
  });
  installationId = github.installApp("acme").id;
});
afterEach(() => {
  github.forgetFaults();
  requestsBefore = github.requests().length;
});
afterAll(() => github.close());

function source({ restOnly = false, blobs = createBlobCache(1e6) } = {}) {
  const client = new Octokit({
    baseUrl: github.url,
    authStrategy: createAppAuth,
    auth: { appId: github.app.id, privateKey: github.app.privateKey, installationId },
    log: SILENT,
  });
  const now = () => new Date("2027-01-15T12:00:00Z");
  return createPullRequestSource(async () => client, { blobs, now, appId: github.app.id, restOnly });
}

let branches = 0;
async function open(changes: FileChanges, body = "Body.\r\nWith a second line.") {
  branches += 1;
  const ana = github.as("ana");
  await ana.push(REPO, { branch: `b${branches}`, changes, message: "Change" });
  const number = await ana.openPullRequest({ repo: REPO, head: `b${branches}`, title: "Change", body });
  requestsBefore = github.requests().length;
  return { installationId, repo: REPO, number };
}

/** "METHOD path" without queries, token requests left out. */
const asked = () =>
  github
    .requests()
    .slice(requestsBefore)
    .map(({ method, path }) => `${method} ${path.split("?")[0]}`)
    .filter((line) => !line.includes("access_tokens"));

async function snapshotOf(ref: Awaited<ReturnType<typeof open>>, options = {}) {
  const fetched = await source(options).fetchPullRequest(ref);
  if (fetched.state !== "open") throw new Error(`it is ${fetched.state}`);
  return fetched;
}

const FILES: FileChanges = {
  "src/plain.ts": "export const a = 1;\r\n",
  "src/mark.ts": "\uFEFFexport const b = 2;\n",
  "src/latin.ts": Buffer.from([0x63, 0xe9, 0x0a]),
  "src/binary.ts": Buffer.from([0x61, 0x00, 0x62]),
  "src/long.ts": `${"// x\n".repeat(120_000)}`,
  "src/huge.ts": `${"// x\n".repeat(300_000)}`,
  "src/empty.ts": "",
  'src/quote"\\back.ts': "export const c = 3;\n",
  "src/emoji.ts": "export const d = '\u{1F600}';\n",
  "apps/one/main.ts": "export const e = 5;\n",
  "apps/two/package.json": '{"name":"two"}\n',
  "docs/a.md": "text\n",
};

describe("a pull request by one question", () => {
  test("is the same snapshot as by REST, whatever its files hold", async () => {
    const ref = await open(FILES);
    const { pullRequest } = await snapshotOf(ref);
    expect(pullRequest).toEqual((await snapshotOf(ref, { restOnly: true })).pullRequest);
    expect(pullRequest.files.filter((file) => file.content !== undefined).map((file) => file.path)).toContain("src/long.ts");
    expect(pullRequest.notRead.map((each) => each.path).toSorted()).toEqual(["src/huge.ts", "src/latin.ts"]);
    expect(pullRequest.manifests.map((each) => each.path).toSorted()).toEqual([
      "apps/one/package.json",
      "apps/two/package.json",
      "package.json",
    ]);
  });

  test("costs three requests for a hundred files, and two once they are known", async () => {
    const ref = await open(
      Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`src/f${index}.ts`, `export const v = ${index};\n`])),
    );
    const blobs = createBlobCache(1e6);
    await snapshotOf(ref, { blobs });
    expect(asked()).toEqual(["POST /graphql", `GET /repos/acme/api/pulls/${ref.number}/files`, "POST /graphql"]);
    requestsBefore = github.requests().length;
    await snapshotOf(ref, { blobs });
    expect(asked()).toEqual(["POST /graphql", `GET /repos/acme/api/pulls/${ref.number}/files`]);
  });

  test("tells what of ours stands on the head, and who wrote it", async () => {
    const ref = await open({ "src/a.ts": "export {};\n" });
    const token = github.actAsApp(github.app, "acme");
    const app = new Octokit({ baseUrl: github.url, auth: token, log: SILENT });
    const place = { owner: "acme", repo: "api" };
    const annotations = [{ path: "src/a.ts", start_line: 1, end_line: 1, annotation_level: "notice", message: "m" } as const];
    const { data: run } = await app.checks.create({
      ...place,
      name: "Backend reliability",
      head_sha: github.headSha(REPO, ref.number),
      external_id: "ours",
      status: "completed",
      conclusion: "success",
      completed_at: "2026-11-20T10:00:00Z",
      output: { title: "t", summary: "s", annotations },
    });
    const { data: own } = await app.issues.createComment({ ...place, issue_number: ref.number, body: "from us" });
    github.as("ana").comment(REPO, ref.number, "from ana");
    const fetched = await snapshotOf(ref);
    expect(fetched.published).toEqual({
      runs: [{ id: run.id, name: "Backend reliability", externalId: "ours", annotations: 1, completedAt: "2026-11-20T10:00:00Z" }],
      ownComments: [{ id: own.id, body: "from us" }],
    });
    expect(fetched.pullRequest.comments).toMatchObject([{ author: "ana", body: "from ana" }]);
    expect(fetched.authorship).toMatchObject({
      pullRequestAuthor: { login: "ana", type: "User" },
      commits: [
        {
          sha: github.headSha(REPO, ref.number),
          parents: [expect.any(String)],
          authors: expect.arrayContaining([expect.objectContaining({ login: "ana" })]),
        },
      ],
    });
  });
});

describe("where GraphQL does not serve", () => {
  test.each([
    ["refuses", 403, 1],
    ["is not there", 404, 1],
    ["is ill", 502, 2],
  ])("it %s: REST is asked, and GraphQL again only after an illness", async (_what, status, questions) => {
    const ref = await open({ "src/a.ts": "export const a = 1;\n" });
    const one = source();
    github.failNext({ match: "POST /graphql", status, times: 10 });
    const fetched = await one.fetchPullRequest(ref);
    expect(fetched).toMatchObject({ state: "open", pullRequest: { files: [{ path: "src/a.ts", content: "export const a = 1;\n" }] } });
    expect(asked().filter((line) => line.includes("graphql"))).toHaveLength(questions);
  });

  test("a question that is too much is asked in halves", async () => {
    const ref = await open(
      Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`src/h${index}.ts`, `export const h = ${index};\n`])),
    );
    const client = source();
    // The first question is the snapshot's.
    let questions = 0;
    github.failNext({ match: ({ path }) => path.startsWith("/graphql") && (questions += 1) === 2, status: 502 });
    const fetched = await client.fetchPullRequest(ref);
    expect(fetched.state === "open" && fetched.pullRequest.files.filter((file) => file.content !== undefined)).toHaveLength(40);
    expect(asked().filter((line) => line.includes("graphql"))).toHaveLength(4);
    expect(asked().filter((line) => line.includes("/git/blobs/"))).toEqual([]);
  });

  test("a pull request that GraphQL does not know is looked up before it counts as gone", async () => {
    expect(await source().fetchPullRequest({ installationId, repo: REPO, number: 999 })).toEqual({ state: "gone" });
    expect(asked()).toEqual(["POST /graphql", "GET /repos/acme/api/pulls/999"]);
  });
});
