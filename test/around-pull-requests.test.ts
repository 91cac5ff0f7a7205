import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalApp, startLocalApp } from "./support/app/start-local-app.ts";
import { readStoryFiles, readStoryText } from "./support/demo/story-files.ts";

// What surrounds a pull request: the merge queue, the policy, and pull requests with the same head. Over HTTP.
let app: LocalApp;
let opened = 0;

beforeAll(async () => {
  app = await startLocalApp();
  app.github.createOrganization("acme", { dana: "admin", ana: "member" }, "write");
  app.github.installApp("acme");
});

afterAll(() => app.stop());

const BASE = readStoryFiles("carrier-quotes", "base");
const CARELESS = readStoryFiles("carrier-quotes", "careless");
const CAREFUL = readStoryFiles("carrier-quotes", "careful");
const SPECIFIC = readStoryText("carrier-quotes", "specific-plan.md");
const POLICY = ".github/backend-reliability.yml";
const FORM = `/accept-risk\nretrofit date: ${new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10)}\nbudget: 1.5 engineer-weeks\naccepted by: @dana\ninterim mitigation: 10 req/min`;

async function newRepository(files: Readonly<Record<string, string>> = BASE): Promise<string> {
  const repo = `acme/around-${(opened += 1)}`;
  await app.github.createRepository({ repo, files });
  return repo;
}

async function openPull(repo: string, changes: Readonly<Record<string, string>>, body: string | null = null, branch = "change") {
  const head = await app.github.as("ana").push(repo, { branch, changes, message: "Change" });
  const number = await app.github.as("ana").openPullRequest({ repo, head: branch, title: "Ask the carrier for rates", body });
  await app.idle();
  return { repo, number, head };
}

const conclusionOf = async (repo: string, head: string) => {
  await app.idle();
  return (await app.completedRun(repo, head)).conclusion;
};

describe("the merge queue", () => {
  test("gets the verdict of its pull request, and says from where", async () => {
    const repo = await newRepository();
    const pull = await openPull(repo, CAREFUL, SPECIFIC);
    const group = await app.github.as("dana").joinMergeQueue(repo, pull.number);
    await app.idle();
    const run = await app.completedRun(repo, group.headSha);
    expect(run).toMatchObject({ conclusion: "success" });
    expect(run.output.summary).toContain(`pull request ${pull.number} at \`${pull.head.slice(0, 7)}\``);
  });

  test("lets an accepted risk through as neutral, and nothing whose signature was taken away meanwhile", async () => {
    const repo = await newRepository();
    const pull = await openPull(repo, CARELESS);
    expect(await conclusionOf(repo, pull.head)).toBe("failure");
    const form = app.github.as("dana").comment(repo, pull.number, FORM);
    expect(await conclusionOf(repo, pull.head)).toBe("neutral");
    const accepted = await app.github.as("dana").joinMergeQueue(repo, pull.number);
    expect(await conclusionOf(repo, accepted.headSha)).toBe("neutral");
    app.github.holdDeliveries();
    app.github.as("dana").deleteComment(repo, form);
    app.github.releaseDeliveries(() => []);
    await app.github.as("ana").push(repo, { branch: "main", changes: { "docs/a.md": "a\n" }, message: "Note" });
    const revoked = await app.github.as("dana").joinMergeQueue(repo, pull.number);
    expect(await conclusionOf(repo, revoked.headSha)).toBe("failure");
  });

  test("gets no green for a pull request that is closed", async () => {
    const repo = await newRepository();
    const pull = await openPull(repo, CAREFUL, SPECIFIC);
    app.github.holdDeliveries();
    const group = await app.github.as("dana").joinMergeQueue(repo, pull.number);
    await app.github.as("ana").closePullRequest(repo, pull.number);
    app.github.releaseDeliveries();
    expect(await conclusionOf(repo, group.headSha)).toBe("action_required");
  });
});

describe("the policy", () => {
  test("that a pull request proposes is checked on its lines, and is not in force", async () => {
    const repo = await newRepository();
    const pull = await openPull(repo, { ...CARELESS, [POLICY]: "mode: observe\nhorizon-dayz: 30\n" });
    const run = await app.completedRun(repo, pull.head, { name: "Backend reliability policy" });
    expect(run).toMatchObject({ conclusion: "failure", output: { title: "The policy file has 1 mistake" } });
    expect(run.annotations).toMatchObject([{ path: POLICY, start_line: 2 }]);
    expect(await conclusionOf(repo, pull.head)).toBe("failure");
    const repaired = await app.github
      .as("ana")
      .push(repo, { branch: "change", changes: { [POLICY]: "mode: observe\n" }, message: "Repair" });
    await app.idle();
    expect((await app.completedRun(repo, repaired, { name: "Backend reliability policy" })).conclusion).toBe("success");
  });

  test("of another default branch applies as soon as that is the default", async () => {
    const repo = await newRepository();
    const pull = await openPull(repo, CARELESS);
    expect(await conclusionOf(repo, pull.head)).toBe("failure");
    await app.github.as("dana").push(repo, { branch: "trunk", changes: { [POLICY]: "mode: observe\n" }, message: "Policy" });
    expect(await conclusionOf(repo, pull.head)).toBe("failure");
    app.github.administer("dana").setDefaultBranch(repo, "trunk");
    expect(await conclusionOf(repo, pull.head)).toBe("neutral");
  });

  test("applies to what is open once it is merged, and its last good version stays when it breaks", async () => {
    const repo = await newRepository();
    const pull = await openPull(repo, CARELESS);
    expect(await conclusionOf(repo, pull.head)).toBe("failure");
    const main = (text: string) => app.github.as("dana").push(repo, { branch: "main", changes: { [POLICY]: text }, message: "Policy" });
    await main("mode: observe\n");
    expect(await conclusionOf(repo, pull.head)).toBe("neutral");
    await main("mode: obsrve\n");
    await app.idle();
    const run = await app.completedRun(repo, pull.head);
    expect(run.conclusion).toBe("neutral");
    expect(run.output.summary).toContain("the last version without mistakes");
    expect(run.output.summary).toContain("obsrve");
  });
});

test("a commit that two pull requests share is judged again when one moves away", async () => {
  const repo = await newRepository();
  const ana = app.github.as("ana");
  await ana.createBranch(repo, "other", "main");
  const good = await openPull(repo, CAREFUL, SPECIFIC);
  await ana.createBranch(repo, "twin", good.head);
  await ana.openPullRequest({ repo, head: "twin", base: "other", title: "Rates", body: "no plan" });
  expect(await conclusionOf(repo, good.head)).toBe("failure");
  await ana.push(repo, { branch: "twin", changes: { "docs/a.md": "a\n" }, message: "Move on" });
  expect(await conclusionOf(repo, good.head)).toBe("success");
});

test("a commit that three accepted pull requests share shows what each of them lacks, and comes to rest", async () => {
  const repo = await newRepository();
  const ana = app.github.as("ana");
  const pull = await openPull(repo, CARELESS);
  const numbers = [pull.number];
  for (const name of ["twin", "triplet"]) {
    await ana.createBranch(repo, `into-${name}`, "main");
    await ana.createBranch(repo, name, pull.head);
    numbers.push(await ana.openPullRequest({ repo, head: name, base: `into-${name}`, title: "Rates", body: "no plan" }));
  }
  expect(await conclusionOf(repo, pull.head)).toBe("failure");
  const { output } = await app.completedRun(repo, pull.head);
  for (const other of numbers.slice(1)) expect(output.summary).toMatch(new RegExp(`Pull request ${other}: blocked\\.\\n {2}- `));
  for (const number of numbers) app.github.as("dana").comment(repo, number, FORM);
  expect(await conclusionOf(repo, pull.head)).toBe("neutral");
  app.github.as("dana").comment(repo, numbers[1] ?? 0, "/accept-risk withdraw");
  expect(await conclusionOf(repo, pull.head)).toBe("failure");
});

describe("a pull request that is closed without merging", () => {
  test("leaves no green behind for whoever proposes the same commit, and has its verdict back when it is reopened", async () => {
    const repo = await newRepository();
    const pull = await openPull(repo, CAREFUL, SPECIFIC);
    expect(await conclusionOf(repo, pull.head)).toBe("success");
    await app.github.as("ana").closePullRequest(repo, pull.number);
    await app.idle();
    const run = await app.completedRun(repo, pull.head);
    expect(run).toMatchObject({ conclusion: "cancelled", output: { title: expect.stringContaining(`#${pull.number} was closed`) } });
    await app.github.as("ana").reopenPullRequest(repo, pull.number);
    expect(await conclusionOf(repo, pull.head)).toBe("success");
  });

  test("keeps its accepted risk for when it is reopened, on no commit of it until then", async () => {
    const repo = await newRepository();
    const pull = await openPull(repo, CARELESS);
    app.github.as("dana").comment(repo, pull.number, FORM);
    expect(await conclusionOf(repo, pull.head)).toBe("neutral");
    const next = await app.github.as("ana").push(repo, { branch: "change", changes: { "docs/a.md": "a\n" }, message: "Note" });
    expect(await conclusionOf(repo, next)).toBe("neutral");
    await app.github.as("ana").closePullRequest(repo, pull.number);
    expect([await conclusionOf(repo, pull.head), await conclusionOf(repo, next)]).toEqual(["cancelled", "cancelled"]);
    await app.github.as("ana").reopenPullRequest(repo, pull.number);
    expect(await conclusionOf(repo, next)).toBe("neutral");
  });

  test("leaves a commit that another open one has to that one's verdict", async () => {
    const repo = await newRepository();
    const ana = app.github.as("ana");
    await ana.createBranch(repo, "other", "main");
    const pull = await openPull(repo, CAREFUL, SPECIFIC);
    await ana.createBranch(repo, "twin", pull.head);
    await ana.openPullRequest({ repo, head: "twin", base: "other", title: "Rates", body: SPECIFIC });
    expect(await conclusionOf(repo, pull.head)).toBe("success");
    await ana.closePullRequest(repo, pull.number);
    expect(await conclusionOf(repo, pull.head)).toBe("success");
  });

  test("answers a command, and a withdrawal on it counts once it is open again", async () => {
    const repo = await newRepository();
    const pull = await openPull(repo, CARELESS);
    app.github.as("dana").comment(repo, pull.number, FORM);
    expect(await conclusionOf(repo, pull.head)).toBe("neutral");
    await app.github.as("ana").closePullRequest(repo, pull.number);
    await app.idle();
    const asked = app.github.as("ana").comment(repo, pull.number, "/accept-risk status");
    const withdrawn = app.github.as("dana").comment(repo, pull.number, "/accept-risk withdraw");
    await app.idle();
    const answerTo = (id: number) =>
      app.github.comments(repo, pull.number).find(({ body }) => body.includes(`answer to issue_comment ${id} -->`))?.body;
    expect(answerTo(asked)).toContain("This pull request is closed");
    expect(answerTo(withdrawn)).toContain("The withdrawal is kept");
    await app.github.as("ana").reopenPullRequest(repo, pull.number);
    expect(await conclusionOf(repo, pull.head)).toBe("failure");
  });
});

describe("a plan by which another pull request was merged", () => {
  const OTHER = { "src/routes/parcels.ts": CAREFUL["src/routes/quotes.ts"] ?? "", "src/lib/parcels.ts": "export const PARCELS = 1;\n" };

  test("earns no second one for a change of other files, and the author is told whose it is", async () => {
    const repo = await newRepository();
    const first = await openPull(repo, CAREFUL, SPECIFIC);
    expect(await conclusionOf(repo, first.head)).toBe("success");
    const early = await openPull(repo, { "src/routes/early.ts": OTHER["src/routes/parcels.ts"] ?? "" }, SPECIFIC, "early");
    expect(await conclusionOf(repo, early.head)).toBe("success");
    expect((await app.github.as("dana").merge(repo, first.number)).status).toBe(200);
    await app.idle();
    const second = await openPull(repo, OTHER, SPECIFIC, "second");
    expect(await conclusionOf(repo, second.head)).toBe("failure");
    expect((await app.completedRun(repo, second.head)).output.text).toContain("stands word for word in the plan of #");
  });

  test("earns it where the first was closed without merging", async () => {
    const repo = await newRepository();
    const first = await openPull(repo, CAREFUL, SPECIFIC);
    await app.github.as("ana").closePullRequest(repo, first.number);
    await app.idle();
    const again = await openPull(repo, { ...CAREFUL, "docs/a.md": "a\n" }, SPECIFIC, "again");
    expect(await conclusionOf(repo, again.head)).toBe("success");
  });
});
