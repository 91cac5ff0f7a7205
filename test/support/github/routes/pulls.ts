import { accountOf, authorize, authorizeRead, viaApp } from "../access.ts";
import { editPull, openPull, setPullState } from "../actions/pull-request.ts";
import { merge } from "../actions/merge.ts";
import type { MergeMethod } from "../actions/merge.ts";
import { pullCommits, pullFiles } from "../pull-range.ts";
import { notFound, Refusal } from "../refusal.ts";
import { resolveRef } from "../refs.ts";
import { commitView, diffEntryView } from "../views/commit.ts";
import { isPull, pullSummaryView, pullView } from "../views/pull-request.ts";
import type { PullIssue } from "../views/pull-request.ts";
import type { Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { bodyOf, findRepository, parameter, pullOf, repositoryOf, requiredText, textField } from "./api.ts";
import type { Api, ApiContext } from "./api.ts";
import { page } from "./pages.ts";

const READ = "pull_requests";
const WRITE = { permission: "pull_requests", level: "write", role: "read" } as const;
// GitHub lists at most this many files and commits of a pull request (docs, "REST API endpoints for pull requests").
const MOST_FILES = 3000;
const MOST_COMMITS = 250;

/** Pull requests: reading, editing, merging. */
export function routePulls(api: Api, world: World): void {
  const root = "/repos/:owner/:repo/pulls";
  const readable = (c: ApiContext) => {
    const repository = repositoryOf(world, c);
    authorizeRead(c.get("actor"), repository, READ);
    return repository;
  };
  api.get(root, (c) => {
    const repository = readable(c);
    const reader = accountOf(c.get("actor"));
    return c.json(page(c, listed(c, repository)).map((issue) => pullSummaryView(world, issue, reader)));
  });
  api.post(root, async (c) => {
    const repository = repositoryOf(world, c);
    const author = authorize(world, c.get("actor"), repository, WRITE);
    const actor = c.get("actor");
    const body = await bodyOf(c);
    const head = headOf(world, repository, requiredText(body, "head"));
    const asked = {
      title: requiredText(body, "title"),
      body: textField(body, "body") ?? null,
      base: requiredText(body, "base"),
      draft: body["draft"] === true,
    };
    const issue = await openPull(world, author, repository, { ...asked, ...head }, viaApp(actor));
    return c.json(await pullView(world, issue, author), 201);
  });
  api.get(`${root}/:number`, async (c) => {
    const issue = pullOf(c, readable(c));
    return c.json(await pullView(world, issue, accountOf(c.get("actor"))));
  });
  api.patch(`${root}/:number`, async (c) => {
    const repository = repositoryOf(world, c);
    const issue = pullOf(c, repository);
    const editor = authorize(world, c.get("actor"), repository, WRITE);
    const body = await bodyOf(c);
    await editPull(world, editor, issue, { title: textField(body, "title"), body: textField(body, "body"), base: textField(body, "base") });
    if (body["state"] === "open" || body["state"] === "closed") await setPullState(world, editor, issue, body["state"]);
    return c.json(await pullView(world, issue, editor));
  });
  api.get(`${root}/:number/files`, async (c) => {
    const repository = readable(c);
    const { pull } = pullOf(c, repository);
    const files = (await pullFiles(pull)).slice(0, MOST_FILES);
    return c.json(page(c, files).map((file) => diffEntryView(world, repository, pull.head.sha, file, world.limits)));
  });
  api.get(`${root}/:number/commits`, async (c) => {
    const repository = readable(c);
    const commits = (await pullCommits(pullOf(c, repository).pull)).slice(0, MOST_COMMITS);
    return c.json(page(c, commits).map((commit) => commitView(world, repository, commit)));
  });
  api.get("/repos/:owner/:repo/commits/:sha/pulls", async (c) => {
    const repository = readable(c);
    const reader = accountOf(c.get("actor"));
    const sha = await resolveRef(repository, parameter(c, "sha"));
    return c.json(page(c, await pullsWith(repository, sha)).map((issue) => pullSummaryView(world, issue, reader)));
  });
  api.get(`${root}/:number/merge`, (c) => {
    if (pullOf(c, readable(c)).pull.mergedAt === null) throw notFound();
    return c.body(null, 204);
  });
  api.put(`${root}/:number/merge`, async (c) => {
    const repository = repositoryOf(world, c);
    const issue = pullOf(c, repository);
    const merger = authorize(world, c.get("actor"), repository, { permission: "contents", level: "write", role: "write" });
    const body = await bodyOf(c);
    const sha = await merge(world, merger, issue, methodOf(body["merge_method"]), textField(body, "sha") ?? null);
    return c.json({ sha, merged: true, message: "Pull Request successfully merged" });
  });
}

/** The pull requests that have a commit: the one that merged it, or else the open ones (docs, "List pull requests associated with a commit"). */
async function pullsWith(repository: Repository, sha: string): Promise<PullIssue[]> {
  const pulls = [...repository.issues.values()].filter(isPull);
  const merged = pulls.filter(({ pull }) => pull.mergeCommitSha === sha);
  if (merged.length > 0) return merged;
  const open = pulls.filter(({ state }) => state === "open");
  const has = await Promise.all(open.map(async ({ pull }) => (await pullCommits(pull)).some((commit) => commit.sha === sha)));
  return open.filter((_, index) => has[index]);
}

function methodOf(value: unknown): MergeMethod {
  if (value === undefined || value === "merge" || value === "squash" || value === "rebase") return value ?? "merge";
  throw new Refusal(422, "Validation Failed");
}

/** "branch", or "owner:branch" for a fork. */
function headOf(world: World, repository: Repository, head: string) {
  const colon = head.indexOf(":");
  if (colon === -1) return { head, headRepository: repository };
  const login = head.slice(0, colon);
  const fork =
    login.toLowerCase() === repository.owner.login.toLowerCase()
      ? repository
      : world.repositories.find((one) => one.parent === repository && one.owner.login.toLowerCase() === login.toLowerCase());
  return { head: head.slice(colon + 1), headRepository: fork ?? findRepository(world, `${login}/${repository.name}`) ?? repository };
}

function listed(c: ApiContext, repository: Repository): PullIssue[] {
  const { state = "open", base, head, sort = "created", direction } = c.req.query();
  const found = [...repository.issues.values()].filter(isPull).filter((issue) => {
    const { pull } = issue;
    const label = `${pull.head.repository.owner.login}:${pull.head.ref}`;
    return (
      (state === "all" || issue.state === state) && (base === undefined || pull.base.ref === base) && (head === undefined || label === head)
    );
  });
  const key = (issue: PullIssue) => (sort === "updated" ? issue.updatedAt : issue.createdAt);
  found.sort((a, b) => key(a).localeCompare(key(b)) || a.number - b.number);
  return (direction ?? (sort === "created" ? "desc" : "asc")) === "asc" ? found : found.toReversed();
}
