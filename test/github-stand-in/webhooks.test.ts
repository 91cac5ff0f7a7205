import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { openPull, REPO, startAcme } from "./start-acme.ts";
import type { Acme } from "./start-acme.ts";

let acme: Acme;

beforeAll(async () => {
  acme = await startAcme({ limits: { deliveryTimeoutMs: 1500 } });
});

beforeEach(() => acme.answerWith(202));

afterAll(() => acme.close());

async function newEvents(deed: () => Promise<unknown> | unknown): Promise<string[]> {
  const before = (await acme.events()).length;
  await deed();
  return (await acme.events()).slice(before);
}

const lastPayload = () => acme.received.at(-1)?.payload;

describe("a pull request", () => {
  it.each([
    ["its title", { title: "New" }, { title: { from: "Old" } }],
    ["its body", { body: "New" }, { body: { from: "" } }],
    ["its base", { base: "release" }, { base: { ref: { from: "main" }, sha: { from: expect.stringMatching(/^[0-9a-f]{40}$/) } } }],
  ])("that changes %s tells the old value", async (_case, edit, changes) => {
    const wendy = acme.github.as("wendy");
    const { number } = await openPull(acme);
    await wendy.editPullRequest(REPO, number, { title: "Old" });
    if (!acme.github.repository(REPO).branches.has("release")) await wendy.createBranch(REPO, "release", "main");
    expect(await newEvents(() => wendy.editPullRequest(REPO, number, edit))).toEqual(["pull_request.edited"]);
    expect(lastPayload()).toMatchObject({ number, changes, pull_request: { number } });
    expect(await newEvents(() => wendy.editPullRequest(REPO, number, edit))).toEqual([]);
  });

  it("tells of each step of its life", async () => {
    const { github } = acme;
    const wendy = github.as("wendy");
    const { number, branch } = await openPull(acme, null, { draft: true });
    const deeds: [string[], () => unknown][] = [
      [["pull_request.ready_for_review"], () => wendy.markReady(REPO, number)],
      [["pull_request.converted_to_draft"], () => wendy.convertToDraft(REPO, number)],
      [["pull_request.labeled"], () => github.as("tess").label(REPO, number, "bug")],
      [["pull_request.unlabeled"], () => github.as("tess").unlabel(REPO, number, "bug")],
      [["pull_request.closed"], () => wendy.closePullRequest(REPO, number)],
      [["pull_request.reopened"], () => wendy.reopenPullRequest(REPO, number)],
      [["pull_request_review.submitted"], () => github.as("max").review(REPO, number, "changes_requested", "why?")],
      [["pull_request_review_comment.created"], () => github.as("max").commentOnLine(REPO, number, `src/${branch}.ts`, 1, "why?")],
      [["push", "pull_request.closed"], () => wendy.deleteBranch(REPO, branch)],
    ];
    for (const [events, deed] of deeds) expect(await newEvents(deed)).toEqual(events);
    await expect(wendy.reopenPullRequest(REPO, number)).rejects.toMatchObject({ status: 422 });
  });

  it("cannot be edited or closed by a reader who did not open it", async () => {
    const { number } = await openPull(acme);
    await expect(acme.github.as("rita").editPullRequest(REPO, number, { title: "x" })).rejects.toMatchObject({ status: 403 });
    await expect(acme.github.as("rita").closePullRequest(REPO, number)).rejects.toMatchObject({ status: 403 });
  });
});

it("a review tells when it is submitted, edited and dismissed", async () => {
  const { number } = await openPull(acme);
  const max = acme.github.as("max");
  const id = max.review(REPO, number, "changes_requested", "why?");
  expect(await newEvents(() => max.editReview(REPO, number, id, "why not?"))).toEqual(["pull_request_review.edited"]);
  expect(lastPayload()).toMatchObject({ changes: { body: { from: "why?" } }, review: { id, state: "changes_requested" } });
  expect(await newEvents(() => max.dismissReview(REPO, number, id))).toEqual(["pull_request_review.dismissed"]);
  expect(() => acme.github.as("wendy").review(REPO, number, "approved")).toThrow(expect.objectContaining({ status: 422 }));
});

it("a push tells the commits, the files and whether history was rewritten", async () => {
  const { sha, branch } = await openPull(acme);
  const wendy = acme.github.as("wendy");
  const main = acme.github.repository(REPO).branches.get("main") ?? "";
  const next = await wendy.push(REPO, { branch, changes: { "p.ts": "p\n" }, message: "P", parent: main });
  await acme.github.settled();
  const pushed = acme.received.findLast(({ event }) => event === "push")?.payload;
  expect(pushed).toMatchObject({
    ref: `refs/heads/${branch}`,
    before: sha,
    after: next,
    forced: true,
    created: false,
    commits: [{ id: next, added: ["p.ts"], author: { username: "wendy" } }],
    head_commit: { id: next },
    pusher: { name: "wendy" },
  });
});

describe("a delivery", () => {
  const openSomething = () => acme.github.as("rita").comment(REPO, 1, "hello");

  it("that the receiver refuses is remembered with its answer, and sent again with the same id and body", async () => {
    acme.answerWith(500);
    openSomething();
    await acme.github.settled();
    const refused = acme.github.deliveries().at(-1);
    expect(refused).toMatchObject({ event: "issue_comment", statusCode: 500, responseBody: "seen", redelivery: false });
    acme.answerWith(202);
    if (refused !== undefined) acme.github.redeliver(refused);
    await acme.github.settled();
    const [first, second] = acme.received.slice(-2);
    expect(second).toEqual(first);
    expect(acme.github.deliveries().at(-1)).toMatchObject({ guid: refused?.guid, redelivery: true, statusCode: 202, status: "OK" });
  });

  it("to nobody is remembered as failed and not tried again", async () => {
    const url = acme.github.app.webhookUrl;
    acme.github.setWebhookUrl("http://127.0.0.1:1/");
    openSomething();
    await acme.github.settled();
    expect(acme.github.deliveries().at(-1)).toMatchObject({ statusCode: 0, status: "failed to connect to host" });
    acme.github.setWebhookUrl(url);
    expect(await newEvents(() => {})).toEqual([]);
  });

  it("that is not answered in time is given up", async () => {
    acme.answerWith(null);
    openSomething();
    await acme.github.settled();
    expect(acme.github.deliveries().at(-1)).toMatchObject({ statusCode: 0, status: "timed out" });
  });

  it("can be held back and come late, out of order, or never", async () => {
    const { github } = acme;
    await github.settled();
    github.holdDeliveries();
    const ids = ["one", "two", "three"].map((text) => github.as("rita").comment(REPO, 1, text));
    expect(await newEvents(() => {})).toEqual([]);
    expect(
      await newEvents(() => github.releaseDeliveries(([one, , three]) => [three, one].filter((held) => held !== undefined))),
    ).toHaveLength(2);
    expect(acme.received.slice(-2).map(({ payload }) => payload["comment"])).toMatchObject([{ id: ids[2] }, { id: ids[0] }]);
  });

  it("is listed by the API, newest first, by cursor, and redelivered on request", async () => {
    const auth = { appId: acme.github.app.id, privateKey: acme.github.app.privateKey };
    const app = new Octokit({ baseUrl: acme.github.url, authStrategy: createAppAuth, auth });
    await acme.github.settled();
    const { data, headers } = await app.apps.listWebhookDeliveries({ per_page: 2 });
    const newest = acme.github
      .deliveries()
      .filter(({ status }) => status !== "lost")
      .toReversed();
    expect(data.map(({ guid }) => guid)).toEqual(newest.slice(0, 2).map(({ guid }) => guid));
    const cursor = /[?&]cursor=([^&>]+)/.exec(headers.link ?? "")?.[1] ?? "";
    const { data: older } = await app.apps.listWebhookDeliveries({ per_page: 2, cursor });
    expect(older.map(({ guid }) => guid)).toEqual(newest.slice(2, 4).map(({ guid }) => guid));
    const target = newest[0];
    await app.apps.redeliverWebhookDelivery({ delivery_id: target?.id ?? 0 });
    await acme.github.settled();
    expect(acme.received.at(-1)?.guid).toBe(target?.guid);
  });
});

it("sends only what the app listens to, only where it is installed and awake", async () => {
  const { github, installation } = acme;
  github.createUser("solo");
  await github.createRepository({ repo: "solo/own" });
  expect(await newEvents(() => github.as("solo").openIssue("solo/own", "t"))).toEqual([]);
  github.suspendApp(installation);
  expect(await newEvents(() => github.as("rita").comment(REPO, 1, "x"))).toEqual([]);
  github.unsuspendApp(installation);
  const deeds = () => github.changeInstallation(installation, { remove: [REPO] });
  expect(await newEvents(deeds)).toEqual(["installation_repositories.removed"]);
  expect(await newEvents(() => github.as("rita").comment(REPO, 1, "x"))).toEqual([]);
  github.changeInstallation(installation, { add: [REPO] });
  github.app.events = ["push"];
  expect(await newEvents(() => github.as("rita").comment(REPO, 1, "x"))).toEqual([]);
});
