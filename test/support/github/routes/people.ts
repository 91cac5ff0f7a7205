import { covers, isInTeam, roleOf } from "../access.ts";
import type { Account, Team } from "../model/account.ts";
import type { App } from "../model/app.ts";
import type { Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { notFound, Refusal } from "../refusal.ts";
import { accountView, fullOrganizationView, organizationView, selfView } from "../views/account.ts";
import { installationView } from "../views/app.ts";
import { repositoryView } from "../views/repository.ts";
import { fullTeamView, teamView } from "../views/team.ts";
import { parameter } from "./api.ts";
import type { Api, ApiContext } from "./api.ts";
import { page } from "./pages.ts";

/** People: oneself and others. */
export function routeUsers(api: Api, world: World): void {
  api.get("/user", (c) => c.json(selfView(world, self(c))));
  api.get("/user/repos", (c) => {
    const account = self(c);
    const own = world.repositories.filter((repository) => explicitlyMine(world, account, repository));
    return c.json(page(c, own).map((repository) => repositoryView(world, repository, account)));
  });
  api.get("/user/orgs", (c) => {
    const account = self(c);
    const own = [...world.accounts.values()].filter((organization) => organization.members.has(account.id));
    return c.json(page(c, own).map((organization) => organizationView(world, organization)));
  });
  api.get("/user/installations", (c) => {
    const account = self(c);
    const app = signInApp(c);
    const seen = world.installations.filter((one) => one.app === app && reached(world, account, one).length > 0);
    return c.json({ total_count: seen.length, installations: page(c, seen).map((one) => installationView(world, one)) });
  });
  api.get("/user/installations/:id/repositories", (c) => {
    const account = self(c);
    const app = signInApp(c);
    const installation = world.installations.find((one) => one.app === app && one.id === Number(parameter(c, "id")));
    const repositories = installation === undefined ? [] : reached(world, account, installation);
    if (repositories.length === 0) throw notFound();
    return c.json({
      total_count: repositories.length,
      repositories: page(c, repositories).map((repository) => repositoryView(world, repository, account)),
    });
  });
  api.get("/users/:login", (c) => {
    const account = world.accounts.get(parameter(c, "login").toLowerCase());
    if (account === undefined) throw notFound();
    return c.json(selfView(world, account));
  });
}

/** Organizations, who belongs to them, and their teams. */
export function routeOrganizations(api: Api, world: World): void {
  const root = "/orgs/:org";
  api.get(root, (c) => c.json(fullOrganizationView(world, organizationOf(world, c))));
  api.get(`${root}/members`, (c) => {
    const organization = membersReader(world, c);
    const members = [...world.accounts.values()].filter((account) => organization.members.has(account.id));
    return c.json(page(c, members).map((account) => accountView(world, account)));
  });
  api.get(`${root}/members/:login`, (c) => {
    const organization = membersReader(world, c);
    if (!organization.members.has(personOf(world, c).id)) throw notFound();
    return c.body(null, 204);
  });
  api.get(`${root}/memberships/:login`, (c) => {
    const organization = membersReader(world, c);
    const account = personOf(world, c);
    const role = organization.members.get(account.id);
    if (role === undefined) throw notFound();
    const url = `${world.url}/orgs/${organization.login}`;
    const views = { organization: organizationView(world, organization), user: accountView(world, account) };
    return c.json({ url: `${url}/memberships/${account.login}`, state: "active", role, organization_url: url, ...views });
  });
  api.get(`${root}/teams`, (c) => {
    const organization = membersReader(world, c);
    return c.json(page(c, teamsOf(world, organization)).map((team) => teamView(world, team)));
  });
  api.get(`${root}/teams/:slug`, (c) => c.json(fullTeamView(world, teamOf(world, c))));
  api.get(`${root}/teams/:slug/teams`, (c) => {
    const parent = teamOf(world, c);
    const children = world.teams.filter((team) => team.parent === parent);
    return c.json(page(c, children).map((team) => teamView(world, team)));
  });
  api.get(`${root}/teams/:slug/members`, (c) => {
    const team = teamOf(world, c);
    const members = [...world.accounts.values()].filter((account) => isInTeam(world, team, account));
    return c.json(page(c, members).map((account) => accountView(world, account)));
  });
  api.get(`${root}/teams/:slug/memberships/:login`, (c) => {
    const team = teamOf(world, c);
    const account = personOf(world, c);
    if (!isInTeam(world, team, account)) throw notFound();
    const url = `${world.url}/organizations/${team.organization.id}/team/${team.id}/memberships/${account.login}`;
    return c.json({ url, role: team.members.get(account.id) ?? "member", state: "active" });
  });
}

function self(c: ApiContext): Account {
  const actor = c.get("actor");
  if (actor.kind === "user") return actor.account;
  if (actor.kind === "installation") throw new Refusal(403, "Resource not accessible by integration");
  throw new Refusal(401, "Requires authentication");
}

/** Throws 403 for a personal token: installations are shown to who signed in with their app. */
function signInApp(c: ApiContext): App {
  const actor = c.get("actor");
  if (actor.kind === "user" && actor.app !== null) return actor.app;
  throw new Refusal(403, "You must authenticate with an access token authorized to a GitHub App in order to list installations");
}

const explicitlyMine = (world: World, account: Account, repository: Repository): boolean => {
  const role = roleOf(world, repository, account);
  return role !== null && (role !== "read" || repository.private || repository.collaborators.has(account.id));
};

const reached = (world: World, account: Account, installation: World["installations"][number]): Repository[] =>
  world.repositories.filter((repository) => covers(installation, repository) && explicitlyMine(world, account, repository));

function organizationOf(world: World, c: ApiContext): Account {
  const organization = world.accounts.get(parameter(c, "org").toLowerCase());
  if (organization?.type !== "Organization") throw notFound();
  return organization;
}

/** Members see the members; an app needs the permission `members` and an installation there. */
function membersReader(world: World, c: ApiContext): Account {
  const organization = organizationOf(world, c);
  const actor = c.get("actor");
  if (actor.kind === "user" && organization.members.has(actor.account.id)) return organization;
  if (actor.kind !== "installation") throw notFound();
  const allowed = actor.installation.account === organization && actor.permissions["members"] !== undefined;
  if (!allowed) throw new Refusal(403, "Resource not accessible by integration");
  return organization;
}

function personOf(world: World, c: ApiContext): Account {
  const account = world.accounts.get(parameter(c, "login").toLowerCase());
  if (account === undefined) throw notFound();
  return account;
}

const teamsOf = (world: World, organization: Account): Team[] => world.teams.filter((team) => team.organization === organization);

function teamOf(world: World, c: ApiContext): Team {
  const organization = membersReader(world, c);
  const team = teamsOf(world, organization).find((one) => one.slug === parameter(c, "slug").toLowerCase());
  if (team === undefined) throw notFound();
  return team;
}
