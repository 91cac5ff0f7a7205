import { createHmac, generateKeyPairSync, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readEnvironment } from "../../src/environment.ts";
import { startApp } from "../../src/start-app.ts";
import { createLogger } from "../../src/telemetry/logger.ts";
import { type LocalApp, startLocalApp } from "../support/app/start-local-app.ts";
import { readStoryFiles } from "../support/demo/story-files.ts";
import { waitUntil } from "../support/wait-until.ts";

// The app at its most talkative, through good days and bad ones: nothing that it was trusted with is in what it wrote.
const PREVIOUS_SECRET = `previous-${randomBytes(12).toString("hex")}`;
const DATABASE_PASSWORD = `database-${randomBytes(12).toString("hex")}`;
const IN_CODE = `Zq7${randomBytes(18).toString("hex")}`;
const IN_DESCRIPTION = `confidential-${randomBytes(12).toString("hex")}`;
const REPO = "acme/secretive";

let written = "";
const log = createLogger("trace", { write: (line: string) => void (written += line) });
let app: LocalApp;

beforeAll(async () => {
  app = await startLocalApp({ log, variables: { WEBHOOK_SECRET_PREVIOUS: PREVIOUS_SECRET } });
  app.github.createOrganization("acme", { dana: "admin", ana: "member" }, "write");
  app.github.installApp("acme");
  await app.github.createRepository({ repo: REPO, files: readStoryFiles("carrier-quotes", "base") });
});
afterAll(() => app.stop());

/** What must not be found, by name. */
const secrets = (): Readonly<Record<string, RegExp>> => ({
  "the webhook secret": new RegExp(app.github.app.webhookSecret),
  "the previous webhook secret": new RegExp(PREVIOUS_SECRET),
  "a line of the private key": new RegExp(app.github.app.privateKey.split("\n").slice(1, -2).map(escaped).join("|")),
  "a token of GitHub's": /gh[a-z]_[A-Za-z0-9]{8}/,
  "a JSON web token": /eyJ[\w-]{5,}\.[\w-]{5,}/,
  "a password of the database": new RegExp(DATABASE_PASSWORD),
  "a secret in the code under review": new RegExp(IN_CODE),
  "the text of a description": new RegExp(IN_DESCRIPTION),
});
const escaped = (text: string) => text.replaceAll(/[+/=]/g, "\\$&");
const leaks = () =>
  Object.entries(secrets()).flatMap(([name, pattern]) => {
    const at = written.search(pattern);
    return at < 0 ? [] : [`${name}: ${written.slice(Math.max(0, at - 200), at + 60)}`];
  });

async function openPull(branch: string): Promise<string> {
  const ana = app.github.as("ana");
  const code = `export const carrierPassword = "${IN_CODE}";\n${readStoryFiles("carrier-quotes", "careless")["src/routes/quotes.ts"] ?? ""}`;
  const head = await ana.push(REPO, { branch, changes: { [`src/routes/${branch}.ts`]: code }, message: "Change" });
  await ana.openPullRequest({ repo: REPO, head: branch, title: "Rates", body: `Do not tell: ${IN_DESCRIPTION}` });
  return head;
}

describe("what the app writes holds no secret", () => {
  test("when all goes well", async () => {
    await app.completedRun(REPO, await openPull("well"));
    await app.idle();
    expect(written).toContain("delivery accepted");
    expect(leaks()).toEqual([]);
  });

  test("when a delivery is not one of GitHub's, or is no JSON", async () => {
    const post = (body: string, secret: string) =>
      fetch(`${app.url}/api/github/webhooks`, {
        method: "POST",
        body,
        headers: {
          "x-github-delivery": "d-1",
          "x-github-event": "pull_request",
          "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
        },
      });
    const broken = JSON.stringify({ action: "opened", token: app.github.app.webhookSecret, body: IN_DESCRIPTION });
    expect((await post(broken, "a guess")).status).toBe(401);
    expect((await post(broken, PREVIOUS_SECRET)).status).toBe(202);
    expect((await post(`{"${IN_DESCRIPTION}`, PREVIOUS_SECRET)).status).toBe(400);
    await app.idle();
    expect(written).toContain("delivery refused");
    expect(leaks()).toEqual([]);
  });

  test.each([
    ["GitHub is ill", "ill", { match: /^[A-Z]+ \/(?:graphql|repos)/, status: 400 }],
    ["its token is refused", "token", { match: /^[A-Z]+ \/(?:graphql|repos)/, status: 401 }],
    ["publishing fails", "check", { match: /^(?:POST|PATCH) \/repos\/[^ ]*\/check-runs/, status: 400 }],
    ["a comment is refused", "comment", { match: /^(?:POST|PATCH) \/repos\/[^ ]*\/comments/, status: 403 }],
  ] as const)("when %s", async (_name, branch, fault) => {
    const before = written.length;
    app.github.failNext({ ...fault, times: 1000, body: { message: "no" } });
    await openPull(branch);
    await waitUntil(() => /"msg":"the job failed/.test(written.slice(before)), 30_000);
    app.github.forgetFaults();
    expect(written.slice(before)).toMatch(/"err":\{/);
    expect(leaks()).toEqual([]);
  });

  test("when the database cannot be reached", async () => {
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: { type: "pkcs1", format: "pem" },
      publicKeyEncoding: { type: "pkcs1", format: "pem" },
    });
    const reading = readEnvironment({
      APP_ID: "1",
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: PREVIOUS_SECRET,
      PORT: "0",
      DATABASE_URL: `postgres://app:${DATABASE_PASSWORD}@127.0.0.1:1/app`,
    });
    if (reading.kind !== "ready") throw new Error("the settings were refused");
    const error: unknown = await startApp(reading.environment, log).catch((thrown: unknown) => thrown);
    log.fatal({ err: error }, "could not start");
    expect(written).toContain("ECONNREFUSED");
    expect(leaks()).toEqual([]);
  });
});
