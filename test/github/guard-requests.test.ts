import { afterEach, beforeAll, afterAll, describe, expect, test } from "vitest";
import { readEnvironment } from "../../src/environment.ts";
import type { GitHubClient } from "../../src/github/client.ts";
import { clientsOf, createGitHubApp } from "../../src/github/create-probot.ts";
import { RateLimited } from "../../src/github/faults.ts";
import { createGitHubLink } from "../../src/github/github-link.ts";
import { withPriority } from "../../src/github/request-priority.ts";
import { createLogger } from "../../src/telemetry/logger.ts";
import type { LocalGitHub } from "../support/github/local-github.ts";
import { startGitHub } from "../support/github/start-github.ts";

const PLACE = { owner: "acme", repo: "api" };
let github: LocalGitHub;
let installationId: number;
let before = 0;

beforeAll(async () => {
  github = await startGitHub();
  github.createOrganization("acme", { ana: "admin" });
  await github.createRepository({ repo: "acme/api" });
  installationId = github.installApp("acme").id;
});
afterEach(() => github.forgetFaults());
afterAll(() => github.close());

/** A client whose limits, pace and caches are its own. */
async function newClient(): Promise<GitHubClient> {
  const reading = readEnvironment({
    APP_ID: String(github.app.id),
    PRIVATE_KEY: github.app.privateKey,
    WEBHOOK_SECRET: "s",
    GITHUB_API_URL: github.url,
  });
  if (reading.kind !== "ready") throw new Error(JSON.stringify(reading));
  const link = createGitHubLink({ apiUrl: github.url, timeoutMs: 1000 });
  const probot = createGitHubApp(reading.environment, createLogger("silent"), { link, writePauseMs: 0, notifyingWritePauseMs: 0 });
  await probot.ready();
  const client = await clientsOf(probot)(installationId);
  await client.request("GET /repos/{owner}/{repo}/branches", PLACE);
  before = github.requests().length;
  return client;
}

const readRepository = (client: GitHubClient) => client.request("GET /repos/{owner}/{repo}", PLACE);
const openIssue = (client: GitHubClient) => client.request("POST /repos/{owner}/{repo}/issues", { ...PLACE, title: "Once" });
const asked = () =>
  github
    .requests()
    .slice(before)
    .map(({ method, status }) => `${method} ${status}`);

describe("a fault", () => {
  test.each([502, 503, 504, 500])("%i is tried again where twice is the same as once", async (status) => {
    const client = await newClient();
    github.failNext({ match: "GET /repos/acme/api", status, times: 2 });
    expect((await readRepository(client)).status).toBe(200);
    expect(asked()).toEqual([`GET ${status}`, `GET ${status}`, "GET 200"]);
  });

  test("is passed on after three tries", async () => {
    const client = await newClient();
    github.failNext({ match: "GET /repos/acme/api", status: 502, times: 9 });
    await expect(readRepository(client)).rejects.toMatchObject({ status: 502 });
    expect(asked()).toHaveLength(3);
  });

  test("of a write is not tried again: it may have been carried out", async () => {
    const client = await newClient();
    github.failNext({ match: "POST /repos/acme/api/issues", status: 502 });
    await expect(openIssue(client)).rejects.toMatchObject({ status: 502 });
    expect(asked()).toEqual(["POST 502"]);
  });

  test("of a question is tried again", async () => {
    const client = await newClient();
    github.failNext({ match: "POST /graphql", status: 502 });
    expect(await client.graphql("query { viewer { login } }")).toMatchObject({ viewer: { login: expect.any(String) } });
    expect(asked()).toEqual(["POST 502", "POST 200"]);
  });

  test("that is an answer too late is tried again", async () => {
    const client = await newClient();
    github.failNext({ match: "GET /repos/acme/api", delayMs: 1500 });
    expect((await readRepository(client)).status).toBe(200);
    // The late one is over before the next story begins to count.
    await expect.poll(asked, { timeout: 20_000 }).toHaveLength(2);
  });

  test.each([404, 422, 403])("%i is an answer, not a fault", async (status) => {
    const client = await newClient();
    github.failNext({ match: "GET /repos/acme/api", status, body: { message: "Resource not accessible by integration" } });
    await expect(readRepository(client)).rejects.toMatchObject({ status });
    expect(asked()).toHaveLength(1);
  });
});

describe("a limit", () => {
  test("that ends soon is waited for, by writes too: what was refused was not done", async () => {
    const client = await newClient();
    github.failNext({ match: "POST /repos/acme/api/issues", status: 429, headers: { "retry-after": "1" } });
    const startedAt = performance.now();
    expect((await openIssue(client)).status).toBe(201);
    expect(performance.now() - startedAt).toBeGreaterThan(900);
    expect(asked()).toEqual(["POST 429", "POST 201"]);
  });

  test("that ends later is not waited for, and nothing more is asked before", async () => {
    const client = await newClient();
    const message = "You have exceeded a secondary rate limit.";
    github.failNext({ match: "GET /repos/acme/api", status: 403, headers: { "retry-after": "60" }, body: { message } });
    await expect(readRepository(client)).rejects.toThrow(RateLimited);
    await expect(openIssue(client)).rejects.toThrow(RateLimited);
    await expect(client.graphql("query { viewer { login } }")).rejects.toThrow(RateLimited);
    expect(asked()).toEqual(["GET 403"]);
  });

  test("that is near holds back what nobody waits for, and lets people through", async () => {
    const client = await newClient();
    const headers = { "x-ratelimit-limit": "5000", "x-ratelimit-remaining": "900", "x-ratelimit-resource": "core" };
    github.failNext({ match: "GET /repos/acme/api", delayMs: 0, headers });
    await readRepository(client);
    await expect(withPriority("backfill", () => openIssue(client))).rejects.toThrow(RateLimited);
    expect((await openIssue(client)).status).toBe(201);
  });

  test("of GraphQL is told in an answer of status 200, and REST goes on", async () => {
    const client = await newClient();
    const body = { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] };
    github.failNext({ match: "POST /graphql", status: 200, body });
    await expect(client.graphql("query { viewer { login } }")).rejects.toMatchObject({ name: "RateLimited", resource: "graphql" });
    expect((await readRepository(client)).status).toBe(200);
  });
});

test("an answer that did not change is not sent again", async () => {
  const client = await newClient();
  const first = await readRepository(client);
  const second = await readRepository(client);
  expect(asked()).toEqual(["GET 200", "GET 304"]);
  expect(second.data).toEqual(first.data);
  expect(second.status).toBe(200);
});

test("a token that GitHub no longer takes is replaced, for a write too", async () => {
  const client = await newClient();
  github.expireTokens();
  expect((await openIssue(client)).status).toBe(201);
  expect(asked()).toContain("POST 401");
  // One token, one issue.
  expect(asked().filter((line) => line === "POST 201")).toHaveLength(2);
});

test("a page's link to another host leads nowhere", async () => {
  const client = await newClient();
  await expect(client.request("GET https://evil.example/repos/acme/api/issues?page=2")).rejects.toThrow("refused to ask");
});
