import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalApp, startLocalApp } from "./support/app/start-local-app.ts";
import { readStoryFiles } from "./support/demo/story-files.ts";

// Deliveries as networks make them: twice, late, in any order.
let app: LocalApp;
const BASE = readStoryFiles("carrier-quotes", "base");
const CARELESS = readStoryFiles("carrier-quotes", "careless");
const DOCUMENTATION = readStoryFiles("carrier-quotes", "documentation");

beforeAll(async () => {
  app = await startLocalApp();
  app.github.createOrganization("acme", { ana: "member" }, "write");
  app.github.installApp("acme");
});
afterAll(() => app.stop());

const writesTo = (repo: string) =>
  app.github.requests().filter(({ method, path }) => method !== "GET" && path.startsWith(`/repos/${repo}/`)).length;

describe("deliveries", () => {
  test("that come twice do their work once", async () => {
    await app.github.createRepository({ repo: "acme/twice", files: BASE });
    const ana = app.github.as("ana");
    const head = await ana.push("acme/twice", { branch: "change", changes: CARELESS, message: "Change" });
    await ana.openPullRequest({ repo: "acme/twice", head: "change", title: "Rates", body: null });
    await app.completedRun("acme/twice", head);
    await app.idle();
    const before = writesTo("acme/twice");
    for (const delivery of app.github.deliveries().filter(({ event, redelivery }) => event === "pull_request" && !redelivery))
      app.github.redeliver(delivery);
    await app.idle();
    expect(writesTo("acme/twice")).toBe(before);
    expect(app.github.deliveries().at(-1)?.statusCode).toBe(202);
  });

  test("that come in reverse leave the newest head its verdict, and no other", async () => {
    const repo = "acme/reverse";
    await app.github.createRepository({ repo, files: BASE });
    const ana = app.github.as("ana");
    const old = await ana.push(repo, { branch: "change", changes: CARELESS, message: "Change" });
    app.github.holdDeliveries();
    await ana.openPullRequest({ repo, head: "change", title: "Rates", body: null });
    const kept = Object.keys(CARELESS).map((path) => [path, BASE[path] ?? null] as const);
    const newest = await ana.push(repo, { branch: "change", changes: { ...Object.fromEntries(kept), ...DOCUMENTATION }, message: "Words" });
    app.github.releaseDeliveries((held) => held.toReversed());
    const run = await app.completedRun(repo, newest);
    await app.idle();
    expect(run.conclusion).toBe("success");
    expect(app.github.checkRuns(repo, newest).findLast(({ name }) => name === "Backend reliability")?.conclusion).toBe("success");
    expect(app.github.checkRuns(repo, old).filter(({ conclusion }) => conclusion === "success")).toEqual([]);
  });
});
