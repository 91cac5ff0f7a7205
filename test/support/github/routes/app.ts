import { randomBytes } from "node:crypto";
import { covers } from "../access.ts";
import { notFound, Refusal } from "../refusal.ts";
import { appView, installationView } from "../views/app.ts";
import { isoSeconds } from "../views/commit.ts";
import { repositoryView } from "../views/repository.ts";
import type { Actor, App, Installation, Permissions } from "../model/app.ts";
import type { Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { bodyOf, parameter } from "./api.ts";
import type { Api, ApiContext } from "./api.ts";
import { page } from "./pages.ts";

/** The app itself, its installations and their tokens. */
export function routeApp(api: Api, world: World): void {
  api.get("/app", (c) => {
    const app = requireApp(c);
    const count = world.installations.filter((one) => one.app === app).length;
    return c.json({ ...appView(world, app), installations_count: count });
  });
  api.get("/app/installations", (c) => {
    const app = requireApp(c);
    const own = world.installations.filter((installation) => installation.app === app);
    return c.json(page(c, own).map((installation) => installationView(world, installation)));
  });
  api.get("/app/installations/:id", (c) => c.json(installationView(world, installationOf(world, c))));
  api.post("/app/installations/:id/access_tokens", async (c) => {
    const installation = installationOf(world, c);
    if (installation.suspendedAt !== null) throw new Refusal(403, "This installation has been suspended");
    const asked = await bodyOf(c);
    const permissions = narrowed(installation, asked["permissions"]);
    const repositories = selected(world, installation, asked);
    return c.json(issueToken(world, installation, permissions, repositories), 201);
  });
  api.get("/repos/:owner/:repo/installation", (c) => {
    const app = requireApp(c);
    const found = world.repositories.find((one) => one.owner.login === parameter(c, "owner") && one.name === parameter(c, "repo"));
    const installation = world.installations.find((one) => one.app === app && found !== undefined && covers(one, found));
    if (installation === undefined) throw notFound();
    return c.json(installationView(world, installation));
  });
  for (const path of ["/orgs/:login/installation", "/users/:login/installation"]) {
    api.get(path, (c) => {
      const app = requireApp(c);
      const installation = world.installations.find((one) => one.app === app && one.account.login === parameter(c, "login"));
      if (installation === undefined) throw notFound();
      return c.json(installationView(world, installation));
    });
  }
  api.get("/installation/repositories", (c) => {
    const actor = c.get("actor");
    if (actor.kind !== "installation") throw new Refusal(403, "You must authenticate with an installation access token.");
    const { installation, repositoryIds } = actor;
    const reached = world.repositories.filter((one) => covers(installation, one) && (repositoryIds === null || repositoryIds.has(one.id)));
    return c.json({
      total_count: reached.length,
      repository_selection: installation.repositoryIds === null ? "all" : "selected",
      repositories: page(c, reached).map((repository) => repositoryView(world, repository, installation.app.bot)),
    });
  });
}

/** Throws 401 for anyone but an app with its JSON web token. */
export function requireApp(c: ApiContext): App {
  const actor = c.get("actor");
  if (actor.kind !== "app") throw new Refusal(401, "A JSON web token could not be decoded");
  return actor.app;
}

function installationOf(world: World, c: ApiContext): Installation {
  const app = requireApp(c);
  const installation = world.installations.find((one) => one.app === app && one.id === Number(parameter(c, "id")));
  if (installation === undefined) throw notFound();
  return installation;
}

function narrowed(installation: Installation, asked: unknown): Permissions {
  if (typeof asked !== "object" || asked === null) return installation.permissions;
  const wanted = Object.entries(asked).map(([name, level]): [string, "read" | "write"] => {
    const given = name === "metadata" ? "read" : installation.permissions[name];
    if (given === undefined || (level === "write" && given !== "write")) {
      throw new Refusal(422, "The permissions requested are not granted to this installation.");
    }
    return [name, level === "write" ? "write" : "read"];
  });
  return Object.fromEntries(wanted);
}

function selected(world: World, installation: Installation, asked: Record<string, unknown>): Repository[] | null {
  const { repository_ids: ids, repositories: names } = asked;
  if (!Array.isArray(ids) && !Array.isArray(names)) return null;
  const wanted: unknown[] = Array.isArray(ids) ? ids : Array.isArray(names) ? names : [];
  return wanted.map((one) => {
    const found = world.repositories.find(
      (repository) => covers(installation, repository) && (repository.id === one || repository.name === one),
    );
    if (found === undefined)
      throw new Refusal(422, "There is at least one repository that does not exist or is not accessible to the parent installation.");
    return found;
  });
}

/** Makes an installation token, as the API answers with it. */
export function issueToken(world: World, installation: Installation, permissions: Permissions, repositories: Repository[] | null) {
  const token = `ghs_${randomBytes(18).toString("hex")}`;
  const expiresAt = Date.now() + world.limits.tokenLifetimeMs;
  const repositoryIds = repositories === null ? null : new Set(repositories.map((repository) => repository.id));
  const actor: Actor = { kind: "installation", installation, permissions, repositoryIds };
  world.tokens.set(token, { actor, expiresAt });
  return {
    token,
    expires_at: isoSeconds(new Date(expiresAt)),
    permissions: { metadata: "read", ...permissions },
    repository_selection: installation.repositoryIds === null && repositories === null ? "all" : "selected",
    ...(repositories === null ? {} : { repositories: repositories.map((repository) => repositoryView(world, repository)) }),
  };
}
