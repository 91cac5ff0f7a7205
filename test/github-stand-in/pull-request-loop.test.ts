import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { verify } from "@octokit/webhooks-methods";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startGitHub } from "../support/github/start-github.ts";
import type { LocalGitHub } from "../support/github/local-github.ts";

const REPO = "acme/orders";
const IN_REPO = { owner: "acme", repo: "orders" };

interface Received {
  readonly event: string;
  readonly delivery: string;
  readonly body: string;
  readonly signature: string;
}

let github: LocalGitHub;
let app: Octokit;
let received: Received[];
let stopListener: () => void;

beforeEach(async () => {
  received = [];
  const listener = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const header = (name: string) => String(request.headers[name]);
      received.push({
        event: header("x-github-event"),
        delivery: header("x-github-delivery"),
        body,
        signature: header("x-hub-signature-256"),
      });
      response.writeHead(202).end("queued");
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  stopListener = () => listener.close();
  // An AddressInfo because the server listens on TCP.
  const { port } = listener.address() as AddressInfo;

  github = await startGitHub({ webhookUrl: `http://127.0.0.1:${port}/webhooks` });
  github.createOrganization("acme", { olga: "admin" });
  await github.createRepository({ repo: REPO, files: { "src/app.ts": "one\ntwo\nthree\n" }, roles: { wendy: "write", rita: "read" } });
  const installation = github.installApp("acme");
  app = new Octokit({
    baseUrl: github.url,
    authStrategy: createAppAuth,
    auth: { appId: github.app.id, privateKey: github.app.privateKey, installationId: installation.id },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
});

afterEach(async () => {
  await github.close();
  stopListener();
});

async function openPull(): Promise<{ number: number; sha: string }> {
  const wendy = github.as("wendy");
  const sha = await wendy.push(REPO, {
    branch: "retry",
    changes: { "src/app.ts": "one\n2\nthree\n", "src/new.ts": "new\n" },
    message: "Retry",
  });
  return { number: await wendy.openPullRequest({ repo: REPO, head: "retry", title: "Retry", body: "plan" }), sha };
}

const events = () => received.map(({ event, body }) => `${event}.${String(JSON.parse(body).action)}`);

it("carries a pull request from its opening to the merge that the required check allows", async () => {
  github.protectBranch(REPO, "main", [{ context: "Backend reliability", appId: github.app.id }]);
  const { number, sha } = await openPull();

  const { data: pull } = await app.pulls.get({ ...IN_REPO, pull_number: number });
  expect(pull).toMatchObject({ head: { sha }, base: { ref: "main" }, changed_files: 2, commits: 1, mergeable_state: "blocked" });
  const { data: files } = await app.pulls.listFiles({ ...IN_REPO, pull_number: number });
  expect(files.map(({ filename, status, patch }) => ({ filename, status, patch }))).toEqual([
    { filename: "src/app.ts", status: "modified", patch: "@@ -1,3 +1,3 @@\n one\n-two\n+2\n three" },
    { filename: "src/new.ts", status: "added", patch: "@@ -0,0 +1 @@\n+new" },
  ]);
  expect(await github.as("wendy").merge(REPO, number)).toMatchObject({
    status: 405,
    message: 'Required status check "Backend reliability" is expected.',
  });

  const output = { title: "2/8", summary: "no" };
  const { data: run } = await app.checks.create({ ...IN_REPO, name: "Backend reliability", head_sha: sha, conclusion: "failure", output });
  expect((await github.as("wendy").merge(REPO, number)).status).toBe(405);
  await app.checks.update({ ...IN_REPO, check_run_id: run.id, conclusion: "success", output: { title: "8/8", summary: "yes" } });
  expect((await github.as("rita").merge(REPO, number)).status).toBe(403);
  expect(await github.as("wendy").merge(REPO, number)).toMatchObject({ status: 200 });
  expect((await app.pulls.get({ ...IN_REPO, pull_number: number })).data).toMatchObject({
    merged: true,
    state: "closed",
    changed_files: 2,
  });
});

it("moves the head with a push and says so with before and after", async () => {
  const { number, sha } = await openPull();
  const after = await github.as("wendy").push(REPO, { branch: "retry", changes: { "src/new.ts": null }, message: "Drop" });
  await github.settled();
  expect((await app.pulls.get({ ...IN_REPO, pull_number: number })).data).toMatchObject({ head: { sha: after }, changed_files: 1 });
  const synchronize = received.map(({ body }) => JSON.parse(body)).find(({ action }) => action === "synchronize");
  expect(synchronize).toMatchObject({ number, before: sha, after, pull_request: { head: { sha: after } } });
});

it("signs every delivery and gives each its own id", async () => {
  await openPull();
  await github.settled();
  expect(events()).toEqual(["push.undefined", "check_suite.requested", "pull_request.opened"]);
  for (const { body, signature } of received) expect(await verify(github.app.webhookSecret, body, signature)).toBe(true);
  expect(new Set(received.map(({ delivery }) => delivery)).size).toBe(received.length);
});
