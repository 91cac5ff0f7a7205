import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalApp, startLocalApp } from "./support/app/start-local-app.ts";
import { readStoryFiles, readStoryText } from "./support/demo/story-files.ts";

// The whole road over HTTP: a signed webhook comes in, a check run goes out.
let app: LocalApp;
let opened = 0;

beforeAll(async () => {
  app = await startLocalApp();
  app.github.createOrganization("acme", { dana: "admin", ana: "member", ben: "member" }, "write");
  app.github.installApp("acme");
});

afterAll(() => app.stop());

const CARELESS = readStoryFiles("carrier-quotes", "careless");
const CAREFUL = readStoryFiles("carrier-quotes", "careful");
const DOCUMENTATION = readStoryFiles("carrier-quotes", "documentation");
const SPECIFIC = readStoryText("carrier-quotes", "specific-plan.md");

async function openPull(
  changes: Readonly<Record<string, string>>,
  body: string | null,
  more: { draft?: boolean; fork?: boolean; author?: string } = {},
) {
  const repo = `acme/parcels-${(opened += 1)}`;
  await app.github.createRepository({ repo, files: readStoryFiles("carrier-quotes", "base") });
  const author = more.author === undefined ? app.github.as("ana") : app.github.createUser(more.author);
  if (more.author !== undefined) app.github.setRole(repo, more.author, "write");
  const headRepo = more.fork ? author.fork(repo) : repo;
  const head = await author.push(headRepo, { branch: "change", changes, message: "Change" });
  const number = await author.openPullRequest({
    repo,
    head: "change",
    title: "Ask the carrier for rates",
    body,
    ...(more.draft ? { draft: true } : {}),
    ...(more.fork ? { headRepo } : {}),
  });
  return { repo, number, head, author };
}

describe("every head gets its verdict", () => {
  test.each([
    ["a backend pull request without a plan", CARELESS, null, {}, "failure", /^\d\/8/],
    ["a documentation pull request", DOCUMENTATION, null, {}, "success", /^Not a backend change/],
    ["a draft", CARELESS, null, { draft: true }, "failure", /^\d\/8/],
    ["a pull request from a fork", CARELESS, null, { fork: true }, "failure", /^\d\/8/],
    ["a bot's pull request", CARELESS, null, { author: "renovate[bot]" }, "failure", /^\d\/8/],
    ["a good plan with code that keeps it", CAREFUL, SPECIFIC, {}, "success", /^8\/8|^7\/8/],
  ] as const)("%s", async (_name, changes, body, more, conclusion, title) => {
    const { repo, head } = await openPull(changes, body, more);
    const run = await app.completedRun(repo, head);
    expect({ conclusion: run.conclusion, title: run.output.title }).toEqual({ conclusion, title: expect.stringMatching(title) });
  });
});

describe("a pull request that lives", () => {
  test("is judged again on its new head, and on its edited description", async () => {
    const { repo, number, head, author } = await openPull(CARELESS, null);
    expect((await app.completedRun(repo, head)).conclusion).toBe("failure");
    const pushed = await author.push(repo, { branch: "change", changes: CAREFUL, message: "Repair" });
    expect((await app.completedRun(repo, pushed)).conclusion).toBe("failure");
    await app.idle();
    await author.editPullRequest(repo, number, { body: SPECIFIC });
    expect((await app.completedRun(repo, pushed, { until: (run) => run.conclusion === "success" })).output.title).toMatch(/^[78]\/8/);
  });

  test("keeps one comment, edited in place, and none where a person deleted it", async () => {
    const { repo, number, head, author } = await openPull(CARELESS, null);
    await app.completedRun(repo, head);
    await app.idle();
    await author.editPullRequest(repo, number, { body: "We add retries later." });
    await app.idle();
    const own = app.github.comments(repo, number).filter((comment) => comment.viaApp !== null);
    expect(own.map((comment) => comment.body)).toEqual([expect.stringContaining("Cannot defer")]);
    app.github.as("dana").deleteComment(repo, own[0]?.id ?? 0);
    await author.editPullRequest(repo, number, { body: "We add timeouts later." });
    await app.idle();
    expect(app.github.comments(repo, number)).toEqual([]);
  });

  test("that is silent gets no comment", async () => {
    const { repo, number, head } = await openPull(DOCUMENTATION, null);
    await app.completedRun(repo, head);
    await app.idle();
    expect(app.github.comments(repo, number)).toEqual([]);
  });

  test.each([
    ["of its own", {}],
    ["of a fork's", { fork: true }],
  ])("answers its three buttons: re-check, plan skeleton, risk form; on a branch %s", async (_whose, from) => {
    const { repo, number, head } = await openPull(CARELESS, null, from);
    const run = await app.completedRun(repo, head);
    await app.idle();
    expect(run.actions.map((action) => action.identifier)).toEqual(["recheck", "plan-skeleton", "risk-form"]);
    const before = app.github.requests().length;
    app.github.as("dana").pressButton(repo, run.id, "recheck");
    await app.idle();
    expect(
      app.github
        .requests()
        .slice(before)
        .some((request) => request.method !== "GET" && request.path.includes("/check-runs")),
    ).toBe(true);
    app.github.as("dana").pressButton(repo, run.id, "plan-skeleton");
    await app.idle();
    app.github.as("dana").pressButton(repo, run.id, "risk-form");
    await app.idle();
    const bodies = app.github.comments(repo, number).map((comment) => comment.body);
    expect(bodies).toEqual([expect.any(String), expect.stringContaining("src/routes/quotes.ts"), expect.stringContaining("/accept-risk")]);
  });

  test("is judged again when its check or its suite is re-run, also from a fork", async () => {
    const { repo, head } = await openPull(CARELESS, null, { fork: true });
    const run = await app.completedRun(repo, head);
    await app.idle();
    const writes = () =>
      app.github.requests().filter((request) => request.method !== "GET" && request.path.includes(`${repo}/check-runs`)).length;
    const before = writes();
    app.github.as("dana").rerunCheck(repo, run.id);
    await app.idle();
    const between = writes();
    expect(between).toBeGreaterThan(before);
    await app.github.as("dana").rerunAllChecks(repo, head);
    await app.idle();
    expect(writes()).toBeGreaterThan(between);
  });
});

describe("one head, two pull requests", () => {
  test("carries the worst verdict, until the worse one is closed", async () => {
    const repo = `acme/parcels-${(opened += 1)}`;
    await app.github.createRepository({ repo, files: readStoryFiles("carrier-quotes", "base") });
    const ana = app.github.as("ana");
    await ana.createBranch(repo, "throwaway", "main");
    const head = await ana.push(repo, { branch: "change", changes: CAREFUL, message: "Change" });
    await ana.openPullRequest({ repo, head: "change", title: "Rates", body: SPECIFIC });
    expect((await app.completedRun(repo, head)).conclusion).toBe("success");
    await app.idle();
    const second = await ana.openPullRequest({ repo, head: "change", base: "throwaway", title: "Rates", body: "no plan" });
    const worst = await app.completedRun(repo, head, { until: (run) => run.conclusion === "failure" });
    expect(worst.output.summary).toContain("#");
    await app.idle();
    await ana.closePullRequest(repo, second);
    expect((await app.completedRun(repo, head, { until: (run) => run.conclusion === "success" })).conclusion).toBe("success");
  });
});

describe("a fault of ours", () => {
  test("is never green: the head says that we could not look, and gets its verdict when we can", async () => {
    app.github.failNext({ match: /GET .*\/pulls\/\d+\/files/, status: 403 });
    const { repo, head } = await openPull(DOCUMENTATION, null);
    const fault = await app.completedRun(repo, head);
    expect(fault).toMatchObject({ conclusion: "action_required", output: { title: expect.stringContaining("Could not review yet") } });
    expect((await app.completedRun(repo, head, { until: (run) => run.conclusion === "success" })).output.title).toMatch(
      /^Not a backend change/,
    );
  }, 60_000);
});

describe("the webhook's door", () => {
  const body = JSON.stringify({ action: "opened" });
  const sign = (text: string, secret: string) => `sha256=${createHmac("sha256", secret).update(text).digest("hex")}`;
  const post = (headers: Record<string, string>, text = body) =>
    fetch(`${app.url}/api/github/webhooks`, {
      method: "POST",
      body: text,
      headers: { "content-type": "application/json", "x-github-delivery": "d-1", "x-github-event": "pull_request", ...headers },
    });

  test.each([
    ["no signature", {}, 401],
    ["a signature by another secret", { "x-hub-signature-256": sign(body, "guess") }, 401],
    ["no event name", { "x-github-event": "" }, 400],
  ])("refuses %s", async (_name, headers, status) => {
    expect((await post(headers)).status).toBe(status);
  });

  test("takes what is signed, and a delivery that we do not act on is no error", async () => {
    expect((await post({ "x-hub-signature-256": sign(body, app.github.app.webhookSecret) })).status).toBe(202);
  });

  test("refuses a signed body that is no JSON object", async () => {
    expect((await post({ "x-hub-signature-256": sign("[1]", app.github.app.webhookSecret) }, "[1]")).status).toBe(400);
  });

  test("refuses a body over 25 MB", async () => {
    const large = "x".repeat(25 * 1024 * 1024 + 1);
    expect((await post({}, large)).status).toBe(413);
  });

  test("answers health and readiness", async () => {
    expect(await (await fetch(`${app.url}/health`)).json()).toMatchObject({ status: "ok" });
    const ready = await fetch(`${app.url}/ready`);
    expect({ status: ready.status, body: await ready.json() }).toMatchObject({
      status: 200,
      body: { status: "ready", database: "ok", queue: "ok" },
    });
  });
});
