import { verify } from "@octokit/webhooks-methods";
import { afterEach, beforeEach, expect, it } from "vitest";
import { CHECK, IN_REPO, openPull, REPO, startAcme } from "./start-acme.ts";
import type { Acme } from "./start-acme.ts";

let acme: Acme;

beforeEach(async () => {
  acme = await startAcme();
});

afterEach(() => acme.close());

it("carries a pull request from its opening to the merge that the required check allows", async () => {
  const { github, app } = acme;
  github.protectBranch(REPO, "main", [{ context: CHECK, appId: github.app.id }]);
  const { number, sha } = await openPull(acme, { "src/app.ts": "one\n2\nthree\n" }, { body: "plan" });
  const pull = () => app.pulls.get({ ...IN_REPO, pull_number: number });

  expect((await pull()).data).toMatchObject({
    head: { sha },
    base: { ref: "main" },
    body: "plan",
    changed_files: 1,
    mergeable_state: "blocked",
  });
  expect(await github.as("wendy").merge(REPO, number)).toMatchObject({
    status: 405,
    message: `Required status check "${CHECK}" is expected.`,
  });

  const failing = { ...IN_REPO, name: CHECK, head_sha: sha, conclusion: "failure", output: { title: "2/8", summary: "no" } } as const;
  const { data: run } = await app.checks.create(failing);
  expect(await github.as("wendy").merge(REPO, number)).toMatchObject({
    status: 405,
    message: `Required status check "${CHECK}" is failing.`,
  });

  await app.checks.update({ ...IN_REPO, check_run_id: run.id, conclusion: "success", output: { title: "8/8", summary: "yes" } });
  expect((await pull()).data.mergeable_state).toBe("clean");
  expect(await github.as("wendy").merge(REPO, number)).toMatchObject({ status: 200 });
  expect((await pull()).data).toMatchObject({ merged: true, state: "closed", changed_files: 1, merged_by: { login: "wendy" } });
  expect(github.repository(REPO).branches.get("main")).toBe((await pull()).data.merge_commit_sha);
});

it("moves the head with a push and says so with before and after", async () => {
  const { github, app } = acme;
  const { number, sha, branch } = await openPull(acme, { "a.ts": "a\n", "b.ts": "b\n" });
  const after = await github.as("wendy").push(REPO, { branch, changes: { "b.ts": null }, message: "Drop" });
  await github.settled();

  expect((await app.pulls.get({ ...IN_REPO, pull_number: number })).data).toMatchObject({
    head: { sha: after },
    changed_files: 1,
    commits: 2,
  });
  const payload = acme.received.find((one) => one.payload["action"] === "synchronize")?.payload;
  expect(payload).toMatchObject({ number, before: sha, after, pull_request: { head: { sha: after } }, sender: { login: "wendy" } });
});

it("tells the same story in the same order each time, signed, each delivery with an id of its own", async () => {
  const { number } = await openPull(acme);
  await acme.github.as("wendy").merge(REPO, number);
  expect(await acme.events()).toEqual([
    "push",
    "check_suite.requested",
    "pull_request.opened",
    "pull_request.closed",
    "push",
    "check_suite.requested",
  ]);
  for (const { body, signature } of acme.received) expect(await verify(acme.github.app.webhookSecret, body, signature)).toBe(true);
  expect(new Set(acme.received.map(({ guid }) => guid)).size).toBe(acme.received.length);
});
