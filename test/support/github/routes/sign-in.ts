import { createHash, randomBytes } from "node:crypto";
import { Hono } from "hono";
import { html } from "hono/html";
import type { Account } from "../model/account.ts";
import type { App } from "../model/app.ts";
import type { World } from "../model/world.ts";

const CODE_LIFE_MS = 10 * 60 * 1000;
const TOKEN_LIFE_SECONDS = 8 * 60 * 60;
const REFRESH_LIFE_SECONDS = 184 * 24 * 60 * 60;

interface Grant {
  readonly app: App;
  readonly account: Account;
  readonly redirectUri: string;
  readonly challenge: string | undefined;
  readonly expiresAt: number;
}

/** The web side of signing in with the app: a page to choose who one is, and codes exchanged for tokens. */
export function signInPages(world: World): Hono {
  const pages = new Hono();
  const codes = new Map<string, Grant>();
  const refreshers = new Map<string, Grant>();

  pages.get("/login/oauth/authorize", (c) => {
    const app = world.apps.find((one) => one.clientId === c.req.query("client_id"));
    if (app === undefined) return c.text("Not Found", 404);
    const people = [...world.accounts.values()].filter((account) => account.type === "User");
    return c.html(choicePage(app, people));
  });
  pages.post("/login/oauth/authorize", async (c) => {
    const query = c.req.query();
    const app = world.apps.find((one) => one.clientId === query["client_id"]);
    const account = world.accounts.get(String((await c.req.parseBody())["login"]).toLowerCase());
    if (app === undefined || account?.type !== "User") return c.text("Not Found", 404);
    const redirectUri = query["redirect_uri"] ?? app.callbackUrl;
    if (redirectUri === null) return c.text("No callback address is registered", 400);
    const target = new URL(redirectUri);
    if (app.callbackUrl !== null && !redirectUri.startsWith(app.callbackUrl)) {
      target.searchParams.set("error", "redirect_uri_mismatch");
    } else {
      const code = randomBytes(10).toString("hex");
      codes.set(code, { app, account, redirectUri, challenge: query["code_challenge"], expiresAt: Date.now() + CODE_LIFE_MS });
      target.searchParams.set("code", code);
    }
    if (query["state"] !== undefined) target.searchParams.set("state", query["state"]);
    return c.redirect(target.href, 302);
  });
  pages.post("/login/oauth/access_token", async (c) => {
    const asked = fieldsOf(c.req.header("content-type") ?? "", await c.req.text());
    const answer = exchange(asked);
    if ((c.req.header("accept") ?? "").includes("json")) return c.json(answer);
    const form = new URLSearchParams(Object.entries(answer).map(([name, value]): [string, string] => [name, String(value)]));
    return c.text(form.toString(), 200, { "content-type": "application/x-www-form-urlencoded; charset=utf-8" });
  });
  pages.delete("/applications/:clientId/token", async (c) => {
    const app = world.apps.find((one) => one.clientId === c.req.param("clientId"));
    const proof = Buffer.from(`${app?.clientId ?? ""}:${app?.clientSecret ?? ""}`).toString("base64");
    if (app === undefined || c.req.header("authorization")?.replace(/^basic /i, "") !== proof) return c.text("Not Found", 404);
    const { access_token: token = "" } = fieldsOf("json", await c.req.text());
    const actor = world.tokens.get(token)?.actor;
    if (actor?.kind !== "user" || actor.app !== app) return c.text("Not Found", 404);
    world.tokens.delete(token);
    return c.body(null, 204);
  });
  return pages;

  function exchange(asked: Readonly<Record<string, string>>): Record<string, string | number> {
    const app = world.apps.find((one) => one.clientId === asked["client_id"]);
    if (app === undefined || app.clientSecret !== asked["client_secret"]) {
      return refusal("incorrect_client_credentials", "The client_id and/or client_secret passed are incorrect.");
    }
    const refreshing = asked["grant_type"] === "refresh_token";
    const store = refreshing ? refreshers : codes;
    const key = (refreshing ? asked["refresh_token"] : asked["code"]) ?? "";
    const grant = store.get(key);
    store.delete(key);
    if (grant === undefined || grant.app !== app || grant.expiresAt <= Date.now()) {
      return refusing(refreshing);
    }
    if (!refreshing && !provesChallenge(grant, asked["code_verifier"])) return refusing(false);
    if (!refreshing && asked["redirect_uri"] !== undefined && asked["redirect_uri"] !== grant.redirectUri) {
      return refusal("redirect_uri_mismatch", "The redirect_uri MUST match the registered callback URL for this application.");
    }
    return issue(grant);
  }

  function issue(grant: Grant): Record<string, string | number> {
    const token = `ghu_${randomBytes(18).toString("hex")}`;
    const refresh = `ghr_${randomBytes(38).toString("hex")}`;
    world.tokens.set(token, {
      actor: { kind: "user", account: grant.account, app: grant.app },
      expiresAt: Date.now() + TOKEN_LIFE_SECONDS * 1000,
    });
    refreshers.set(refresh, { ...grant, challenge: undefined, expiresAt: Date.now() + REFRESH_LIFE_SECONDS * 1000 });
    return {
      access_token: token,
      expires_in: TOKEN_LIFE_SECONDS,
      refresh_token: refresh,
      refresh_token_expires_in: REFRESH_LIFE_SECONDS,
      scope: "",
      token_type: "bearer",
    };
  }
}

const refusal = (error: string, description: string) => ({
  error,
  error_description: description,
  error_uri: "https://docs.github.com/apps/oauth",
});

const refusing = (refreshing: boolean) =>
  refreshing
    ? refusal("bad_refresh_token", "The refresh token passed is incorrect or expired.")
    : refusal("bad_verification_code", "The code passed is incorrect or expired.");

/** RFC 7636 with S256, where the client began with it. */
function provesChallenge(grant: Grant, verifier: string | undefined): boolean {
  if (grant.challenge === undefined) return true;
  return (
    createHash("sha256")
      .update(verifier ?? "")
      .digest("base64url") === grant.challenge
  );
}

function fieldsOf(contentType: string, text: string): Readonly<Record<string, string>> {
  if (!contentType.includes("json")) return Object.fromEntries(new URLSearchParams(text));
  const parsed: unknown = JSON.parse(text);
  return Object.fromEntries(Object.entries(parsed ?? {}).map(([name, value]) => [name, String(value)]));
}

function choicePage(app: App, people: readonly Account[]) {
  const choices = people.map(
    (account) => html`<li><button name="login" value="${account.login}">Continue as ${account.login}</button></li> `,
  );
  return html`<!doctype html>
    <title>Sign in to GitHub (stand-in)</title>
    <h1>${app.name} would like to know who you are</h1>
    <form method="post">
      <ul>
        ${choices}
      </ul>
    </form>`;
}
