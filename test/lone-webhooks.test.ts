import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalApp, startLocalApp } from "./support/app/start-local-app.ts";
import { readStoryFiles } from "./support/demo/story-files.ts";

// Of all that GitHub tells, one webhook alone arrives: it is enough. Over HTTP.
let app: LocalApp;
let opened = 0;

beforeAll(async () => {
  app = await startLocalApp();
  app.github.createOrganization("acme", { dana: "admin", eli: "admin", ana: "member" }, "write");
  app.github.installApp("acme");
});

afterAll(() => app.stop());

const BASE = readStoryFiles("carrier-quotes", "base");
const CARELESS = readStoryFiles("carrier-quotes", "careless");
const DATE = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
const FORM = `/accept-risk\nretrofit date: ${DATE}\nbudget: 1.5 engineer-weeks\naccepted by: @dana\ninterim mitigation: 10 req/min`;
/** GitHub's times are whole seconds: what must come later has to wait for the next. */
const nextSecond = () => delay(1000 - (Date.now() % 1000) + 5);

async function openPull(draft = false) {
  const repo = `acme/lone-${(opened += 1)}`;
  await app.github.createRepository({ repo, files: BASE });
  const head = await app.github.as("ana").push(repo, { branch: "change", changes: CARELESS, message: "Change" });
  const number = await app.github
    .as("ana")
    .openPullRequest({ repo, head: "change", title: "Ask the carrier for rates", body: null, ...(draft ? { draft } : {}) });
  return { repo, head, number };
}

/** Only deliveries of this name come through of all that are sent meanwhile; the others are lost. */
async function only<Value>(name: string, act: () => Promise<Value> | Value): Promise<Value> {
  app.github.holdDeliveries();
  const value = await act();
  app.github.releaseDeliveries((held) => held.filter(({ event, action }) => (action === null ? event : `${event}.${action}`) === name));
  await app.idle();
  return value;
}

const conclusions = (repo: string, head: string) =>
  app.github
    .checkRuns(repo, head)
    .filter((run) => run.name === "Backend reliability")
    .map((run) => run.conclusion);

describe("a head is judged when the only webhook that arrives is", () => {
  test("pull_request.opened", async () => {
    const { repo, head } = await only("pull_request.opened", () => openPull());
    expect(conclusions(repo, head)).toEqual(["failure"]);
  });

  test("pull_request.ready_for_review", async () => {
    const { repo, head, number } = await only("none", () => openPull(true));
    await only("pull_request.ready_for_review", () => app.github.as("ana").markReady(repo, number));
    expect(conclusions(repo, head)).toEqual(["failure"]);
  });

  test("pull_request.reopened", async () => {
    const { repo, head, number } = await only("none", () => openPull());
    await only("none", () => app.github.as("ana").closePullRequest(repo, number));
    await only("pull_request.reopened", () => app.github.as("ana").reopenPullRequest(repo, number));
    expect(conclusions(repo, head)).toEqual(["failure"]);
  });

  test("pull_request.edited", async () => {
    const { repo, head, number } = await only("none", () => openPull());
    await only("pull_request.edited", () => app.github.as("ana").editPullRequest(repo, number, { title: "Ask for rates" }));
    expect(conclusions(repo, head)).toEqual(["failure"]);
  });

  test("pull_request.synchronize", async () => {
    const { repo } = await only("none", () => openPull());
    const push = { branch: "change", changes: { "docs/a.md": "a\n" }, message: "Note" };
    const head = await only("pull_request.synchronize", () => app.github.as("ana").push(repo, push));
    expect(conclusions(repo, head)).toEqual(["failure"]);
  });

  test("check_suite.requested, for a commit that a pull request has", async () => {
    const { repo, head } = await only("none", () => openPull());
    await only("check_suite.requested", () => app.github.as("ana").createBranch(repo, "twin", head));
    expect(conclusions(repo, head)).toEqual(["failure"]);
  });

  test("check_suite.rerequested", async () => {
    const { repo, head } = await openPull();
    await app.idle();
    const completedAt = () => app.github.checkRuns(repo, head).map((run) => run.completedAt);
    const before = completedAt();
    await nextSecond();
    await only("check_suite.rerequested", () => app.github.as("dana").rerunAllChecks(repo, head));
    expect(completedAt()).not.toEqual(before);
  });
});

describe("a signature ends when the only webhook that arrives is", () => {
  test("pull_request_review.edited, of the summary that held it", async () => {
    const { repo, head, number } = await openPull();
    await app.idle();
    const review = app.github.as("dana").review(repo, number, "commented", FORM);
    await app.idle();
    expect(conclusions(repo, head)).toContain("neutral");
    await nextSecond();
    await only("pull_request_review.edited", () => app.github.as("dana").editReview(repo, number, review, "Never mind."));
    expect((await app.completedRun(repo, head)).conclusion).toBe("failure");
  });

  test("pull_request_review.dismissed", async () => {
    const { repo, head, number } = await openPull();
    await app.idle();
    const review = app.github.as("dana").review(repo, number, "changes_requested", FORM);
    await app.idle();
    expect((await app.completedRun(repo, head)).conclusion).toBe("neutral");
    await nextSecond();
    await only("pull_request_review.dismissed", () => app.github.as("eli").dismissReview(repo, number, review));
    expect((await app.completedRun(repo, head)).conclusion).toBe("failure");
  });

  test("pull_request_review_comment.edited", async () => {
    const { repo, head, number } = await openPull();
    await app.idle();
    const line = await only("pull_request_review_comment.created", () =>
      app.github.as("dana").commentOnLine(repo, number, "src/routes/quotes.ts", 1, FORM),
    );
    expect((await app.completedRun(repo, head)).conclusion).toBe("neutral");
    await nextSecond();
    await only("pull_request_review_comment.edited", () => app.github.as("dana").editLineComment(repo, number, line, "Never mind."));
    expect((await app.completedRun(repo, head)).conclusion).toBe("failure");
  });

  test("issue_comment.edited, by somebody else", async () => {
    const { repo, head, number } = await openPull();
    await app.idle();
    const comment = await only("issue_comment.created", () => app.github.as("dana").comment(repo, number, FORM));
    expect((await app.completedRun(repo, head)).conclusion).toBe("neutral");
    await nextSecond();
    await only("issue_comment.edited", () => app.github.as("eli").editComment(repo, comment, `${FORM}, or so`));
    expect((await app.completedRun(repo, head)).conclusion).toBe("action_required");
  });

  test("issue_comment.deleted", async () => {
    const { repo, head, number } = await openPull();
    await app.idle();
    const comment = app.github.as("dana").comment(repo, number, FORM);
    await app.idle();
    expect((await app.completedRun(repo, head)).conclusion).toBe("neutral");
    await only("issue_comment.deleted", () => app.github.as("dana").deleteComment(repo, comment));
    expect((await app.completedRun(repo, head)).conclusion).toBe("failure");
  });
});
