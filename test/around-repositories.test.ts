import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalApp, startLocalApp } from "./support/app/start-local-app.ts";
import { readStoryFiles } from "./support/demo/story-files.ts";
import type { Administration } from "./support/github/administration.ts";
import type { Installation } from "./support/github/model/app.ts";

// Who may sign changes, and repositories move, while a risk is accepted. Over HTTP; every story is told by one webhook alone.
let app: LocalApp;
let opened = 0;
let owner: Administration;

beforeAll(async () => {
  app = await startLocalApp();
  app.github.createOrganization("acme", { olga: "admin", dana: "member", ana: "member" }, "write");
  app.github.createOrganization("beta", { olga: "admin", dana: "member", ana: "member" }, "write");
  app.github.installApp("acme");
  app.github.installApp("beta");
  owner = app.github.administer("olga");
});

afterAll(() => app.stop());

const BASE = readStoryFiles("carrier-quotes", "base");
const CARELESS = readStoryFiles("carrier-quotes", "careless");
const DATE = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
const FORM = `/accept-risk\nretrofit date: ${DATE}\nbudget: 1.5 engineer-weeks\naccepted by: @dana\ninterim mitigation: 10 req/min`;

interface Pull {
  readonly repo: string;
  readonly number: number;
  readonly head: string;
}

/** A blocked pull request of ana's, in a repository whose policy is given. */
async function openPull(policy: string | null, organization = "acme"): Promise<Pull> {
  const repo = `${organization}/moved-${(opened += 1)}`;
  await app.github.createRepository({ repo, files: policy === null ? BASE : { ...BASE, ".github/backend-reliability.yml": policy } });
  const head = await app.github.as("ana").push(repo, { branch: "change", changes: CARELESS, message: "Change" });
  const number = await app.github.as("ana").openPullRequest({ repo, head: "change", title: "Ask the carrier for rates", body: null });
  return { repo, number, head };
}

async function conclusionOf(repo: string, head: string): Promise<string | null> {
  await app.idle();
  return (await app.completedRun(repo, head)).conclusion;
}

/** Dana signs for what the check shows. */
async function signed(pull: Pull): Promise<void> {
  expect(await conclusionOf(pull.repo, pull.head)).toBe("failure");
  app.github.as("dana").comment(pull.repo, pull.number, FORM);
  expect(await conclusionOf(pull.repo, pull.head)).toBe("neutral");
}

describe("an accepted risk is blocked again when its signer", () => {
  test("loses the role: member.edited, member.removed", async () => {
    const pull = await openPull(null);
    app.github.setRole(pull.repo, "dana", "maintain");
    await signed(pull);
    owner.setRole(pull.repo, "dana", "triage");
    expect(await conclusionOf(pull.repo, pull.head)).toBe("failure");
    app.github.setRole(pull.repo, "dana", "maintain");
    const other = await openPull(null);
    app.github.setRole(other.repo, "dana", "maintain");
    await signed(other);
    owner.setRole(other.repo, "dana", null);
    expect(await conclusionOf(other.repo, other.head)).toBe("failure");
  });

  test("leaves the team that may sign: membership.removed", async () => {
    app.github.createTeam("acme", "signers", ["dana"]);
    const pull = await openPull("decision-makers:\n  teams: [acme/signers]\n");
    await signed(pull);
    owner.leaveTeam("acme", "signers", "dana");
    expect(await conclusionOf(pull.repo, pull.head)).toBe("failure");
  });

  test("is in a team that is moved from below the one that may sign: team.edited", async () => {
    app.github.createTeam("acme", "council", []);
    app.github.createTeam("acme", "desk", ["dana"], { parent: "council" });
    const pull = await openPull("decision-makers:\n  teams: [acme/council]\n");
    await signed(pull);
    owner.moveTeam("acme", "desk", null);
    expect(await conclusionOf(pull.repo, pull.head)).toBe("failure");
  });

  test("was in a team that is gone: team.deleted", async () => {
    app.github.createTeam("acme", "board", ["dana"]);
    const pull = await openPull("decision-makers:\n  teams: [acme/board]\n");
    await signed(pull);
    owner.deleteTeam("acme", "board");
    expect(await conclusionOf(pull.repo, pull.head)).toBe("failure");
  });

  test("was a maintainer by a team that lost the repository: team.removed_from_repository", async () => {
    app.github.createTeam("acme", "crew", ["dana"]);
    const pull = await openPull(null);
    owner.setTeamRole("acme", "crew", pull.repo, "maintain");
    await signed(pull);
    owner.setTeamRole("acme", "crew", pull.repo, null);
    expect(await conclusionOf(pull.repo, pull.head)).toBe("failure");
  });

  test("leaves the organization: organization.member_removed", async () => {
    app.github.createTeam("acme", "founders", ["dana"]);
    const pull = await openPull("decision-makers:\n  teams: [acme/founders]\n");
    await signed(pull);
    owner.leaveOrganization("acme", "dana");
    expect(await conclusionOf(pull.repo, pull.head)).toBe("failure");
    app.github.createTeam("acme", "returned", ["dana"]);
  });
});

describe("an accepted risk", () => {
  const pushAgain = (repo: string) =>
    app.github.as("ana").push(repo, { branch: "change", changes: { "docs/a.md": "a\n" }, message: "Note" });

  test("stays accepted in a repository that gets another name: repository.renamed", async () => {
    const pull = await openPull(null);
    app.github.setRole(pull.repo, "dana", "maintain");
    await signed(pull);
    owner.renameRepository(pull.repo, `renamed-${opened}`);
    await app.idle();
    expect(await conclusionOf(`acme/renamed-${opened}`, await pushAgain(`acme/renamed-${opened}`))).toBe("neutral");
  });

  test("stays accepted though something happens before the webhook of the new name comes", async () => {
    const pull = await openPull(null);
    app.github.setRole(pull.repo, "dana", "maintain");
    await signed(pull);
    app.github.holdDeliveries();
    const form = app.github.comments(pull.repo, pull.number).find(({ body }) => body.startsWith("/accept-risk"));
    app.github.as("dana").editComment(pull.repo, form?.id ?? 0, `${FORM}\n`);
    const name = `early-${opened}`;
    owner.renameRepository(pull.repo, name);
    app.github.releaseDeliveries((held) => held);
    await app.idle();
    expect(await conclusionOf(`acme/${name}`, await pushAgain(`acme/${name}`))).toBe("neutral");
  });

  test("is not judged under a name that is gone: what comes under it is done under the new one", async () => {
    const pull = await openPull(null);
    expect(await conclusionOf(pull.repo, pull.head)).toBe("failure");
    const name = `silent-${opened}`;
    app.github.holdDeliveries();
    await app.github.as("ana").editPullRequest(pull.repo, pull.number, { body: "No plan yet." });
    owner.renameRepository(pull.repo, name);
    app.github.releaseDeliveries((held) => held.filter(({ event }) => event !== "repository"));
    await app.idle();
    app.github.setRole(`acme/${name}`, "dana", "maintain");
    app.github.as("dana").comment(`acme/${name}`, pull.number, FORM);
    expect(await conclusionOf(`acme/${name}`, pull.head)).toBe("neutral");
  });

  test("follows its repository though the old name is another's by now, and holds that one up no longer", async () => {
    const pull = await openPull(null);
    app.github.setRole(pull.repo, "dana", "maintain");
    await signed(pull);
    const name = `reused-${opened}`;
    app.github.holdDeliveries();
    owner.renameRepository(pull.repo, name);
    // The webhook of the new name is lost, and the old name is given away.
    app.github.releaseDeliveries(() => []);
    await app.github.createRepository({ repo: pull.repo, files: BASE });
    const head = await app.github.as("ana").push(pull.repo, { branch: "change", changes: CARELESS, message: "Change" });
    const number = await app.github.as("ana").openPullRequest({ repo: pull.repo, head: "change", title: "Rates", body: null });
    expect(number).toBe(pull.number);
    expect(await conclusionOf(pull.repo, head)).toBe("failure");
    app.github.as("ana").comment(`acme/${name}`, pull.number, "/reliability recheck");
    expect(await conclusionOf(`acme/${name}`, pull.head)).toBe("neutral");
  });

  test("stays accepted in a repository that goes to another owner: repository.transferred", async () => {
    const pull = await openPull(null);
    app.github.setRole(pull.repo, "dana", "maintain");
    await signed(pull);
    owner.transferRepository(pull.repo, "beta");
    await app.idle();
    const repo = pull.repo.replace("acme/", "beta/");
    expect(await conclusionOf(repo, await pushAgain(repo))).toBe("neutral");
  });

  test("of a repository that is gone is looked at no more: repository.deleted", async () => {
    const pull = await openPull(null);
    app.github.setRole(pull.repo, "dana", "maintain");
    await signed(pull);
    const other = await openPull(null);
    app.github.setRole(other.repo, "dana", "maintain");
    await signed(other);
    await owner.deleteRepository(pull.repo);
    await app.idle();
    const before = app.github.requests().length;
    app.github.createTeam("acme", "latecomers", ["dana"]);
    owner.leaveTeam("acme", "latecomers", "dana");
    await app.idle();
    const asked = app.github
      .requests()
      .slice(before)
      .map((request) => request.path);
    expect(asked.some((path) => path.includes(`/repos/${other.repo}/`))).toBe(true);
    expect(asked.filter((path) => path.includes(`/repos/${pull.repo}/`))).toEqual([]);
  });
});

describe("what the app can no longer reach is looked at no more", () => {
  test.each<[string, (installation: Installation, repo: string) => void]>([
    ["installation_repositories.removed", (installation, repo) => app.github.changeInstallation(installation, { remove: [repo] })],
    ["installation.suspend", (installation) => app.github.suspendApp(installation)],
    ["installation.deleted", (installation) => app.github.uninstallApp(installation)],
  ])("%s, though an older webhook comes late", async (name, takeAway) => {
    const organization = `out-${(opened += 1)}`;
    app.github.createOrganization(organization, { olga: "admin", dana: "member", ana: "member" }, "write");
    const installation = app.github.installApp(organization);
    const pull = await openPull(null, organization);
    app.github.setRole(pull.repo, "dana", "maintain");
    app.github.createTeam(organization, "crew", ["dana"]);
    await signed(pull);
    app.github.holdDeliveries();
    owner.leaveTeam(organization, "crew", "dana");
    takeAway(installation, pull.repo);
    const before = app.github.requests().length;
    app.github.releaseDeliveries((held) => {
      expect(held.map(({ event, action }) => `${event}.${action}`)).toEqual(["membership.removed", name]);
      return held.toReversed();
    });
    await app.idle();
    expect(app.github.requests().slice(before)).toEqual([]);
  });
});

describe("what comes within reach is judged, though nothing happens to it", () => {
  test("installation_repositories.added, installation.unsuspend", async () => {
    const organization = `in-${(opened += 1)}`;
    app.github.createOrganization(organization, { olga: "admin", ana: "member" }, "write");
    await app.github.createRepository({ repo: `${organization}/first`, files: BASE });
    const installation = app.github.installApp(organization, [`${organization}/first`]);
    const pull = await openPull(null, organization);
    app.github.changeInstallation(installation, { add: [pull.repo] });
    expect(await conclusionOf(pull.repo, pull.head)).toBe("failure");
    app.github.suspendApp(installation);
    const head = await app.github.as("ana").push(pull.repo, { branch: "change", changes: { "docs/a.md": "a\n" }, message: "Note" });
    await app.idle();
    expect(app.github.checkRuns(pull.repo, head)).toEqual([]);
    app.github.unsuspendApp(installation);
    expect(await conclusionOf(pull.repo, head)).toBe("failure");
  });
});
