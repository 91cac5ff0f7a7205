import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { IN_REPO, REPO, startAcme, statusOf } from "./start-acme.ts";
import type { Acme } from "./start-acme.ts";

let acme: Acme;

beforeAll(async () => {
  acme = await startAcme();
  const { github } = acme;
  github.createTeam("acme", "Platform Leads", ["lea"], { repos: { [REPO]: "maintain" } });
  github.createTeam("acme", "Night Shift", ["nils"], { parent: "platform-leads" });
  github.createUser("dependabot[bot]");
  github.createUser("stranger");
  await github.createRepository({ repo: "acme/secret", private: true });
});

afterAll(() => acme.close());

describe("the permission of", () => {
  it.each([
    ["olga", "owner of the organization", "admin", "admin"],
    ["adam", "administrator", "admin", "admin"],
    ["max", "maintainer", "write", "maintain"],
    ["lea", "member of a team", "write", "maintain"],
    ["nils", "member of a child team", "write", "maintain"],
    ["wendy", "writer", "write", "write"],
    ["tess", "triager", "read", "triage"],
    ["rita", "reader", "read", "read"],
    ["mel", "plain member", "read", "read"],
    ["dependabot[bot]", "bot", "read", "read"],
  ])("%s, %s, is %s in the old word and %s by role_name", async (username, _who, permission, role_name) => {
    const { data } = await acme.app.repos.getCollaboratorPermissionLevel({ ...IN_REPO, username });
    expect(data).toMatchObject({ permission, role_name, user: { login: username } });
  });

  it("someone without access to a private repository is none", async () => {
    const { data } = await acme.app.repos.getCollaboratorPermissionLevel({ owner: "acme", repo: "secret", username: "mel" });
    expect(data).toMatchObject({ permission: "none", role_name: "none" });
  });

  it("nobody of that name is not found", async () => {
    expect(await statusOf(acme.app.repos.getCollaboratorPermissionLevel({ ...IN_REPO, username: "ghost" }))).toBe(404);
  });

  it("a person follows a change of role at once", async () => {
    acme.github.createUser("casey");
    const role = async () => (await acme.app.repos.getCollaboratorPermissionLevel({ ...IN_REPO, username: "casey" })).data.role_name;
    acme.github.setRole(REPO, "casey", "admin");
    expect(await role()).toBe("admin");
    acme.github.setRole(REPO, "casey", null);
    expect(await role()).toBe("read");
  });
});

it.each([
  ["platform-leads", "lea", 200],
  ["platform-leads", "nils", 200],
  ["night-shift", "nils", 200],
  ["night-shift", "lea", 404],
  ["platform-leads", "stranger", 404],
  ["no-such-team", "lea", 404],
])("team %s has member %s: %i", async (team_slug, username, status) => {
  expect(await statusOf(acme.app.teams.getMembershipForUserInOrg({ org: "acme", team_slug, username }))).toBe(status);
});

it("shows teams to an app with the permission and to members, not to strangers", async () => {
  const list = (login: string) => statusOf(acme.client(login).teams.list({ org: "acme" }));
  expect(await list("mel")).toBe(200);
  expect(await list("stranger")).toBe(404);
  const narrow = acme.github.createApp("Narrow", { contents: "read" });
  acme.github.installApp("acme", null, narrow);
  const headers = { authorization: `token ${acme.github.actAsApp(narrow, "acme")}` };
  expect((await fetch(`${acme.github.url}/orgs/acme/teams`, { headers })).status).toBe(403);
});

it("shows a person who they are and which repositories the app shares with them", async () => {
  const signedIn = (login: string) => new Octokit({ baseUrl: acme.github.url, auth: acme.github.as(login).token(acme.github.app) });
  const wendy = signedIn("wendy");
  expect((await wendy.users.getAuthenticated()).data).toMatchObject({ login: "wendy", type: "User" });
  const { data } = await wendy.apps.listInstallationsForAuthenticatedUser();
  expect(data.installations.map(({ id }) => id)).toEqual([acme.installation.id]);
  const shared = await wendy.apps.listInstallationReposForAuthenticatedUser({ installation_id: acme.installation.id });
  expect(shared.data.repositories.map((repository) => repository.full_name)).toEqual([REPO]);
  expect((await signedIn("stranger").apps.listInstallationsForAuthenticatedUser()).data.total_count).toBe(0);
  expect(await statusOf(acme.client("wendy").apps.listInstallationsForAuthenticatedUser())).toBe(403);
});
