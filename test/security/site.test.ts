import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type LocalApp, startLocalApp } from "../support/app/start-local-app.ts";
import { readStoryFiles } from "../support/demo/story-files.ts";

let app: LocalApp;
const asked: string[] = [];
const elsewhere = createServer((request, response) => {
  asked.push(request.url ?? "");
  response.end("{}");
});

beforeAll(async () => {
  elsewhere.listen(0, "127.0.0.1");
  await once(elsewhere, "listening");
  app = await startLocalApp();
  app.github.createOrganization("acme", { dana: "admin", ana: "member" }, "write");
  app.github.installApp("acme");
});
afterAll(async () => {
  elsewhere.close();
  await app.stop();
});

test("no address that a pull request names is fetched, wherever it stands", async () => {
  const repo = "acme/inviting";
  const { port } = elsewhere.address() as AddressInfo; // a TCP server that listens
  const address = (place: string) => `http://127.0.0.1:${port}/${place}`;
  await app.github.createRepository({ repo, files: readStoryFiles("carrier-quotes", "base") });
  const ana = app.github.as("ana");
  const changes = {
    "src/routes/rates.ts": `// ${address("comment")}\nexport const rates = () => fetch("${address("code")}");\n`,
    "package.json": `{ "name": "inviting", "dependencies": { "opossum": "${address("dependency")}" } }`,
    ".github/backend-reliability.yml": `# yaml-language-server: $schema=${address("schema")}\nextends: ${address("policy")}\n`,
    ".gitmodules": `[submodule "a"]\n\tpath = a\n\turl = ${address("submodule")}\n`,
  };
  const head = await ana.push(repo, { branch: "change", changes, message: `See ${address("message")}` });
  const body = `![plan](${address("image")}) <img src="${address("html")}"> [plan](${address("link")})\n\n${address("bare")}`;
  const number = await ana.openPullRequest({ repo, head: "change", title: address("title"), body });
  await app.completedRun(repo, head);
  ana.comment(repo, number, `/accept-risk\nretrofit date: ${address("form")}`);
  await app.idle();
  expect(app.github.comments(repo, number).length).toBeGreaterThan(1);
  expect(asked).toEqual([]);
});

test.each(["/health", "/ready", "/metrics", "/nowhere", "/api/github/webhooks"])(
  "%s answers with the headers of a page that does nothing",
  async (path) => {
    const { headers } = await fetch(`${app.url}${path}`, { method: path.startsWith("/api") ? "POST" : "GET" });
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "strict-transport-security": expect.stringContaining("max-age="),
    });
    expect(headers.get("x-powered-by")).toBeNull();
  },
);

test("who asks too much of /metrics is refused there and on /ready; health and GitHub's deliveries are not", async () => {
  const statuses = new Set<number>();
  for (let index = 0; index < 620 && !statuses.has(429); index++) statuses.add((await fetch(`${app.url}/metrics`)).status);
  expect([...statuses]).toEqual([200, 429]);
  expect((await fetch(`${app.url}/ready`)).status).toBe(429);
  expect((await fetch(`${app.url}/health`)).status).toBe(200);
  const body = JSON.stringify({ action: "created" });
  const signature = `sha256=${createHmac("sha256", app.github.app.webhookSecret).update(body).digest("hex")}`;
  const headers = { "x-github-delivery": "d-1", "x-github-event": "star", "x-hub-signature-256": signature };
  const answers: number[] = [];
  for (let index = 0; index < 20; index++)
    answers.push((await fetch(`${app.url}/api/github/webhooks`, { method: "POST", body, headers })).status);
  expect(new Set(answers)).toEqual(new Set([202]));
});
