import { authorize, authorizeRead } from "../access.ts";
import { readCommit } from "../git/history.ts";
import type { BranchProtection, CommitStatus, Repository, RequiredCheck } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { Refusal } from "../refusal.ts";
import { resolveRef } from "../refs.ts";
import { accountView } from "../views/account.ts";
import { commitView } from "../views/commit.ts";
import { repositoryUrl, repositoryView } from "../views/repository.ts";
import { nodeId } from "../views/schema.ts";
import { bodyOf, parameter, repositoryOf, requiredText, textField, textList } from "./api.ts";
import type { Api, ApiContext } from "./api.ts";
import { page } from "./pages.ts";

const ADMIN = { permission: "administration", level: "write", role: "admin" } as const;
const STATES = ["error", "failure", "pending", "success"] as const;

/** Branches and what protects them. */
export function routeBranches(api: Api, world: World): void {
  const root = "/repos/:owner/:repo/branches";
  const administered = (c: ApiContext) => {
    const repository = repositoryOf(world, c);
    authorize(world, c.get("actor"), repository, ADMIN);
    return repository;
  };
  api.get(`${root}/:branch{.+}/protection`, (c) => {
    const repository = administered(c);
    const protection = repository.protections.get(parameter(c, "branch"));
    if (protection === undefined) throw new Refusal(404, "Branch not protected");
    return c.json(protectionView(world, repository, parameter(c, "branch"), protection));
  });
  api.put(`${root}/:branch{.+}/protection`, async (c) => {
    const repository = administered(c);
    const protection = parseProtection(await bodyOf(c));
    repository.protections.set(parameter(c, "branch"), protection);
    return c.json(protectionView(world, repository, parameter(c, "branch"), protection));
  });
  api.delete(`${root}/:branch{.+}/protection`, (c) => {
    administered(c).protections.delete(parameter(c, "branch"));
    return c.body(null, 204);
  });
  api.get(`${root}/:branch{.+}`, async (c) => {
    const repository = repositoryOf(world, c);
    authorizeRead(c.get("actor"), repository, "contents");
    const name = parameter(c, "branch");
    const sha = repository.branches.get(name);
    if (sha === undefined) throw new Refusal(404, "Branch not found");
    const url = `${repositoryUrl(world, repository)}/branches/${name}`;
    const commit = commitView(world, repository, await readCommit(repository.objects, sha));
    const protection = repository.protections.get(name);
    const checks = protection?.requiredChecks ?? [];
    return c.json({
      name,
      commit,
      _links: { self: url, html: `${world.url}/${repository.owner.login}/${repository.name}/tree/${name}` },
      protected: protection !== undefined,
      protection: {
        enabled: protection !== undefined,
        required_status_checks: { enforcement_level: checks.length > 0 ? "everyone" : "off", ...checkLists(checks) },
      },
      protection_url: `${url}/protection`,
    });
  });
}

/** Commit statuses, the older kind of check. */
export function routeStatuses(api: Api, world: World): void {
  api.post("/repos/:owner/:repo/statuses/:sha", async (c) => {
    const repository = repositoryOf(world, c);
    const creator = authorize(world, c.get("actor"), repository, { permission: "statuses", level: "write", role: "write" });
    const sha = await resolveRef(repository, parameter(c, "sha"));
    const body = await bodyOf(c);
    const state = STATES.find((known) => known === body["state"]);
    if (state === undefined) throw new Refusal(422, "Validation Failed");
    const status: CommitStatus = {
      id: world.nextId(),
      sha,
      context: textField(body, "context") ?? "default",
      state,
      description: textField(body, "description") ?? null,
      targetUrl: textField(body, "target_url") ?? null,
      creator,
      createdAt: world.now(),
    };
    repository.statuses.push(status);
    return c.json(statusView(world, repository, status), 201);
  });
  api.get("/repos/:owner/:repo/commits/:ref{.+}/statuses", async (c) => {
    const { repository, statuses } = await statusesOf(world, c);
    return c.json(page(c, statuses.toReversed()).map((status) => statusView(world, repository, status)));
  });
  api.get("/repos/:owner/:repo/commits/:ref{.+}/status", async (c) => {
    const { repository, sha, statuses } = await statusesOf(world, c);
    const latest = [...new Map(statuses.map((status) => [status.context, status])).values()];
    const failing = latest.some(({ state }) => state === "failure" || state === "error");
    const done = latest.length > 0 && latest.every(({ state }) => state === "success");
    const url = `${repositoryUrl(world, repository)}/commits/${sha}`;
    return c.json({
      state: failing ? "failure" : done ? "success" : "pending",
      statuses: page(c, latest).map((status) => statusView(world, repository, status)),
      sha,
      total_count: latest.length,
      repository: repositoryView(world, repository),
      commit_url: url,
      url: `${url}/status`,
    });
  });
}

async function statusesOf(world: World, c: ApiContext) {
  const repository = repositoryOf(world, c);
  authorizeRead(c.get("actor"), repository, "statuses");
  const sha = await resolveRef(repository, parameter(c, "ref"));
  return { repository, sha, statuses: repository.statuses.filter((status) => status.sha === sha) };
}

function statusView(world: World, repository: Repository, status: CommitStatus) {
  return {
    url: `${repositoryUrl(world, repository)}/statuses/${status.sha}`,
    avatar_url: accountView(world, status.creator).avatar_url,
    id: status.id,
    node_id: nodeId("SC", status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    creator: accountView(world, status.creator),
  };
}

function parseProtection(body: Record<string, unknown>): BranchProtection {
  const asked = body["required_status_checks"];
  if (typeof asked !== "object" || asked === null)
    return { requiredChecks: [], strict: false, enforceAdmins: body["enforce_admins"] === true };
  const fields = Object.fromEntries(Object.entries(asked));
  const checks: unknown[] = Array.isArray(fields["checks"]) ? fields["checks"] : [];
  const requiredChecks = [
    ...checks.map((check): RequiredCheck => {
      const one = typeof check === "object" && check !== null ? Object.fromEntries(Object.entries(check)) : {};
      const appId = one["app_id"];
      return { context: requiredText(one, "context"), appId: typeof appId === "number" && appId !== -1 ? appId : null };
    }),
    ...textList(fields, "contexts").map((context) => ({ context, appId: null })),
  ];
  return { requiredChecks, strict: fields["strict"] === true, enforceAdmins: body["enforce_admins"] === true };
}

const checkLists = (checks: readonly RequiredCheck[]) => ({
  contexts: checks.map(({ context }) => context),
  checks: checks.map(({ context, appId }) => ({ context, app_id: appId })),
});

function protectionView(world: World, repository: Repository, branch: string, protection: BranchProtection) {
  const url = `${repositoryUrl(world, repository)}/branches/${branch}/protection`;
  const lists = checkLists(protection.requiredChecks);
  const required = {
    url: `${url}/required_status_checks`,
    strict: protection.strict,
    contexts_url: `${url}/required_status_checks/contexts`,
    ...lists,
  };
  return {
    url,
    ...(protection.requiredChecks.length === 0 ? {} : { required_status_checks: required }),
    enforce_admins: { url: `${url}/enforce_admins`, enabled: protection.enforceAdmins },
    allow_force_pushes: { enabled: true },
    allow_deletions: { enabled: false },
  };
}
