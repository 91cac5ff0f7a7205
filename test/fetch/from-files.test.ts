import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { BadInput } from "../../src/fetch/bad-input.ts";
import { readCodebases } from "../../src/fetch/from-files.ts";
import { DEFAULT_POLICY } from "../../src/model/policy.ts";
import type { PullRequest } from "../../src/model/pull-request.ts";
import { buildFolder } from "./build-folder.ts";

const folders: string[] = [];

function build(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = buildFolder(files);
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function read(...paths: string[]): Promise<readonly PullRequest[]> {
  const options = { now: "2026-05-01T08:00:00.000Z", policy: { policy: DEFAULT_POLICY, origin: "default", problems: [] } };
  const snapshots: PullRequest[] = [];
  for await (const snapshot of readCodebases(paths, options)) snapshots.push(snapshot);
  return snapshots;
}

async function pathsOf(...paths: string[]): Promise<readonly string[]> {
  return (await read(...paths)).flatMap(({ files }) => files.map(({ path }) => path));
}

describe("which files", () => {
  it("takes every file of an inspected language, hidden and test folders too, and names other languages", async () => {
    const folder = build({
      "a.ts": "",
      "b/c.MJS": "",
      "b/d.tsx": "",
      ".hidden/e.cjs": "",
      "test/f.test.js": "",
      "build/g.ts": "",
      "vendor/h.mts": "",
      "README.md": "",
      "x.json": "{}",
      "main.go": "",
      "lib/y.py": "",
    });
    const snapshots = await read(folder);
    expect(snapshots.map(({ files }) => files.map(({ pathInCodebase }) => pathInCodebase))).toEqual([
      ["a.ts", ".hidden/e.cjs", "b/c.MJS", "b/d.tsx", "build/g.ts", "test/f.test.js", "vendor/h.mts"],
      ["main.go", "lib/y.py"],
    ]);
    expect(snapshots[1]?.files.every(({ content }) => content === undefined)).toBe(true);
  });

  it("passes over installed packages in silence and over built files by name", async () => {
    const folder = build({
      "src/a.ts": "",
      "node_modules/p/index.js": "",
      "deep/node_modules/p/index.js": "",
      ".git/hook.js": "",
      "deep/dist/a.js": "",
      "distant/b.ts": "",
    });
    const snapshots = await read(folder);
    expect(snapshots.flatMap(({ files }) => files.map(({ pathInCodebase }) => pathInCodebase))).toEqual(["distant/b.ts", "src/a.ts"]);
    expect(snapshots.flatMap(({ notRead }) => notRead)).toEqual([
      { path: `${folder}/deep/dist`, reason: "built files are not inspected", undetermined: false },
    ]);
  });

  it("does not mind what the path itself is called, nor ignore files above or below", async () => {
    const folder = build({ "node_modules/dist/app/src/a.ts": "", ".gitignore": "*", "node_modules/dist/app/.gitignore": "*" });
    const inner = `${folder}/node_modules/dist/app`;
    expect(await pathsOf(inner)).toEqual([`${inner}/src/a.ts`]);
    expect(await pathsOf(folder)).toEqual([]);
  });

  it("follows no symbolic link below the path, but the path itself", async () => {
    const target = build({ "a.ts": "", "sub/b.ts": "" });
    const folder = build({ "own.ts": "" });
    symlinkSync(target, join(folder, "linked"));
    symlinkSync(join(target, "a.ts"), join(folder, "linked.ts"));
    symlinkSync(folder, join(folder, "loop"));
    expect(await pathsOf(folder)).toEqual([`${folder}/own.ts`]);
    expect(await pathsOf(`${folder}/linked`)).toEqual([`${folder}/linked/a.ts`, `${folder}/linked/sub/b.ts`]);
  });

  it("reads a file that two paths reach once, under the first", async () => {
    const folder = build({ "src/a.ts": "", "src/b.ts": "" });
    expect(await pathsOf(`${folder}/src/b.ts`, folder, `${folder}/src`)).toEqual([`${folder}/src/b.ts`, `${folder}/src/a.ts`]);
  });
});

describe("paths", () => {
  it("are the path as given plus the rest", async () => {
    const folder = build({ "src/a.ts": "", "src/sub/b.ts": "" });
    const before = process.cwd();
    // Relative paths are what people type; vitest runs each test file in a process of its own.
    process.chdir(folder);
    try {
      expect(await pathsOf("src")).toEqual(["src/a.ts", "src/sub/b.ts"]);
      expect(await pathsOf("./src//")).toEqual(["./src/a.ts", "./src/sub/b.ts"]);
      expect(await pathsOf(".")).toEqual(["./src/a.ts", "./src/sub/b.ts"]);
      expect(await pathsOf("src/sub/b.ts")).toEqual(["src/sub/b.ts"]);
    } finally {
      process.chdir(before);
    }
  });

  it.each(["nowhere", ""])("refuses %j before anything is read", async (path) => {
    const folder = build({ "a.ts": "" });
    await expect(read(folder, path)).rejects.toThrow(BadInput);
  });

  it("names a file of another language", async () => {
    const folder = build({ "main.go": "" });
    expect((await read(`${folder}/main.go`)).map(({ files, notRead }) => [files, notRead])).toEqual([
      [[], [{ path: `${folder}/main.go`, reason: "its language is not inspected", undetermined: false }]],
    ]);
  });
});

describe("what cannot be read", () => {
  it("is named, backend code as undetermined", async () => {
    const folder = build({
      "fits.ts": "x".repeat(1_048_576),
      "large.ts": "x".repeat(1_048_577),
      "latin.ts": Buffer.from("größe", "latin1"),
      "public/app.min.js": "x".repeat(2_000_000),
    });
    const [snapshot] = await read(folder);
    expect(snapshot?.files.map(({ pathInCodebase }) => pathInCodebase)).toEqual(["fits.ts"]);
    expect(snapshot?.notRead).toEqual([
      { path: `${folder}/large.ts`, reason: "over 1 MB (1.0 MB)", undetermined: true },
      { path: `${folder}/latin.ts`, reason: "not UTF-8 text", undetermined: true },
      { path: `${folder}/public/app.min.js`, reason: "over 1 MB (1.9 MB)", undetermined: false },
    ]);
  });
});

describe("codebases", () => {
  it("are bounded by the nearest package.json, each with its manifests", async () => {
    const folder = build({
      "package.json": '{"name":"root"}',
      "tool.ts": "",
      "apps/api/package.json": '{"name":"api"}',
      "apps/api/src/a.ts": "",
      "apps/shared.ts": "",
    });
    const snapshots = await read(folder);
    expect(snapshots.map(({ files }) => files.map(({ pathInCodebase }) => pathInCodebase))).toEqual([
      ["tool.ts", "apps/shared.ts"],
      ["apps/api/src/a.ts"],
    ]);
    expect(snapshots.map(({ manifests }) => manifests.map(({ text }) => text))).toEqual([
      ['{"name":"root"}'],
      ['{"name":"root"}', '{"name":"api"}'],
    ]);
  });

  it("take the first package.json above the path when there is none of their own", async () => {
    const folder = build({ "package.json": '{"name":"root"}', "src/deep/a.ts": "" });
    mkdirSync(join(folder, "empty"));
    expect((await read(`${folder}/src`)).map(({ manifests }) => manifests)).toEqual([
      [{ path: expect.stringMatching(/package\.json$/), text: '{"name":"root"}' }],
    ]);
    expect(await read(`${folder}/empty`)).toEqual([]);
  });

  it("count every line as changed: files are new and have no patch", async () => {
    const folder = build({ "a.ts": "call();\n" });
    expect(await read(folder)).toMatchObject([
      { files: [{ path: `${folder}/a.ts`, pathInCodebase: "a.ts", status: "added", content: "call();\n" }], body: "", repo: "" },
    ]);
  });
});
