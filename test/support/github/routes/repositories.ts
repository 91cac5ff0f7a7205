import { accountOf, authorize, authorizeRead, hasRole, roleOf } from "../access.ts";
import { diffCommits } from "../git/diff.ts";
import { commitsBetween, commitsFrom, readCommit } from "../git/history.ts";
import { notFound } from "../refusal.ts";
import { resolveRef } from "../refs.ts";
import { accountView } from "../views/account.ts";
import { commitView, diffEntryView } from "../views/commit.ts";
import { fullRepositoryView, repositoryUrl } from "../views/repository.ts";
import { nodeId } from "../views/schema.ts";
import type { Schema } from "../views/schema.ts";
import type { Account, Role } from "../model/account.ts";
import type { Activity, Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { parameter, repositoryOf } from "./api.ts";
import type { Api, ApiContext } from "./api.ts";
import { page } from "./pages.ts";

const MOST_COMPARED_FILES = 300;

/** A repository, its people, its branches and its commits. */
export function routeRepositories(api: Api, world: World): void {
  const root = "/repos/:owner/:repo";
  api.get(root, (c) => c.json(fullRepositoryView(world, repositoryOf(world, c), accountOf(c.get("actor")))));
  api.get(`${root}/collaborators/:login/permission`, (c) => {
    const repository = repositoryOf(world, c);
    authorize(world, c.get("actor"), repository, { permission: "metadata", level: "read", role: "write" });
    const account = world.accounts.get(parameter(c, "login").toLowerCase());
    if (account === undefined || account.type === "Organization") throw notFound();
    const role = roleOf(world, repository, account);
    const user = { ...accountView(world, account), permissions: legacyPermissions(role), role_name: role ?? "none" };
    return c.json({ permission: legacyPermission(role), role_name: role ?? "none", user });
  });
  api.get(`${root}/collaborators`, (c) => {
    const repository = repositoryOf(world, c);
    authorize(world, c.get("actor"), repository, { permission: "metadata", level: "read", role: "write" });
    const people = [...world.accounts.values()].filter(
      (account) => account.type !== "Organization" && isCollaborator(world, repository, account),
    );
    return c.json(
      page(c, people).map((account) => {
        const role = roleOf(world, repository, account);
        return { ...accountView(world, account), permissions: legacyPermissions(role), role_name: role ?? "read" };
      }),
    );
  });
  api.get(`${root}/activity`, (c) => {
    const repository = readable(world, c);
    const ref = c.req.query("ref");
    const moves = repository.activity.filter((move) => ref === undefined || move.ref === ref).toReversed();
    return c.json(page(c, moves).map((move) => activityView(world, move)));
  });
  api.get(`${root}/collaborators/:login`, (c) => {
    const repository = repositoryOf(world, c);
    const account = world.accounts.get(parameter(c, "login").toLowerCase());
    if (account === undefined || !hasRole(world, repository, account, "read")) throw notFound();
    return c.body(null, 204);
  });
  api.get(`${root}/commits`, async (c) => {
    const repository = readable(world, c);
    const from = await resolveRef(repository, c.req.query("sha") ?? repository.defaultBranch);
    const commits = await commitsFrom(repository.objects, from, c.req.query("path") ?? null, 1000);
    return c.json(page(c, commits).map((commit) => commitView(world, repository, commit)));
  });
  api.get(`${root}/compare/:range{.+}`, async (c) => c.json(await comparison(world, c, readable(world, c))));
  api.get(`${root}/branches`, (c) => {
    const repository = readable(world, c);
    return c.json(page(c, [...repository.branches.keys()]).map((name) => branchView(world, repository, name)));
  });
}

/** One commit with its files. Registered after the routes below `commits/`, which it would shadow. */
export function routeCommit(api: Api, world: World): void {
  api.get("/repos/:owner/:repo/commits/:ref{.+}", async (c) => {
    const repository = readable(world, c);
    const commit = await readCommit(repository.objects, await resolveRef(repository, parameter(c, "ref")));
    const [parent] = commit.parents;
    const files = parent === undefined ? [] : await diffCommits(repository.objects, parent, commit.sha);
    const additions = files.reduce((sum, file) => sum + file.additions, 0);
    const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
    return c.json({
      ...commitView(world, repository, commit),
      stats: { total: additions + deletions, additions, deletions },
      files: files.map((file) => diffEntryView(world, repository, commit.sha, file, world.limits)),
    });
  });
}

/** Outside collaborators, members of an organization by its base permission, and members of teams: not everybody who may read. */
function isCollaborator(world: World, repository: Repository, account: Account): boolean {
  const role = roleOf(world, repository, account);
  return role !== null && (role !== "read" || repository.collaborators.has(account.id) || repository.owner.members.has(account.id));
}

function activityView(world: World, { id, actor, ref, before, after, kind, at }: Activity): Schema<"activity"> {
  return {
    id,
    node_id: nodeId("PSH", id),
    before,
    after,
    ref,
    timestamp: at,
    activity_type: kind,
    actor: accountView(world, actor),
  };
}

function branchView(world: World, repository: Repository, name: string) {
  const sha = repository.branches.get(name);
  if (sha === undefined) throw notFound();
  const url = repositoryUrl(world, repository);
  return { name, commit: { sha, url: `${url}/commits/${sha}` }, protected: repository.protections.has(name) };
}

function readable(world: World, c: ApiContext): Repository {
  const repository = repositoryOf(world, c);
  authorizeRead(c.get("actor"), repository, "contents");
  return repository;
}

/** GitHub's older field knows four words: maintain is "write" in it, triage is "read". */
function legacyPermission(role: Role | null): string {
  if (role === "admin") return "admin";
  if (role === "maintain" || role === "write") return "write";
  return role === null ? "none" : "read";
}

const legacyPermissions = (role: Role | null) => ({
  admin: role === "admin",
  maintain: role === "admin" || role === "maintain",
  push: legacyPermission(role) === "admin" || legacyPermission(role) === "write",
  triage: role !== null && role !== "read",
  pull: role !== null,
});

async function comparison(world: World, c: ApiContext, repository: Repository) {
  const [left = "", right = ""] = parameter(c, "range").split("...");
  const [base, head] = await Promise.all([side(world, repository, left), side(world, repository, right)]);
  const { objects } = repository;
  const merged = await objects.mergeBase(base, head);
  if (merged === null) throw notFound();
  const [ahead, behind, files] = await Promise.all([
    commitsBetween(objects, base, head),
    commitsBetween(objects, head, base),
    diffCommits(objects, merged, head),
  ]);
  const url = `${repositoryUrl(world, repository)}/compare/${left}...${right}`;
  const html = url.replace("/repos/", "/");
  const [baseCommit, mergeBaseCommit] = await Promise.all([readCommit(objects, base), readCommit(objects, merged)]);
  return {
    url,
    html_url: html,
    permalink_url: `${html.slice(0, html.lastIndexOf("/"))}/${base}...${head}`,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: commitView(world, repository, baseCommit),
    merge_base_commit: commitView(world, repository, mergeBaseCommit),
    status: ahead.length > 0 ? (behind.length > 0 ? "diverged" : "ahead") : behind.length > 0 ? "behind" : "identical",
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: page(c, ahead).map((commit) => commitView(world, repository, commit)),
    // GitHub shows the files on the first page only.
    files:
      Number(c.req.query("page") ?? 1) > 1
        ? []
        : files.slice(0, MOST_COMPARED_FILES).map((file) => diffEntryView(world, repository, head, file, world.limits)),
  };
}

/** One side of a comparison: "ref", or "owner:ref" for another repository of the network. */
async function side(world: World, repository: Repository, name: string): Promise<string> {
  const colon = name.indexOf(":");
  if (colon === -1) return resolveRef(repository, name);
  const other = world.repositories.find((one) => one.objects === repository.objects && one.owner.login === name.slice(0, colon));
  return resolveRef(other ?? repository, name.slice(colon + 1));
}
