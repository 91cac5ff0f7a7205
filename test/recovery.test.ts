import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readEnvironment } from "../src/environment.ts";
import { type RunningApp, startApp } from "../src/start-app.ts";
import { createLogger } from "../src/telemetry/logger.ts";
import { type LocalApp, startLocalApp } from "./support/app/start-local-app.ts";
import { type PostgresServer, startPostgres } from "./support/database/postgres-server.ts";
import { readStoryFiles } from "./support/demo/story-files.ts";
import { waitUntil } from "./support/wait-until.ts";

// What was missed is found: over HTTP, with rounds of recovery every five seconds.
const EVERY_FIVE_SECONDS = { RECOVERY_INTERVAL_SECONDS: "5" };
const DOCUMENTATION = readStoryFiles("carrier-quotes", "documentation");
const BASE = readStoryFiles("carrier-quotes", "base");
const NOWHERE = "http://127.0.0.1:9";
let opened = 0;

async function openPull(app: LocalApp, owner = "acme") {
  const repo = `${owner}/missed-${(opened += 1)}`;
  await app.github.createRepository({ repo, files: BASE });
  const ana = app.github.as("ana");
  const head = await ana.push(repo, { branch: "change", changes: DOCUMENTATION, message: "Change" });
  const number = await ana.openPullRequest({ repo, head: "change", title: "Say how rates are asked for", body: null });
  return { repo, head, number };
}

const finishedRuns = (app: LocalApp, repo: string, head: string) =>
  app.github.checkRuns(repo, head).filter((run) => run.name === "Backend reliability" && run.status === "completed");

describe("on the embedded database", () => {
  let app: LocalApp;
  beforeAll(async () => {
    app = await startLocalApp({ variables: EVERY_FIVE_SECONDS });
    app.github.createOrganization("acme", { ana: "member" }, "write");
    app.github.installApp("acme");
  });
  afterAll(() => app.stop());
  beforeEach(() => app.idle());

  test("a delivery that failed is asked for again, once", async () => {
    app.github.setWebhookUrl(NOWHERE);
    const { repo, head } = await openPull(app);
    await app.github.settled();
    const failed = app.github.deliveries().filter(({ statusCode, event }) => statusCode === 0 && event === "pull_request");
    expect(failed).toHaveLength(1);
    app.github.setWebhookUrl(`${app.url}/api/github/webhooks`);
    expect((await app.completedRun(repo, head)).conclusion).toBe("success");
    const again = () => app.github.deliveries().filter(({ guid, redelivery }) => redelivery && guid === failed[0]?.guid);
    await waitUntil(() => again().some(({ statusCode }) => statusCode === 202), 15_000);
    // Long enough for one more round.
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(again()).toHaveLength(1);
  }, 60_000);

  test("a pull request that no delivery told of is found and judged, and one that was closed stops being open to us", async () => {
    app.github.holdDeliveries();
    const { repo, head, number } = await openPull(app);
    app.github.releaseDeliveries(() => []);
    // What tells of the repository itself came through.
    const second = await app.github.as("ana").push(repo, { branch: "other", changes: { "notes.md": "x" }, message: "Notes" });
    const known = await app.github.as("ana").openPullRequest({ repo, head: "other", title: "Notes", body: null });
    await app.completedRun(repo, second);
    expect(finishedRuns(app, repo, head)).toEqual([]);
    await waitUntil(() => finishedRuns(app, repo, head).length === 1, 20_000);
    app.github.holdDeliveries();
    await app.github.as("ana").closePullRequest(repo, known);
    await app.github.as("ana").closePullRequest(repo, number);
    app.github.releaseDeliveries(() => []);
    const reads = () => app.github.requests().filter(({ path, kind }) => kind === "installation" && path.includes(repo)).length;
    const before = reads();
    await waitUntil(() => reads() > before, 15_000);
    await app.idle();
    expect(finishedRuns(app, repo, head)).toHaveLength(1);
  }, 60_000);

  test("installing the app judges what is open already", async () => {
    app.github.createOrganization("late", { ana: "member" }, "write");
    const { repo, head } = await openPull(app, "late");
    await app.idle();
    expect(finishedRuns(app, repo, head)).toEqual([]);
    app.github.installApp("late");
    expect((await app.completedRun(repo, head)).conclusion).toBe("success");
  }, 60_000);

  test("a head with its run is left alone by the sweep", async () => {
    const { repo, head } = await openPull(app);
    await app.completedRun(repo, head);
    await app.idle();
    const writes = () => app.github.requests().filter(({ method, path }) => method !== "GET" && path.includes(`${repo}/check-runs`)).length;
    const sweeps = () => app.github.requests().filter(({ path }) => path === "/graphql").length;
    const [wereWrites, wereSweeps] = [writes(), sweeps()];
    await waitUntil(() => sweeps() > wereSweeps, 20_000);
    await app.idle();
    expect(writes()).toBe(wereWrites);
  }, 60_000);
});

describe("on PostgreSQL", () => {
  let server: PostgresServer;
  const running: RunningApp[] = [];
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterEach(async () => {
    for (const app of running.splice(0)) await app.stop();
  });
  afterAll(() => server.stop());

  test("a process of role web takes webhooks, one of role worker does the jobs", async () => {
    const variables = { ...EVERY_FIVE_SECONDS, DATABASE_URL: server.url };
    const web = await startLocalApp({ variables: { ...variables, ROLE: "web" } });
    try {
      web.github.createOrganization("acme", { ana: "member" }, "write");
      web.github.installApp("acme");
      const { repo, head } = await openPull(web);
      await web.github.settled();
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      expect(finishedRuns(web, repo, head)).toEqual([]);
      const worker = await startApp({ ...web.environment, role: "worker" }, createLogger("silent"), {
        pauses: { writePauseMs: 0, notifyingWritePauseMs: 0 },
      });
      running.push(worker);
      expect((await web.completedRun(repo, head)).conclusion).toBe("success");
      expect((await fetch(`${worker.url}/api/github/webhooks`, { method: "POST", body: "{}" })).status).toBe(404);
      expect((await fetch(`${worker.url}/ready`)).status).toBe(200);
    } finally {
      await web.stop();
    }
  }, 60_000);

  test("while the database is away deliveries get 503, and come again when it is back", async () => {
    const lines: string[] = [];
    const log = createLogger("info", { write: (line) => lines.push(line) });
    const app = await startLocalApp({ log, variables: { ...EVERY_FIVE_SECONDS, DATABASE_URL: server.url } });
    try {
      app.github.createOrganization("acme", { ana: "member" }, "write");
      app.github.installApp("acme");
      await app.idle();
      await server.pause();
      const { repo, head } = await openPull(app);
      await app.github.settled();
      const opening = app.github.deliveries().findLast(({ event }) => event === "pull_request");
      expect(opening?.statusCode).toBe(503);
      expect((await fetch(`${app.url}/ready`)).status).toBe(503);
      expect((await fetch(`${app.url}/health`)).status).toBe(200);
      expect(lines.some((line) => line.includes("delivery could not be saved"))).toBe(true);
      expect(lines.filter((line) => line.includes("repos_url") || line.length > 4_000)).toEqual([]);
      await server.resume();
      expect((await app.completedRun(repo, head)).conclusion).toBe("success");
    } finally {
      await app.stop();
    }
  }, 90_000);

  test("a start that fails leaves nothing open", async () => {
    const reading = readEnvironment({
      APP_ID: "1",
      PRIVATE_KEY: "-----BEGIN RSA PRIVATE KEY-----\nno key\n-----END RSA PRIVATE KEY-----",
      WEBHOOK_SECRET: "s",
      DATABASE_URL: server.url,
      HOST: "203.0.113.1",
      PORT: "1",
    });
    if (reading.kind !== "ready") throw new Error("the settings are complete");
    await expect(startApp(reading.environment, createLogger("silent"))).rejects.toThrow();
    const after = await startLocalApp({ variables: { DATABASE_URL: server.url } });
    await after.stop();
  }, 60_000);
});
