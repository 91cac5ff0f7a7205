import { authorizeRead } from "../access.ts";
import { readCommit } from "../git/history.ts";
import type { TreeEntry } from "../git/object-store.ts";
import { notFound, Refusal } from "../refusal.ts";
import { resolveRef } from "../refs.ts";
import { commitView } from "../views/commit.ts";
import { fullName, repositoryUrl } from "../views/repository.ts";
import { nodeId } from "../views/schema.ts";
import type { Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { parameter, repositoryOf } from "./api.ts";
import type { Api, ApiContext } from "./api.ts";

// Above these sizes GitHub answers without content, or only with the raw media type (docs, "Get repository content").
const MOST_ENCODED_BYTES = 1024 * 1024;
const MOST_RAW_BYTES = 100 * 1024 * 1024;

/** Files and folders by path, and git's own objects by SHA. */
export function routeContents(api: Api, world: World): void {
  const root = "/repos/:owner/:repo";
  for (const path of [`${root}/contents`, `${root}/contents/`, `${root}/contents/:path{.+}`]) {
    api.get(path, (c) => contents(world, c, (c.req.param("path") ?? "").replace(/\/$/, "")));
  }
  api.get(`${root}/git/trees/:sha{.+}`, async (c) => {
    const repository = readable(world, c);
    const recursive = c.req.query("recursive") !== undefined;
    const name = parameter(c, "sha");
    const entries = await repository.objects.tree(repository.branches.get(name) ?? name, recursive);
    if (entries === null) throw notFound();
    const sha = await repository.objects.text(["rev-parse", `${repository.branches.get(name) ?? name}^{tree}`]);
    const url = `${repositoryUrl(world, repository)}/git/trees/${sha}`;
    return c.json({ sha, url, truncated: false, tree: entries.map((entry) => treeEntryView(world, repository, entry)) });
  });
  api.get(`${root}/git/blobs/:sha`, async (c) => {
    const repository = readable(world, c);
    const sha = parameter(c, "sha");
    const bytes = /^[0-9a-f]{40}$/.test(sha) ? await repository.objects.blob(sha) : null;
    if (bytes === null) throw notFound();
    if (wantsRaw(c)) return raw(c, bytes);
    const url = `${repositoryUrl(world, repository)}/git/blobs/${sha}`;
    return c.json({ sha, node_id: nodeId("B", repository.id) + sha, size: bytes.length, url, content: lines(bytes), encoding: "base64" });
  });
  api.get(`${root}/git/commits/:sha`, async (c) => {
    const repository = readable(world, c);
    const sha = await repository.objects.resolveCommit(parameter(c, "sha"));
    if (sha === null) throw notFound();
    const { commit, ...rest } = commitView(world, repository, await readCommit(repository.objects, sha));
    return c.json({ ...commit, sha, node_id: rest.node_id, html_url: rest.html_url, parents: rest.parents });
  });
  for (const path of [`${root}/git/ref/:ref{.+}`, `${root}/git/refs/:ref{.+}`]) {
    api.get(path, (c) => {
      const repository = readable(world, c);
      const ref = parameter(c, "ref");
      const sha = ref.startsWith("tags/") ? repository.tags.get(ref.slice(5)) : repository.branches.get(ref.replace(/^heads\//, ""));
      if (sha === undefined) throw notFound();
      const url = repositoryUrl(world, repository);
      const object = { type: "commit", sha, url: `${url}/git/commits/${sha}` };
      return c.json({ ref: `refs/${ref}`, node_id: nodeId("REF", repository.id) + ref, url: `${url}/git/refs/${ref}`, object });
    });
  }
}

function readable(world: World, c: ApiContext): Repository {
  const repository = repositoryOf(world, c);
  authorizeRead(c.get("actor"), repository, "contents");
  return repository;
}

async function contents(world: World, c: ApiContext, path: string): Promise<Response> {
  const repository = readable(world, c);
  const ref = c.req.query("ref") ?? repository.defaultBranch;
  const commit = await resolveRef(repository, ref);
  const entry = await repository.objects.entryAt(commit, path);
  if (entry === null) throw notFound();
  const view = (one: TreeEntry, at: string) => entryView(world, repository, one, at, ref);
  if (entry.type === "tree") {
    const children = (await repository.objects.tree(entry.sha)) ?? [];
    return c.json(children.map((child) => view(child, path === "" ? child.path : `${path}/${child.path}`)));
  }
  const bytes = (await repository.objects.blob(entry.sha)) ?? Buffer.alloc(0);
  if (bytes.length > MOST_RAW_BYTES) throw new Refusal(403, "This API returns blobs up to 100 MB in size.");
  if (wantsRaw(c)) return raw(c, bytes);
  const encoded = bytes.length > MOST_ENCODED_BYTES ? { encoding: "none", content: "" } : { encoding: "base64", content: lines(bytes) };
  return c.json({ ...view(entry, path), ...encoded });
}

const wantsRaw = (c: ApiContext): boolean => /application\/vnd\.github\.(?:v3\.)?raw(?:\+json)?\b/.test(c.req.header("accept") ?? "");

function raw(c: ApiContext, bytes: Buffer): Response {
  c.header("content-type", "application/vnd.github.raw+json; charset=utf-8");
  return c.body(new Uint8Array(bytes));
}

/** Base64 in lines of 60, as GitHub wraps it. */
const lines = (bytes: Buffer): string => bytes.toString("base64").replaceAll(/.{1,60}/g, "$&\n");

function entryView(world: World, repository: Repository, entry: TreeEntry, path: string, ref: string) {
  const url = repositoryUrl(world, repository);
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const self = `${url}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const kind = entry.type === "tree" ? "tree" : "blob";
  const git = `${url}/git/${kind}s/${entry.sha}`;
  const html = `${world.url}/${fullName(repository)}/${kind}/${ref}/${encoded}`;
  return {
    name: path.slice(path.lastIndexOf("/") + 1),
    path,
    sha: entry.sha,
    size: entry.size ?? 0,
    url: self,
    html_url: html,
    git_url: git,
    download_url: kind === "tree" ? null : `${world.url}/${fullName(repository)}/raw/${ref}/${encoded}`,
    type: entry.type === "tree" ? "dir" : entry.type === "commit" ? "submodule" : entry.mode === "120000" ? "symlink" : "file",
    _links: { self, git, html },
  };
}

function treeEntryView(world: World, repository: Repository, entry: TreeEntry) {
  const kind = entry.type === "commit" ? "commits" : `${entry.type}s`;
  return {
    path: entry.path,
    mode: entry.mode,
    type: entry.type,
    sha: entry.sha,
    ...(entry.size === null ? {} : { size: entry.size }),
    url: `${repositoryUrl(world, repository)}/git/${kind}/${entry.sha}`,
  };
}
