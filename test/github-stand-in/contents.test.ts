import { afterAll, beforeAll, expect, it } from "vitest";
import { IN_REPO, REPO, startAcme, statusOf } from "./start-acme.ts";
import type { Acme } from "./start-acme.ts";

let acme: Acme;
let before: string;
let after: string;

beforeAll(async () => {
  acme = await startAcme();
  const wendy = acme.github.as("wendy");
  const files = { "a/b c.ts": "old\n", "bytes.bin": Buffer.from([0xff, 0, 0xfe]), link: { content: "a/b c.ts", mode: "120000" } };
  before = await wendy.push(REPO, { branch: "main", changes: files, message: "Before" });
  after = await wendy.push(REPO, {
    branch: "next",
    changes: { "a/b c.ts": "new\n", "big.txt": "x".repeat(1024 * 1024 + 1) },
    message: "After",
  });
});

afterAll(() => acme.close());

const file = (path: string, ref?: string) => acme.app.repos.getContent({ ...IN_REPO, path, ...(ref === undefined ? {} : { ref }) });
const raw = async (path: string, ref: string) =>
  (await acme.app.repos.getContent({ ...IN_REPO, path, ref, mediaType: { format: "raw" } })).data as unknown; // raw text, which Octokit's type does not know

it.each([
  ["the default branch", undefined, "old\n"],
  ["a branch", "next", "new\n"],
  ["a full reference", "refs/heads/next", "new\n"],
  ["HEAD", "HEAD", "old\n"],
])("reads a file at %s", async (_case, ref, text) => {
  const { data } = await file("a/b c.ts", ref);
  expect(data).toMatchObject({ type: "file", path: "a/b c.ts", name: "b c.ts", encoding: "base64", size: 4 });
  expect("content" in data ? Buffer.from(data.content, "base64").toString() : null).toBe(text);
});

it("reads a file at a commit, whole or as raw bytes", async () => {
  expect(await raw("a/b c.ts", before)).toBe("old\n");
  expect(await raw("a/b c.ts", after)).toBe("new\n");
  const headers = { accept: "application/vnd.github.raw+json" };
  const answer = await fetch(`${acme.github.url}/repos/${REPO}/contents/bytes.bin?ref=${before}`, { headers });
  expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([0xff, 0, 0xfe]);
});

it.each([
  ["a path that is not there", "nope.ts", "main"],
  ["a path that only another commit has", "big.txt", "main"],
  ["a reference that is not there", "a/b c.ts", "nowhere"],
  ["a commit that is not there", "a/b c.ts", "f".repeat(40)],
])("answers 404 for %s", async (_case, path, ref) => {
  expect(await statusOf(file(path, ref))).toBe(404);
});

it("leaves the content of files over a megabyte out, but for raw", async () => {
  expect((await file("big.txt", after)).data).toMatchObject({ encoding: "none", content: "", size: 1024 * 1024 + 1 });
  expect(await raw("big.txt", after)).toHaveLength(1024 * 1024 + 1);
});

it("lists a folder, with each entry's kind", async () => {
  const { data } = await file("", "main");
  expect(Array.isArray(data) ? data.map(({ path, type }) => [path, type]) : data).toEqual([
    ["a", "dir"],
    ["bytes.bin", "file"],
    ["link", "symlink"],
    ["src", "dir"],
  ]);
});

it("reads trees and blobs by SHA", async () => {
  const { data: tree } = await acme.app.git.getTree({ ...IN_REPO, tree_sha: after, recursive: "1" });
  const entry = tree.tree.find(({ path }) => path === "a/b c.ts");
  expect(entry).toMatchObject({ type: "blob", mode: "100644", size: 4 });
  const { data: blob } = await acme.app.git.getBlob({ ...IN_REPO, file_sha: entry?.sha ?? "" });
  expect(Buffer.from(blob.content, "base64").toString()).toBe("new\n");
  expect(await statusOf(acme.app.git.getBlob({ ...IN_REPO, file_sha: "0".repeat(40) }))).toBe(404);
  expect(await statusOf(acme.app.git.getBlob({ ...IN_REPO, file_sha: "--help" }))).toBe(404);
});

it("needs the permission to read contents", async () => {
  const blind = acme.github.createApp("Blind", { issues: "write" });
  acme.github.installApp("acme", null, blind);
  const headers = { authorization: `token ${acme.github.actAsApp(blind, "acme")}` };
  expect((await fetch(`${acme.github.url}/repos/${REPO}/contents/src`, { headers })).status).toBe(403);
});
