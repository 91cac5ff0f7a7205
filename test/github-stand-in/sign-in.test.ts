import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startAcme } from "./start-acme.ts";
import type { Acme } from "./start-acme.ts";

const CALLBACK = "http://127.0.0.1:9999/auth/callback";

let acme: Acme;

beforeAll(async () => {
  acme = await startAcme();
  acme.github.setCallbackUrl(CALLBACK);
});

afterAll(() => acme.close());

async function agree(more: Record<string, string> = {}): Promise<URL> {
  const query = new URLSearchParams({ client_id: acme.github.app.clientId, redirect_uri: CALLBACK, state: "s t&ate", ...more });
  return new URL(await acme.github.as("wendy").signIn(`${acme.github.webUrl}/login/oauth/authorize?${query}`));
}

async function exchange(fields: Record<string, string>): Promise<Record<string, unknown>> {
  const { clientId, clientSecret } = acme.github.app;
  const body = JSON.stringify({ client_id: clientId, client_secret: clientSecret, ...fields });
  const headers = { accept: "application/json", "content-type": "application/json" };
  const answer = await fetch(`${acme.github.webUrl}/login/oauth/access_token`, { method: "POST", headers, body });
  return (await answer.json()) as Record<string, unknown>; // asserted field by field below
}

const code = async (more?: Record<string, string>) => (await agree(more)).searchParams.get("code") ?? "";

it("brings the person back with a code and the state, and the code becomes their token once", async () => {
  const target = await agree();
  expect(target.href.startsWith(CALLBACK)).toBe(true);
  expect(target.searchParams.get("state")).toBe("s t&ate");
  const once = target.searchParams.get("code") ?? "";
  const { access_token: token, token_type: kind } = await exchange({ code: once });
  expect(kind).toBe("bearer");
  const self = await fetch(`${acme.github.url}/user`, { headers: { authorization: `Bearer ${String(token)}` } });
  expect(await self.json()).toMatchObject({ login: "wendy" });
  expect(await exchange({ code: once })).toMatchObject({ error: "bad_verification_code" });
});

it("renews a token once per refresh token", async () => {
  const { refresh_token: refresh } = await exchange({ code: await code() });
  const renew = () => exchange({ grant_type: "refresh_token", refresh_token: String(refresh) });
  expect(await renew()).toMatchObject({ access_token: expect.stringMatching(/^ghu_/) });
  expect(await renew()).toMatchObject({ error: "bad_refresh_token" });
});

it("refuses a wrong secret, an unknown app and a foreign callback", async () => {
  expect(await exchange({ code: await code(), client_secret: "wrong" })).toMatchObject({ error: "incorrect_client_credentials" });
  expect((await fetch(`${acme.github.webUrl}/login/oauth/authorize?client_id=nobody`)).status).toBe(404);
  const foreign = await agree({ redirect_uri: "http://127.0.0.1:1/steal" });
  expect([foreign.searchParams.get("error"), foreign.searchParams.get("code")]).toEqual(["redirect_uri_mismatch", null]);
});

it("holds to the challenge that sign-in began with", async () => {
  const verifier = "v".repeat(43);
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const begun = () => code({ code_challenge: challenge, code_challenge_method: "S256" });
  expect(await exchange({ code: await begun(), code_verifier: "other" })).toMatchObject({ error: "bad_verification_code" });
  expect(await exchange({ code: await begun() })).toMatchObject({ error: "bad_verification_code" });
  expect(await exchange({ code: await begun(), code_verifier: verifier })).toHaveProperty("access_token");
});

it("ends a person's token when the app, proving itself, gives it back", async () => {
  const { clientId, clientSecret } = acme.github.app;
  const token = acme.github.as("wendy").token(acme.github.app);
  const body = JSON.stringify({ access_token: token });
  const giveBack = async (secret: string) => {
    const headers = { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}` };
    return (await fetch(`${acme.github.url}/applications/${clientId}/token`, { method: "DELETE", headers, body })).status;
  };
  const self = async () => (await fetch(`${acme.github.url}/user`, { headers: { authorization: `Bearer ${token}` } })).status;
  expect([await giveBack("wrong"), await self()]).toEqual([404, 200]);
  expect([await giveBack(clientSecret), await self()]).toEqual([204, 401]);
});

it("offers a person's page to choose who one is", async () => {
  const page = await fetch(`${acme.github.webUrl}/login/oauth/authorize?client_id=${acme.github.app.clientId}`);
  expect(await page.text()).toContain("Continue as rita");
});
