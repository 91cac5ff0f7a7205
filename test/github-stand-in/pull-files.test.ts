import { afterAll, beforeAll, expect, it } from "vitest";
import { IN_REPO, openPull, REPO, startAcme } from "./start-acme.ts";
import type { Acme } from "./start-acme.ts";

let acme: Acme;

beforeAll(async () => {
  acme = await startAcme({ limits: { patchLines: 100, patchBytes: 4000 } });
  const files = {
    "keep.ts": "1\n2\n3\n4\n5\n6\n7\n8\n",
    "gone.ts": "gone\n",
    "moved.ts": "a\nb\nc\nd\n",
    "logo.png": Buffer.from([0, 1, 2]),
  };
  await acme.github.as("wendy").push(REPO, { branch: "main", changes: files, message: "Files" });
});

afterAll(() => acme.close());

async function filesOf(number: number) {
  return (await acme.app.pulls.listFiles({ ...IN_REPO, pull_number: number })).data;
}

it("shows each file as GitHub does: hunks alone, renames with their old name", async () => {
  const { number, sha } = await openPull(acme, {
    "keep.ts": "1\n2\n3\nfour\n5\n6\n7\n8",
    "gone.ts": null,
    "renamed.ts": { renamedFrom: "moved.ts" },
    "new.ts": "new\n",
  });
  const files = await filesOf(number);
  expect(files.map(({ filename, status, additions, deletions, patch }) => [filename, status, additions, deletions, patch])).toEqual([
    ["gone.ts", "removed", 0, 1, "@@ -1 +0,0 @@\n-gone"],
    ["keep.ts", "modified", 2, 2, "@@ -1,8 +1,8 @@\n 1\n 2\n 3\n-4\n+four\n 5\n 6\n 7\n-8\n+8\n\\ No newline at end of file"],
    ["new.ts", "added", 1, 0, "@@ -0,0 +1 @@\n+new"],
    ["renamed.ts", "renamed", 0, 0, undefined],
  ]);
  expect(files[3]?.previous_filename).toBe("moved.ts");
  const { data: blob } = await acme.app.git.getBlob({ ...IN_REPO, file_sha: files[2]?.sha ?? "" });
  expect(Buffer.from(blob.content, "base64").toString()).toBe("new\n");
  expect(files[2]?.contents_url).toContain(`ref=${sha}`);
});

it.each([
  ["binary", { "logo.png": Buffer.from([0, 9, 9]) }, false],
  ["of a hundred lines", { "long.ts": "x\n".repeat(100) }, true],
  ["of more lines than are shown", { "long.ts": "x\n".repeat(101) }, false],
  ["of more bytes than are shown", { "wide.ts": `${"x".repeat(4000)}\n` }, false],
])("a file %s has a patch: %s", async (_case, changes, shown) => {
  const { number } = await openPull(acme, changes);
  const [file] = await filesOf(number);
  expect(file?.patch !== undefined).toBe(shown);
});

it("is not misled by lines that look like git's own", async () => {
  const text = "diff --git a/x b/x\n@@ -1 +1 @@\n\rdiff --git a/y b/y\n\u2028@@ -9 +9 @@\n";
  const { number } = await openPull(acme, { "a/odd.txt": text, 'b "quoted" ünd.txt': "plain\n" });
  const files = await filesOf(number);
  expect(files.map((file) => [file.filename, file.additions])).toEqual([
    ["a/odd.txt", 4],
    ['b "quoted" ünd.txt', 1],
  ]);
  expect(files[0]?.patch).toBe(
    `@@ -0,0 +1,4 @@\n${text
      .trimEnd()
      .split("\n")
      .map((line) => `+${line}`)
      .join("\n")}`,
  );
});

it("pages through many files with Link headers", async () => {
  const changes = Object.fromEntries(Array.from({ length: 35 }, (_, index) => [`many/${String(index).padStart(2, "0")}.ts`, "x\n"]));
  const { number } = await openPull(acme, changes);
  const first = await acme.app.pulls.listFiles({ ...IN_REPO, pull_number: number });
  expect(first.data).toHaveLength(30);
  expect(first.headers.link).toMatch(/page=2>; rel="next", <[^>]+page=2>; rel="last"/);
  const all = await acme.app.paginate(acme.app.pulls.listFiles, { ...IN_REPO, pull_number: number, per_page: 10 });
  expect(all.map((file) => file.filename)).toEqual(Object.keys(changes));
});

it("compares with the point where the branch left its base, however the base moves on", async () => {
  const { number, branch } = await openPull(acme);
  await acme.github.as("wendy").push(REPO, { branch: "main", changes: { "later.ts": "later\n" }, message: "Later" });
  expect((await filesOf(number)).map((file) => file.filename)).toEqual([`src/${branch}.ts`]);
  const { data } = await acme.app.repos.compareCommitsWithBasehead({ ...IN_REPO, basehead: `main...${branch}` });
  expect(data).toMatchObject({ status: "diverged", ahead_by: 1, behind_by: 1, files: [{ filename: `src/${branch}.ts` }] });
});

it("lists the commits, oldest first, with their authors' accounts", async () => {
  const { number, branch } = await openPull(acme);
  const tess = acme.github.as("tess").account;
  await acme.github.as("wendy").push(REPO, { branch, changes: { "b.ts": "b\n" }, message: "Second\n\nWhy", author: tess });
  const { data } = await acme.app.pulls.listCommits({ ...IN_REPO, pull_number: number });
  expect(data.map(({ commit, author, committer }) => [commit.message, author?.login, committer?.login])).toEqual([
    [expect.stringMatching(/^Change/), "wendy", "wendy"],
    ["Second\n\nWhy", "tess", "wendy"],
  ]);
});

it("follows a fork: its head lives elsewhere, its checks here, without naming the pull request", async () => {
  const { github, app } = acme;
  const ines = github.createUser("ines");
  const fork = ines.fork(REPO);
  const sha = await ines.push(fork, { branch: "fix", changes: { "fix.ts": "fix\n" }, message: "Fix" });
  const number = await ines.openPullRequest({ repo: REPO, headRepo: fork, head: "fix", title: "Fix" });
  const { data } = await app.pulls.get({ ...IN_REPO, pull_number: number });
  expect(data).toMatchObject({ head: { sha, label: "ines:fix", repo: { full_name: "ines/orders", fork: true } }, changed_files: 1 });
  const { data: run } = await app.checks.create({ ...IN_REPO, name: "c", head_sha: sha });
  expect(run.pull_requests).toEqual([]);
  const after = await ines.push(fork, { branch: "fix", changes: { "more.ts": "more\n" }, message: "More" });
  expect(github.headSha(REPO, number)).toBe(after);
  expect((await acme.events()).at(-1)).toBe("pull_request.synchronize");
});

it("finds the pull requests of a commit, also those that share a head", async () => {
  const { github, app } = acme;
  const { number, sha, branch } = await openPull(acme);
  await github.as("wendy").createBranch(REPO, "throwaway", "main");
  const second = await github.as("wendy").openPullRequest({ repo: REPO, head: branch, base: "throwaway", title: "Twin" });
  const { data } = await app.repos.listPullRequestsAssociatedWithCommit({ ...IN_REPO, commit_sha: sha });
  expect(data.map((pull) => pull.number)).toEqual([number, second]);
});

it.each([
  ["a branch that is not there", "nowhere", "main", 422],
  ["a base that is not there", null, "nowhere", 422],
  ["no commits of its own", "main", "main", 422],
])("refuses to open one with %s", async (_case, head, base, status) => {
  const { branch } = await openPull(acme);
  const asked = { repo: REPO, head: head ?? branch, base, title: "t" };
  await expect(acme.github.as("wendy").openPullRequest(asked)).rejects.toMatchObject({ status });
});

it("refuses a second one for the same branches while the first is open", async () => {
  const { branch, number } = await openPull(acme);
  const again = () => acme.github.as("wendy").openPullRequest({ repo: REPO, head: branch, title: "t" });
  await expect(again()).rejects.toMatchObject({ status: 422 });
  await acme.github.as("wendy").closePullRequest(REPO, number);
  expect(await again()).toBe(number + 1);
});
