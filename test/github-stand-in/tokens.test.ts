import { createSign, generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startAcme } from "./start-acme.ts";
import type { Acme } from "./start-acme.ts";

let acme: Acme;

beforeAll(async () => {
  acme = await startAcme();
  await acme.github.createRepository({ repo: "acme/secret", private: true, roles: { rita: "read" } });
});

afterAll(() => acme.close());

const seconds = () => Math.floor(Date.now() / 1000);

function jwt(claims: Record<string, unknown>, key: string, algorithm = "RS256"): string {
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const content = `${encode({ alg: algorithm, typ: "JWT" })}.${encode(claims)}`;
  return `${content}.${createSign("RSA-SHA256").update(content).sign(key, "base64url")}`;
}

async function ask(path: string, token: string | null, init: RequestInit = {}) {
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(acme.github.url + path, { ...init, headers });
  const body: unknown = await response.json().catch(() => null);
  return { status: response.status, body: body as Record<string, unknown> }; // asserted field by field below
}

async function installationToken(asked: unknown = {}): Promise<string> {
  const token = jwt({ iss: acme.github.app.id, iat: seconds() - 30, exp: seconds() + 300 }, acme.github.app.privateKey);
  const { body } = await ask(`/app/installations/${acme.installation.id}/access_tokens`, token, {
    method: "POST",
    body: JSON.stringify(asked),
  });
  return String(body["token"]);
}

describe("an app's JSON web token", () => {
  const good = () => ({ iss: acme.github.app.id, iat: seconds() - 30, exp: seconds() + 300 });

  it.each([
    ["its id", () => good(), 200],
    ["its client id", () => ({ ...good(), iss: acme.github.app.clientId }), 200],
    ["another app's id", () => ({ ...good(), iss: 1 }), 401],
    ["a past expiry", () => ({ ...good(), exp: seconds() - 1 }), 401],
    ["an expiry beyond ten minutes", () => ({ ...good(), exp: seconds() + 700 }), 401],
    ["an issue time in the future", () => ({ ...good(), iat: seconds() + 60 }), 401],
    ["no expiry", () => ({ iss: acme.github.app.id, iat: seconds() }), 401],
  ])("with %s gets the status of GitHub", async (_case, claims, status) => {
    expect((await ask("/app", jwt(claims(), acme.github.app.privateKey))).status).toBe(status);
  });

  it("signed with another key is refused", async () => {
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs1", format: "pem" },
    });
    expect((await ask("/app", jwt(good(), privateKey))).status).toBe(401);
  });

  it("that claims another algorithm is refused", async () => {
    expect((await ask("/app", jwt(good(), acme.github.app.privateKey, "none"))).status).toBe(401);
  });

  it("does not open what needs an installation token", async () => {
    const token = jwt(good(), acme.github.app.privateKey);
    expect((await ask("/repos/acme/secret", token)).status).toBe(404);
  });
});

describe("a token", () => {
  it("nobody issued is refused, also for public data", async () => {
    expect(await ask("/repos/acme/orders", "ghp_unknown")).toMatchObject({
      status: 401,
      body: { message: "Bad credentials", status: "401" },
    });
  });

  it("of an installation stops working when it expires", async () => {
    const token = await installationToken();
    expect((await ask("/repos/acme/secret", token)).status).toBe(200);
    acme.github.expireTokens();
    expect((await ask("/repos/acme/secret", token)).status).toBe(401);
  });

  it("narrowed to reading issues can do no more", async () => {
    const token = await installationToken({ permissions: { issues: "read" } });
    expect((await ask("/repos/acme/secret/issues", token)).status).toBe(200);
    const issue = { method: "POST", body: JSON.stringify({ title: "t" }) };
    expect(await ask("/repos/acme/secret/issues", token, issue)).toMatchObject({
      status: 403,
      body: { message: "Resource not accessible by integration" },
    });
    expect((await ask("/repos/acme/secret/pulls", token)).status).toBe(403);
  });

  it("narrowed to a repository does not see another private one", async () => {
    const token = await installationToken({ repositories: ["orders"] });
    expect((await ask("/repos/acme/orders", token)).status).toBe(200);
    expect((await ask("/repos/acme/secret", token)).status).toBe(404);
  });

  it("cannot be asked for more than the installation has", async () => {
    expect(await installationToken({ permissions: { administration: "write" } })).toBe("undefined");
  });
});

it.each([
  ["nobody", null, "orders", 200],
  ["nobody", null, "secret", 404],
  ["a stranger", "stranger", "secret", 404],
  ["a reader", "rita", "secret", 200],
  ["an owner", "olga", "secret", 200],
  ["a member without a role", "mel", "secret", 404],
])("%s (%s) who asks for %s gets %i", async (_who, login, repo, status) => {
  if (login === "stranger") acme.github.createUser("stranger");
  expect((await ask(`/repos/acme/${repo}`, login === null ? null : acme.github.as(login).token())).status).toBe(status);
});

it("a suspended installation is refused until it is woken, an uninstalled one for good", async () => {
  const token = await installationToken();
  acme.github.suspendApp(acme.installation);
  expect((await ask("/repos/acme/secret", token)).status).toBe(403);
  expect(await installationToken()).toBe("undefined");
  acme.github.unsuspendApp(acme.installation);
  expect((await ask("/repos/acme/secret", token)).status).toBe(200);
  acme.github.uninstallApp(acme.installation);
  expect((await ask("/repos/acme/secret", token)).status).toBe(401);
});
