import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BadInput } from "../../src/fetch/bad-input.ts";
import type { GitRange } from "../../src/fetch/from-git.ts";
import { readGitRange } from "../../src/fetch/from-git.ts";
import { DEFAULT_POLICY } from "../../src/model/policy.ts";
import type { Repository } from "./build-repository.ts";
import { buildRepository } from "./build-repository.ts";

let repository: Repository;

beforeEach(() => {
  repository = buildRepository();
});

afterEach(() => {
  vi.unstubAllEnvs();
  repository.remove();
});

const numbered = (count: number, change: Record<number, string> = {}) =>
  Array.from({ length: count }, (_, index) => `${change[index + 1] ?? `const value${index + 1} = ${index + 1};`}\n`).join("");

function readRange(range: Partial<GitRange> = {}) {
  return readGitRange({
    directory: repository.directory,
    baseRef: "main",
    headRef: "HEAD",
    body: "",
    now: "2026-05-01T08:00:00.000Z",
    ...range,
  });
}

describe("the range", () => {
  it("starts where the head left the base, as GitHub's does", async () => {
    repository.commit("start", { "src/a.ts": numbered(3) });
    repository.git("checkout", "-q", "-b", "topic");
    repository.commit("topic", { "src/b.ts": "export {};\n" });
    repository.git("checkout", "-q", "main");
    repository.commit("elsewhere", { "src/c.ts": "export {};\n" });

    const pullRequest = await readRange({ headRef: "topic" });

    expect(pullRequest.files.map(({ path, status }) => [path, status])).toEqual([["src/b.ts", "added"]]);
    expect(pullRequest.headSha).toBe(repository.git("rev-parse", "topic"));
    expect(pullRequest).toMatchObject({ repo: "", number: null, base: "main", title: "topic", revertOf: null });
  });

  it("says how each file changed, with hunks only and the text at the head", async () => {
    repository.commit("start", { "kept.ts": numbered(20), "gone.ts": "old();\n", "moved.ts": numbered(30), "run.sh": "true\n" });
    repository.git("checkout", "-q", "-b", "topic");
    repository.git("update-index", "--chmod=+x", "run.sh");
    repository.git("mv", "moved.ts", "place.ts");
    repository.git("commit", "-q", "-m", "mode and name");
    repository.git("checkout", "-q", "--", ".");
    repository.commit("change", { "kept.ts": numbered(20, { 10: "call();" }), "gone.ts": null, "né w.ts": "fresh();\n" });

    const { files } = await readRange();

    expect(files).toEqual([
      { path: "gone.ts", status: "removed", additions: 0, deletions: 1, patch: "@@ -1 +0,0 @@\n-old();" },
      {
        path: "kept.ts",
        status: "modified",
        additions: 1,
        deletions: 1,
        patch: [
          "@@ -7,7 +7,7 @@ const value6 = 6;",
          ...[7, 8, 9].map((n) => ` const value${n} = ${n};`),
          "-const value10 = 10;",
          "+call();",
          ...[11, 12, 13].map((n) => ` const value${n} = ${n};`),
        ].join("\n"),
        content: numbered(20, { 10: "call();" }),
      },
      { path: "né w.ts", status: "added", additions: 1, deletions: 0, patch: "@@ -0,0 +1 @@\n+fresh();", content: "fresh();\n" },
      { path: "place.ts", previousPath: "moved.ts", status: "renamed", additions: 0, deletions: 0, content: numbered(30) },
      { path: "run.sh", status: "changed", additions: 0, deletions: 0, content: "true\n" },
    ]);
  });

  it("reads paths and lines that look like a patch's own headers", async () => {
    repository.commit("start", {});
    repository.git("checkout", "-q", "-b", "topic");
    const content = "diff --git a/x b/x\n@@ -1 +1 @@\n-- gone\n++ here\n";
    repository.commit("odd", { 'we"ird\nname.ts': content, "tab\there.ts": "two();\n" });

    const { files } = await readRange();

    expect(files.map(({ path }) => path)).toEqual(["tab\there.ts", 'we"ird\nname.ts']);
    expect(files[1]?.patch).toBe("@@ -0,0 +1,4 @@\n+diff --git a/x b/x\n+@@ -1 +1 @@\n+-- gone\n+++ here");
    expect(files[1]?.content).toBe(content);
  });

  it("lists a symbolic link and a file that became one without following them", async () => {
    repository.commit("start", { "code.ts": "one();\n" });
    repository.git("checkout", "-q", "-b", "topic");
    rmSync(join(repository.directory, "code.ts"));
    symlinkSync("/etc/hostname", join(repository.directory, "code.ts"));
    symlinkSync("/etc/hostname", join(repository.directory, "link.ts"));
    repository.commit("links", { "z.ts": "last();\n" });

    const { files } = await readRange();

    expect(files.map(({ path, status, content }) => [path, status, content])).toEqual([
      ["code.ts", "changed", undefined],
      ["link.ts", "added", undefined],
      ["z.ts", "added", "last();\n"],
    ]);
  });

  it("does not depend on attributes, configuration or environment", async () => {
    const marker = join(repository.directory, ".git", "ran");
    const tool = join(repository.directory, ".git", "tool.sh");
    writeFileSync(tool, `#!/bin/sh\ntouch "${marker}"\n`, { mode: 0o755 });
    repository.commit("start", { "a.ts": numbered(9) });
    repository.git("checkout", "-q", "-b", "topic");
    repository.commit("topic", {
      ".gitattributes": "*.ts -diff\nb.ts diff=evil\n",
      "a.ts": numbered(9, { 5: "five();" }),
      "b.ts": "b();\n",
    });
    const plain = await readRange();
    const settings = {
      "color.ui": "always",
      "diff.external": tool,
      "diff.evil.command": tool,
      "diff.evil.textconv": tool,
      "diff.mnemonicPrefix": "true",
      "diff.noprefix": "true",
      "diff.context": "0",
      "diff.renames": "false",
      "diff.orderFile": tool,
      "core.pager": tool,
      "log.showSignature": "true",
    };
    for (const [key, value] of Object.entries(settings)) repository.git("config", key, value);
    vi.stubEnv("GIT_EXTERNAL_DIFF", tool);
    vi.stubEnv("GIT_DIFF_OPTS", "--unified=0");
    vi.stubEnv("GIT_PAGER", tool);

    const under = await readRange();

    expect(under).toEqual(plain);
    expect(plain.files.map(({ path, additions }) => [path, additions])).toEqual([
      [".gitattributes", 2],
      ["a.ts", 1],
      ["b.ts", 1],
    ]);
    expect(repository.git("status", "--porcelain")).toBe("");
    await expect(import("node:fs").then(({ existsSync }) => existsSync(marker))).resolves.toBe(false);
  });

  it("works from a linked working tree and from a folder below the root", async () => {
    repository.commit("start", { "src/deep/a.ts": numbered(3) });
    repository.git("checkout", "-q", "-b", "topic");
    repository.commit("topic", { "src/b.ts": "b();\n" });
    const parent = mkdtempSync(join(tmpdir(), "reliability-tree-"));
    repository.git("worktree", "add", "-q", "--detach", join(parent, "tree"), "topic");

    const linked = await readRange({ directory: join(parent, "tree") });
    const below = await readRange({ directory: join(repository.directory, "src/deep") });
    rmSync(parent, { recursive: true });

    expect(linked).toEqual(below);
    expect(below.files.map(({ path }) => path)).toEqual(["src/b.ts"]);
  });
});

it("does not read attributes from a configured working tree, as a submodule has one", async () => {
  repository.commit("start", { "a.ts": numbered(9) });
  repository.git("checkout", "-q", "-b", "topic");
  repository.commit("topic", { ".gitattributes": "*.ts -diff\n", "a.ts": numbered(9, { 5: "five();" }) });
  repository.git("config", "core.worktree", repository.directory);

  const { files } = await readRange();

  expect(files.map(({ path, additions }) => [path, additions])).toEqual([
    [".gitattributes", 1],
    ["a.ts", 1],
  ]);
});

it("keeps a byte order mark, so that columns stay those of the file", async () => {
  repository.commit("start", {});
  repository.git("checkout", "-q", "-b", "topic");
  repository.commit("topic", { "a.ts": "\uFEFFcall();\n" });

  expect((await readRange()).files[0]?.content).toBe("\uFEFFcall();\n");
});

describe("bad ranges", () => {
  const cases = [
    ["an unknown ref", { baseRef: "nowhere" }, '--base "nowhere": expected a branch, tag or commit of this repository'],
    ["an option in place of a ref", { headRef: "--all" }, '--head "--all": expected a branch, tag or commit of this repository'],
    ["an output option", { headRef: "--output=stolen" }, '--head "--output=stolen": expected'],
    ["a tree", { headRef: "HEAD^{tree}" }, "--head"],
    ["a folder that is no repository", { directory: tmpdir() }, "expected a git repository"],
  ] as const;

  it.each(cases)("refuses %s in one line", async (_, range, message) => {
    repository.commit("start", { "a.ts": "a();\n" });
    vi.stubEnv("GIT_CEILING_DIRECTORIES", join(tmpdir(), ".."));

    const failure = await readRange(range).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(BadInput);
    expect(String(failure)).toContain(message);
    expect(String(failure)).not.toContain("\n");
  });

  it("refuses histories that share nothing", async () => {
    repository.commit("start", { "a.ts": "a();\n" });
    repository.git("checkout", "-q", "--orphan", "island");
    repository.commit("island", { "a.ts": "b();\n" });

    await expect(readRange({ headRef: "island" })).rejects.toThrow(/expected a common ancestor of "main" and "island"/);
  });
});

describe("what cannot be read", () => {
  it("names files over 1 MB and files in another encoding", async () => {
    repository.commit("start", { "latin.ts": "start();\n" });
    repository.git("checkout", "-q", "-b", "topic");
    repository.commit("topic", {
      "edge.ts": `//${"x".repeat(1_048_573)}\n`,
      "large.ts": `//${"x".repeat(1_048_574)}\n`,
      "latin.ts": Buffer.from("const größe = 1;\n", "latin1"),
      "notes.txt": Buffer.from("größe\n", "latin1"),
      "logo.png": Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff]),
    });

    const { files, notRead } = await readRange();

    expect(notRead).toEqual([
      { path: "large.ts", reason: "over 1 MB (1.0 MB)", undetermined: true },
      { path: "latin.ts", reason: "not UTF-8 text", undetermined: true },
      { path: "logo.png", reason: "not UTF-8 text", undetermined: false },
      { path: "notes.txt", reason: "not UTF-8 text", undetermined: false },
    ]);
    expect(files.map(({ path, content }) => [path, content?.length])).toEqual([
      ["edge.ts", 1_048_576],
      ["large.ts", undefined],
      ["latin.ts", undefined],
      ["logo.png", undefined],
      ["notes.txt", undefined],
    ]);
  });
});

describe("policy and manifests", () => {
  it("takes the policy of the base, never of the head", async () => {
    const base = repository.commit("start", { ".github/backend-reliability.yml": "mode: observe\n" });
    repository.git("checkout", "-q", "-b", "topic");
    repository.commit("topic", { ".github/backend-reliability.yml": "thresholds:\n  total-items: 5\n" });

    const { policy, policyOrigin, policyProblems } = await readRange();

    expect(policy.mode).toBe("observe");
    expect(policy.thresholds.totalItems).toBe(25);
    expect(policyOrigin).toBe(`.github/backend-reliability.yml@${base.slice(0, 7)}`);
    expect(policyProblems).toEqual([]);
  });

  it("keeps the default in force when the policy of the base is wrong, and says where", async () => {
    repository.commit("start", { ".github/backend-reliability.yml": "mode: observe\nhorizon-days: soon\n" });
    repository.git("checkout", "-q", "-b", "topic");
    repository.commit("topic", { "a.ts": "a();\n" });

    const { policy, policyProblems } = await readRange();

    expect(policy).toEqual(DEFAULT_POLICY);
    expect(policyProblems).toMatchObject([{ path: ".github/backend-reliability.yml", line: 2 }]);
  });

  it("reads the package.json files above the changed files, as they are at the head", async () => {
    repository.commit("start", { "package.json": "{}", "services/pay/package.json": "{}", "web/package.json": "{}" });
    repository.git("checkout", "-q", "-b", "topic");
    repository.commit("topic", { "services/pay/src/charge.ts": "charge();\n", "services/pay/package.json": '{"name":"pay"}' });

    const { manifests } = await readRange();

    expect(manifests).toEqual(
      expect.arrayContaining([
        { path: "package.json", text: "{}" },
        { path: "services/pay/package.json", text: '{"name":"pay"}' },
      ]),
    );
    expect(manifests).toHaveLength(2);
  });
});

describe("reverts", () => {
  it("recognises a commit taken back, though its message does not say so", async () => {
    repository.commit("start", { "a.ts": numbered(20), "b.ts": numbered(5) });
    const sha = repository.commit("feature", { "a.ts": numbered(20, { 9: "nine();" }), "b.ts": null, "c.ts": "c();\n" });
    repository.git("checkout", "-q", "-b", "topic");
    repository.git("revert", "--no-edit", sha);
    repository.git("commit", "-q", "--amend", "-m", "calm down");

    expect((await readRange()).revertOf).toBe(sha);
  });

  it("recognises it when the base has gone on elsewhere in the file since", async () => {
    repository.commit("start", { "a.ts": numbered(40) });
    const sha = repository.commit("feature", { "a.ts": numbered(40, { 30: "thirty();" }) });
    repository.commit("later", { "a.ts": numbered(40, { 2: "two();\nthree();", 30: "thirty();" }) });
    repository.git("checkout", "-q", "-b", "topic");
    repository.git("revert", "--no-edit", sha);

    expect((await readRange()).revertOf).toBe(sha);
  });

  it("recognises the named commit of a merge taken back", async () => {
    repository.commit("start", { "a.ts": numbered(10) });
    repository.git("checkout", "-q", "-b", "feature");
    repository.commit("one", { "b.ts": "b();\n" });
    repository.commit("two", { "c.ts": "c();\n" });
    repository.git("checkout", "-q", "main");
    repository.git("merge", "-q", "--no-ff", "-m", "merge feature", "feature");
    const merge = repository.git("rev-parse", "HEAD");
    repository.git("checkout", "-q", "-b", "topic");
    repository.git("revert", "--no-edit", "-m", "1", merge);

    expect((await readRange({ title: "Take it back", body: `This reverts ${merge.slice(0, 8)}.` })).revertOf).toBe(merge);
  });

  it("takes back nothing when a line was slipped in, or the commit is not on the base", async () => {
    repository.commit("start", { "a.ts": numbered(20) });
    const sha = repository.commit("feature", { "a.ts": numbered(20, { 9: "nine();" }) });
    repository.git("checkout", "-q", "-b", "slipped");
    repository.commit(`Revert ${sha}`, { "a.ts": numbered(20, { 12: "slipped();" }) });
    repository.git("checkout", "-q", "-b", "own", "main");
    const own = repository.commit("mine", { "a.ts": numbered(20, { 9: "nine();", 3: "three();" }) });
    repository.commit(`Revert ${own}`, { "a.ts": numbered(20, { 9: "nine();" }), "d.ts": "d();\n" });

    expect((await readRange({ headRef: "slipped" })).revertOf).toBeNull();
    expect((await readRange({ headRef: "own" })).revertOf).toBeNull();
  });

  it("recognises binary files put back by their objects", async () => {
    repository.commit("start", { "a.bin": Buffer.from([0, 1, 2]) });
    const sha = repository.commit("feature", { "a.bin": Buffer.from([0, 3, 4]) });
    repository.git("checkout", "-q", "-b", "topic");
    repository.git("revert", "--no-edit", sha);

    expect((await readRange()).revertOf).toBe(sha);
  });

  it("does not take a named commit that the base does not have", async () => {
    repository.commit("start", { "a.ts": numbered(20) });
    repository.git("checkout", "-q", "-b", "feature");
    const elsewhere = repository.commit("feature", { "a.ts": numbered(20, { 9: "nine();" }) });
    repository.git("checkout", "-q", "main");
    repository.commit("squashed with more", { "a.ts": numbered(20, { 9: "nine();" }), "b.ts": "b();\n" });
    repository.git("checkout", "-q", "-b", "topic");
    repository.commit("back", { "a.ts": numbered(20) });

    expect((await readRange({ body: `Reverts ${elsewhere}` })).revertOf).toBeNull();
  });
});
