import { afterAll, beforeAll, expect, it } from "vitest";
import { takeViolations } from "../support/github/conformance/violations.ts";
import { IN_REPO, startAcme, statusOf } from "./start-acme.ts";
import type { Acme } from "./start-acme.ts";

let acme: Acme;

beforeAll(async () => {
  acme = await startAcme();
});

afterAll(() => acme.close());

const getRepository = () => acme.app.repos.get(IN_REPO);
const getBranch = () => acme.app.repos.getBranch({ ...IN_REPO, branch: "main" });

it("fails the next matching requests, as often as asked, and no others", async () => {
  acme.github.failNext({ match: /^GET \/repos\/acme\/orders$/, status: 502, times: 2 });
  expect(await statusOf(getBranch())).toBe(200);
  expect(await statusOf(getRepository())).toBe(502);
  expect(await statusOf(getRepository())).toBe(502);
  expect(await statusOf(getRepository())).toBe(200);
});

it("answers with the headers and the body of the fault", async () => {
  const headers = { "retry-after": "7", "x-ratelimit-remaining": "0" };
  const body = { message: "You have exceeded a secondary rate limit." };
  acme.github.failNext({ match: "GET /repos/acme/orders", status: 429, headers, body });
  const answer = await fetch(`${acme.github.url}/repos/acme/orders`);
  expect(answer.status).toBe(429);
  expect(Object.fromEntries(answer.headers)).toMatchObject(headers);
  expect(await answer.json()).toEqual(body);
});

it("can be slow and still right", async () => {
  acme.github.failNext({ match: ({ path }) => path.endsWith("/branches/main"), delayMs: 300 });
  const startedAt = performance.now();
  expect((await getBranch()).status).toBe(200);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(290);
});

it("can do what was asked and lose the answer", async () => {
  acme.github.failNext({ match: "POST /repos/acme/orders/issues", loseAnswer: true });
  await expect(acme.app.issues.create({ ...IN_REPO, title: "once" })).rejects.toThrow();
  const { data } = await acme.app.issues.listForRepo(IN_REPO);
  expect(data.filter((issue) => issue.title === "once")).toHaveLength(1);
});

it("counts what each caller spends in the rate-limit headers", async () => {
  const wendy = acme.client("wendy");
  const first = (await wendy.repos.get(IN_REPO)).headers;
  const second = (await wendy.repos.get(IN_REPO)).headers;
  expect(first).toMatchObject({ "x-ratelimit-limit": "5000", "x-ratelimit-remaining": "4999", "x-ratelimit-resource": "core" });
  expect(second["x-ratelimit-remaining"]).toBe("4998");
  expect(Number(first["x-ratelimit-reset"])).toBeGreaterThan(Date.now() / 1000);
  expect(await (await fetch(`${acme.github.url}/repos/acme/nothing`)).headers.get("x-ratelimit-limit")).toBe("5000");
});

it("records every request with who asked and what came of it", async () => {
  const before = acme.github.requests().length;
  await acme.app.repos.get(IN_REPO);
  await statusOf(acme.client("rita").repos.get({ owner: "acme", repo: "none" }));
  await fetch(`${acme.github.url}/orgs/acme/members?per_page=1`, { headers: { authorization: "token wrong" } });
  expect(acme.github.requests().slice(before)).toMatchObject([
    { method: "GET", path: "/repos/acme/orders", status: 200, login: `${acme.github.app.slug}[bot]`, kind: "installation" },
    { method: "GET", path: "/repos/acme/none", status: 404, login: "rita", kind: "user" },
    { method: "GET", path: "/orgs/acme/members?per_page=1", status: 401, login: null, kind: "anonymous" },
  ]);
});

it("answers 304 to who already has it, without charge", async () => {
  const url = `${acme.github.url}/repos/acme/orders/branches/main`;
  const headers = { authorization: `token ${acme.github.as("wendy").token()}` };
  const first = await fetch(url, { headers });
  const second = await fetch(url, { headers: { ...headers, "if-none-match": first.headers.get("etag") ?? "" } });
  expect(second.status).toBe(304);
  expect(second.headers.get("x-ratelimit-remaining")).toBe(first.headers.get("x-ratelimit-remaining"));
});

it("answers below /api/v3 too, as an enterprise server does", async () => {
  expect((await fetch(`${acme.github.url}/api/v3/repos/acme/orders`)).status).toBe(200);
});

it.each([
  ["something that is not JSON", "{", 400],
  ["JSON that is no object", "[]", 400],
  ["a body without what is needed", "{}", 422],
  ["a field of another type", '{"title": "t", "body": 7}', 422],
])("refuses %s with %s: %i", async (_case, body, status) => {
  const headers = { authorization: `token ${acme.github.as("wendy").token()}` };
  expect((await fetch(`${acme.github.url}/repos/acme/orders/issues`, { method: "POST", headers, body })).status).toBe(status);
  expect(takeViolations()).toMatchObject([{ operation: "POST /repos/{owner}/{repo}/issues", part: "body" }]);
});

it("meets a share of the requests, the same ones for the same seed", async () => {
  const met = async (seed: number) => {
    acme.github.forgetFaults(seed);
    acme.github.failNext({ match: "/branches/main", status: 503, chance: 0.3, delayMs: [0, 2] });
    const statuses: number[] = [];
    for (let index = 0; index < 30; index++) statuses.push(await statusOf(getBranch()));
    acme.github.forgetFaults();
    return statuses;
  };
  const first = await met(7);
  expect(first.filter((status) => status === 503).length).toBeGreaterThan(3);
  expect(first.filter((status) => status === 200).length).toBeGreaterThan(12);
  expect(await met(7)).toEqual(first);
  expect(await met(8)).not.toEqual(first);
});

it("records how much was sent and answered", async () => {
  await acme.app.issues.create({ ...IN_REPO, title: "counted" });
  const { bytesSent = 0, bytesAnswered = 0 } = acme.github.requests().at(-1) ?? {};
  expect(bytesSent).toBe(JSON.stringify({ title: "counted" }).length);
  expect(bytesAnswered).toBeGreaterThan(500);
});
