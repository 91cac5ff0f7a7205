import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalApp, startLocalApp } from "./support/app/start-local-app.ts";
import { readStoryFiles, readStoryText } from "./support/demo/story-files.ts";

// What becomes of an accepted risk when the app was away, repositories move, and others share the commit. Over HTTP.
let app: LocalApp;
let opened = 0;

beforeAll(async () => {
  app = await startLocalApp();
});
afterAll(() => app.stop());

const BASE = readStoryFiles("carrier-quotes", "base");
const CARELESS = readStoryFiles("carrier-quotes", "careless");
const CAREFUL = readStoryFiles("carrier-quotes", "careful");
const SPECIFIC = readStoryText("carrier-quotes", "specific-plan.md");
const DATE = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
const FORM = `/accept-risk\nretrofit date: ${DATE}\nbudget: 1.5 engineer-weeks\naccepted by: @dana\ninterim mitigation: 10 req/min`;
const nextSecond = () => delay(1000 - (Date.now() % 1000) + 5);
const call = (name: string) =>
  `export async function ${name}(id: string) {\n  return (await fetch("https://${name}.example.com/" + id)).json();\n}\n`;

/** An organization of its own with one repository, in which dana may sign. */
async function world() {
  const org = `org-${(opened += 1)}`;
  app.github.createOrganization(org, { olga: "admin", dana: "member", ana: "member" }, "write");
  const installation = app.github.installApp(org);
  const repo = `${org}/shop`;
  await app.github.createRepository({ repo, files: BASE });
  app.github.setRole(repo, "dana", "maintain");
  const ana = app.github.as("ana");
  await ana.createBranch(repo, "other", "main");
  /** `changes` may be a commit that is there already. */
  const open = async (branch: string, base: string, changes: Readonly<Record<string, string>> | string, body: string | null = null) => {
    if (typeof changes === "string") await ana.createBranch(repo, branch, changes);
    else await ana.push(repo, { branch, changes, message: "Change" });
    const number = await ana.openPullRequest({ repo, head: branch, base, title: "Rates", body });
    await app.idle();
    return { number, head: app.github.headSha(repo, number) };
  };
  const conclusionOf = async (head: string, inRepo = repo) => {
    await app.idle();
    return (await app.completedRun(inRepo, head)).conclusion;
  };
  const sign = (number: number) => app.github.as("dana").comment(repo, number, FORM);
  const signed = async (changes: Readonly<Record<string, string>> = CARELESS) => {
    const pull = await open("change", "main", changes);
    expect(await conclusionOf(pull.head)).toBe("failure");
    sign(pull.number);
    expect(await conclusionOf(pull.head)).toBe("neutral");
    return pull;
  };
  return { org, installation, repo, ana, open, conclusionOf, sign, signed };
}
type World = Awaited<ReturnType<typeof world>>;

describe("a lost role is seen", () => {
  test.each<[string, (world: World, number: number) => Promise<unknown> | void]>([
    [
      "after a suspension",
      async ({ installation }) => {
        app.github.suspendApp(installation);
        await app.idle();
        app.github.unsuspendApp(installation);
      },
    ],
    [
      "after the app was uninstalled and installed again",
      async ({ installation, org }) => {
        app.github.uninstallApp(installation);
        await app.idle();
        app.github.installApp(org);
      },
    ],
    [
      "after GitHub once said that there are no files",
      async ({ repo, ana }, number) => {
        app.github.failNext({ match: new RegExp(`GET /repos/${repo}/pulls/${number}/files`), status: 404, body: { message: "Not Found" } });
        await ana.editPullRequest(repo, number, { title: "Rates of the carrier" });
      },
    ],
  ])("%s", async (_when, away) => {
    const here = await world();
    const { number, head } = await here.signed();
    await away(here, number);
    await app.idle();
    app.github.administer("olga").setRole(here.repo, "dana", "triage");
    expect(await here.conclusionOf(head)).toBe("failure");
  });

  test.each<[string, (repo: string) => Promise<unknown> | void]>([
    ["by its webhook", (repo) => app.github.administer("olga").setRole(repo, "dana", "triage")],
    [
      "by a policy",
      (repo) =>
        app.github.as("olga").push(repo, {
          branch: "main",
          changes: { ".github/backend-reliability.yml": "decision-makers:\n  users: [olga]\n" },
          message: "Policy",
        }),
    ],
  ])("in a repository that went to another owner, %s", async (_how, lose) => {
    const here = await world();
    const { head } = await here.signed();
    const heirs = `heirs-${(opened += 1)}`;
    app.github.createOrganization(heirs, { olga: "admin", dana: "member", ana: "member" }, "write");
    app.github.installApp(heirs);
    await app.idle();
    app.github.administer("olga").transferRepository(here.repo, heirs);
    await app.idle();
    await lose(`${heirs}/shop`);
    expect(await here.conclusionOf(head, `${heirs}/shop`)).toBe("failure");
  });
});

test("a withdrawal that came while the repository was out of reach counts once it is back", async () => {
  const { installation, repo, signed, conclusionOf } = await world();
  const { number, head } = await signed();
  app.github.changeInstallation(installation, { remove: [repo] });
  await app.idle();
  await nextSecond();
  app.github.as("dana").comment(repo, number, "/accept-risk withdraw");
  await app.idle();
  app.github.changeInstallation(installation, { add: [repo] });
  expect(await conclusionOf(head)).toBe("failure");
});

test("a withdrawal that another deletes before it is read counts all the same", async () => {
  const { repo, signed, conclusionOf } = await world();
  const { number, head } = await signed();
  await nextSecond();
  app.github.holdDeliveries();
  const id = app.github.as("dana").comment(repo, number, "I was wrong.\n\n/accept-risk withdraw");
  app.github.as("olga").deleteComment(repo, id);
  app.github.releaseDeliveries();
  expect(await conclusionOf(head)).toBe("action_required");
});

describe("of one habit in several places", () => {
  const places = (...names: readonly string[]) => ({ ...CARELESS, "src/lib/outbound.ts": names.map(call).join("") });

  test("a place that takes another's is accepted by nobody", async () => {
    const { repo, ana, signed, conclusionOf } = await world();
    await signed(places("rates", "taxes"));
    const head = await ana.push(repo, { branch: "change", changes: places("rates", "charge"), message: "Charge" });
    expect(await conclusionOf(head)).toBe("failure");
  });

  test("fewer stay accepted", async () => {
    const { repo, ana, signed, conclusionOf } = await world();
    await signed(places("rates", "taxes", "duties"));
    const head = await ana.push(repo, { branch: "change", changes: places("rates", "taxes"), message: "One call less" });
    expect(await conclusionOf(head)).toBe("neutral");
  });
});

describe("a commit that two share", () => {
  test("is closed when both are closed, whoever wrote its run", async () => {
    const { repo, ana, open, sign, signed, conclusionOf } = await world();
    const first = await signed();
    const twin = await open("twin", "other", first.head, "no plan");
    sign(twin.number);
    expect(await conclusionOf(first.head)).toBe("neutral");
    app.github.holdDeliveries();
    for (const { number } of [twin, first]) await ana.closePullRequest(repo, number);
    app.github.releaseDeliveries();
    expect(await conclusionOf(first.head)).toBe("cancelled");
  });

  test("is blocked again when the signature ended before the other was known to have left", async () => {
    const { repo, ana, open, sign, conclusionOf } = await world();
    const first = await open("change", "main", CAREFUL, "no plan");
    const twin = await open("twin", "other", first.head, SPECIFIC);
    sign(first.number);
    expect(await conclusionOf(first.head)).toBe("neutral");
    await nextSecond();
    const from = app.github.deliveries().length;
    app.github.holdDeliveries();
    await ana.push(repo, { branch: "twin", changes: { "docs/b.md": "b\n" }, message: "Move on" });
    app.github.releaseDeliveries(() => []);
    app.github.holdDeliveries();
    app.github.as("dana").comment(repo, first.number, "/accept-risk withdraw");
    await ana.push(repo, { branch: "change", changes: { "docs/a.md": "a\n" }, message: "Move on too" });
    app.github.releaseDeliveries((held) => held.toReversed());
    await app.idle();
    const late = app.github
      .deliveries()
      .slice(from)
      .find(({ event, action }) => event === "pull_request" && action === "synchronize");
    if (late) app.github.redeliver(late);
    await app.idle();
    expect(app.github.headSha(repo, twin.number)).not.toBe(first.head);
    expect(await conclusionOf(first.head)).toBe("failure");
  });

  test("is not open for one while the other could not be looked at", async () => {
    const { repo, ana, signed } = await world();
    const first = await signed();
    const noFiles = new RegExp(`GET /repos/${repo}/pulls/${first.number + 1}/files`);
    app.github.failNext({ match: noFiles, status: 422, body: { message: "This diff is taking too long to generate." }, times: 1000 });
    await ana.createBranch(repo, "twin", first.head);
    await ana.openPullRequest({ repo, head: "twin", base: "other", title: "Rates", body: "no plan" });
    const newest = () => app.github.checkRuns(repo, first.head).findLast(({ name }) => name === "Backend reliability");
    await expect.poll(() => newest()?.output.title, { timeout: 20_000 }).toMatch(/^Could not review yet/);
    const before = newest()?.completedAt;
    await nextSecond();
    app.github.as("ana").comment(repo, first.number, "/reliability recheck");
    await expect.poll(() => newest()?.completedAt, { timeout: 20_000 }).not.toBe(before);
    expect(newest()?.conclusion).toBe("action_required");
    app.github.forgetFaults();
    await app.idle();
  }, 60_000);
});
