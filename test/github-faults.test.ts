import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { CHECK_NAME, type LocalApp, startLocalApp } from "./support/app/start-local-app.ts";
import type { Fault } from "./support/github/traffic.ts";
import { waitUntil } from "./support/wait-until.ts";

// What each of GitHub's faults does to the author of a pull request: the check and the comment come, once.
const ROUTE =
  'import express from "express";\nexport const app = express();\napp.get("/things", (_request, response) => response.json([]));\n';
const LINK = { timeoutMs: 1500, leftAlone: { initialDelay: 300, maxDelay: 1000 } };

let app: LocalApp;
let repositories = 0;

beforeAll(async () => {
  app = await startLocalApp({ link: LINK });
  app.github.createOrganization("acme", { ana: "member", dana: "admin", eli: "admin" }, "write");
  app.github.installApp("acme");
});
afterEach(() => app.github.forgetFaults());
afterAll(() => app.stop());

async function newBranch() {
  repositories += 1;
  const repo = `acme/faults-${repositories}`;
  await app.github.createRepository({ repo });
  const head = await app.github.as("ana").push(repo, { branch: "change", changes: { "src/routes/things.ts": ROUTE }, message: "Add" });
  await app.idle();
  return { repo, head };
}

const open = (repo: string) => app.github.as("ana").openPullRequest({ repo, head: "change", title: "Add things", body: "No plan." });
const runsOf = (repo: string, head: string) => app.github.checkRuns(repo, head).filter((run) => run.name === CHECK_NAME);
const ready = async () => (await (await fetch(`${app.url}/ready`)).json()) as { status: string }; // as docs/operating.md shows it
const metrics = async () => (await fetch(`${app.url}/metrics`)).text();

const SECONDARY = { message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again." };
const FAULTS: readonly (readonly [string, Fault])[] = [
  ["a 502 while the pull request is read", { match: "POST /graphql", status: 502 }],
  ["a 503 while files are read", { match: "/files", status: 503, times: 2 }],
  ["an answer that never comes", { match: "/files", delayMs: 2500 }],
  ["a refused GraphQL", { match: "POST /graphql", status: 403, times: 9 }],
  ["a secondary rate limit", { match: "/files", status: 403, headers: { "retry-after": "1" }, body: SECONDARY }],
  ["a secondary rate limit on the check", { match: /POST .*check-runs/, status: 429, headers: { "retry-after": "1" }, body: SECONDARY }],
  ["a check that was created although its answer was lost", { match: /POST .*check-runs/, loseAnswer: true }],
  ["a check that was created although its answer came too late", { match: /POST .*check-runs/, answerDelayMs: 2500 }],
  ["a comment that was created although its answer was lost", { match: /POST .*comments/, loseAnswer: true }],
  ["a commit that GitHub does not find yet", { match: /POST .*check-runs/, status: 422, body: { message: "No commit found for SHA: 1" } }],
];

describe("the verdict comes once", () => {
  test.each(FAULTS)("after %s", { timeout: 90_000 }, async (_what, fault) => {
    const { repo, head } = await newBranch();
    app.github.failNext(fault);
    const number = await open(repo);
    await app.completedRun(repo, head, { until: (run) => run.conclusion === "failure" });
    await app.idle();
    expect(runsOf(repo, head).map((run) => run.conclusion)).toEqual(["failure"]);
    expect(app.github.comments(repo, number)).toHaveLength(1);
  });

  test("after the app's tokens were taken back", { timeout: 90_000 }, async () => {
    const { repo, head } = await newBranch();
    app.github.expireTokens();
    await open(repo);
    expect((await app.completedRun(repo, head)).conclusion).toBe("failure");
  });
});

test("after an uninstall nothing is asked for long, and no job is left", { timeout: 90_000 }, async () => {
  app.github.createOrganization("leaver", { ana: "admin" });
  const repo = "leaver/api";
  await app.github.createRepository({ repo });
  const installation = app.github.installApp("leaver");
  const head = await app.github.as("ana").push(repo, { branch: "change", changes: { "src/routes/things.ts": ROUTE }, message: "Add" });
  await app.idle();
  app.github.holdDeliveries();
  await open(repo);
  app.github.uninstallApp(installation);
  // The pull request's delivery comes alone: that the app is gone is learned from GitHub's answers.
  app.github.releaseDeliveries((held) => held.filter((delivery) => delivery.event === "pull_request"));
  await app.idle();
  expect(runsOf(repo, head)).toEqual([]);
  expect(await metrics()).toMatch(/^backend_reliability_jobs\{state="dead"\} 0$/m);
});

test("while GitHub is down verdicts wait, /ready and /metrics say so, and they are posted later", { timeout: 120_000 }, async () => {
  const branches = [await newBranch(), await newBranch(), await newBranch()];
  app.github.failNext({ match: /./, status: 503, chance: 1 });
  for (const { repo } of branches) await open(repo);
  await waitUntil(async () => (await ready()).status === "degraded", 60_000);
  expect(await ready()).toMatchObject({ database: "ok", queue: "ok", github: "no answer: verdicts wait" });
  expect((await fetch(`${app.url}/ready`)).status).toBe(200);
  expect(await metrics()).toMatch(/^backend_reliability_github_breaker_open 1$/m);
  expect(await metrics()).toMatch(/^backend_reliability_github_requests_total\{status="503"\} \d+$/m);
  for (const { repo, head } of branches) expect(runsOf(repo, head)).toEqual([]);
  app.github.forgetFaults();
  for (const { repo, head } of branches) await app.completedRun(repo, head, { until: (run) => run.conclusion === "failure" });
  await app.idle();
  for (const { repo, head } of branches) expect(runsOf(repo, head)).toHaveLength(1);
  expect(await ready()).toMatchObject({ status: "ready", github: "ok" });
  expect(await metrics()).toMatch(/^backend_reliability_github_breaker_open 0$/m);
});

test("a storm of events about one pull request is a few reviews", { timeout: 90_000 }, async () => {
  const { repo, head } = await newBranch();
  const number = await open(repo);
  const run = await app.completedRun(repo, head);
  await app.idle();
  const before = app.github.requests().length;
  const ana = app.github.as("ana");
  app.github.holdDeliveries();
  for (let index = 0; index < 20; index++) {
    ana.rerunCheck(repo, run.id);
    await ana.editPullRequest(repo, number, { body: `No plan, ${index}.` });
  }
  app.github.releaseDeliveries();
  await app.idle();
  const reads = app.github
    .requests()
    .slice(before)
    .filter(({ path }) => path.includes(`/pulls/${number}/files`));
  // One that ran when the storm came, one that waited for it to end, and no more than a few between.
  expect(reads.length).toBeGreaterThan(0);
  expect(reads.length).toBeLessThanOrEqual(8);
});
