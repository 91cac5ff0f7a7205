import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CHECK, IN_REPO, openPull, REPO, startAcme, statusOf } from "./start-acme.ts";
import type { Acme } from "./start-acme.ts";

let acme: Acme;

beforeAll(async () => {
  acme = await startAcme();
});

beforeEach(() => acme.github.repository(REPO).protections.clear());

afterAll(() => acme.close());

const merge = (login: string, number: number) => acme.github.as(login).merge(REPO, number);

describe("a check that the branch requires of one app", () => {
  beforeEach(() => acme.github.protectBranch(REPO, "main", [{ context: CHECK, appId: acme.github.app.id }]));

  it.each([
    ["success", 200],
    ["neutral", 200],
    ["skipped", 200],
    ["failure", 405],
    ["action_required", 405],
    ["cancelled", 405],
    ["timed_out", 405],
  ] as const)("that concluded %s answers a merge with %i", async (conclusion, status) => {
    const { number, sha } = await openPull(acme);
    await acme.app.checks.create({ ...IN_REPO, name: CHECK, head_sha: sha, conclusion });
    expect((await merge("wendy", number)).status).toBe(status);
  });

  it("does not let through while it runs", async () => {
    const { number, sha } = await openPull(acme);
    await acme.app.checks.create({ ...IN_REPO, name: CHECK, head_sha: sha, status: "in_progress" });
    expect(await merge("wendy", number)).toMatchObject({ status: 405, message: `Required status check "${CHECK}" is in progress.` });
  });

  it("counts by its newest run", async () => {
    const { number, sha } = await openPull(acme);
    for (const conclusion of ["success", "failure"] as const)
      await acme.app.checks.create({ ...IN_REPO, name: CHECK, head_sha: sha, conclusion });
    expect((await merge("wendy", number)).status).toBe(405);
  });

  it("binds to the newest head: a push takes the success away", async () => {
    const { number, sha, branch } = await openPull(acme);
    await acme.app.checks.create({ ...IN_REPO, name: CHECK, head_sha: sha, conclusion: "success" });
    await acme.github.as("wendy").push(REPO, { branch, changes: { "late.ts": "1\n" }, message: "Late" });
    expect((await merge("wendy", number)).status).toBe(405);
  });

  it("is not satisfied by a namesake of another app, nor by a commit status", async () => {
    const { number, sha } = await openPull(acme);
    const other = acme.github.createApp("Forger", { checks: "write" });
    acme.github.installApp("acme", null, other);
    const made = await fetch(`${acme.github.url}/repos/${REPO}/check-runs`, {
      method: "POST",
      headers: { authorization: `Bearer ${acme.github.actAsApp(other, "acme")}` },
      body: JSON.stringify({ name: CHECK, head_sha: sha, conclusion: "success" }),
    });
    expect(made.status).toBe(201);
    await acme.client("wendy").repos.createCommitStatus({ ...IN_REPO, sha, context: CHECK, state: "success" });
    expect((await merge("wendy", number)).status).toBe(405);
  });

  it("holds administrators too, unless the protection spares them", async () => {
    const { number } = await openPull(acme);
    expect((await merge("adam", number)).status).toBe(405);
    acme.github.protectBranch(REPO, "main", [{ context: CHECK, appId: acme.github.app.id }], { enforceAdmins: false });
    expect((await merge("wendy", number)).status).toBe(405);
    expect((await merge("adam", number)).status).toBe(200);
  });

  it("does not hold another base branch", async () => {
    const { number } = await openPull(acme);
    await acme.github.as("wendy").createBranch(REPO, "release", "main");
    await acme.github.as("wendy").editPullRequest(REPO, number, { base: "release" });
    expect((await merge("wendy", number)).status).toBe(200);
  });
});

it("any app's run or a status satisfies a check that is bound to none, but not a failing one beside it", async () => {
  acme.github.protectBranch(REPO, "main", [{ context: "ci", appId: null }]);
  const { number, sha } = await openPull(acme);
  await acme.client("wendy").repos.createCommitStatus({ ...IN_REPO, sha, context: "ci", state: "success" });
  await acme.app.checks.create({ ...IN_REPO, name: "ci", head_sha: sha, conclusion: "failure" });
  expect((await merge("wendy", number)).status).toBe(405);
  await acme.app.checks.create({ ...IN_REPO, name: "ci", head_sha: sha, conclusion: "success" });
  expect((await merge("wendy", number)).status).toBe(200);
});

it.each([
  ["olga", 200],
  ["adam", 200],
  ["max", 200],
  ["wendy", 200],
  ["tess", 403],
  ["rita", 403],
  ["mel", 403],
])("%s, by role, may merge: %i", async (login, status) => {
  const { number } = await openPull(acme);
  expect((await merge(login, number)).status).toBe(status);
});

it("refuses a draft, a conflict, a closed pull request and a head that moved on", async () => {
  const { github } = acme;
  const wendy = github.as("wendy");
  const draft = await openPull(acme, null, { draft: true });
  expect((await merge("wendy", draft.number)).status).toBe(405);
  await wendy.markReady(REPO, draft.number);

  const put = (sha: string) => acme.client("wendy").pulls.merge({ ...IN_REPO, pull_number: draft.number, sha });
  expect(await statusOf(put("0".repeat(40)))).toBe(409);
  expect(await statusOf(put(draft.sha))).toBe(200);
  expect((await merge("wendy", draft.number)).status).toBe(405);

  const conflict = await openPull(acme, { "src/app.ts": "one\nmine\nthree\n" });
  await wendy.push(REPO, { branch: "main", changes: { "src/app.ts": "one\nyours\nthree\n" }, message: "Other" });
  expect((await merge("wendy", conflict.number)).status).toBe(405);
  const { data } = await acme.app.pulls.get({ ...IN_REPO, pull_number: conflict.number });
  expect(data).toMatchObject({ mergeable: false, mergeable_state: "dirty" });
});

it("keeps a head that lacks its base out of a strict branch", async () => {
  acme.github.protectBranch(REPO, "main", [], { strict: true });
  const { number, branch } = await openPull(acme);
  const wendy = acme.github.as("wendy");
  const tip = await wendy.push(REPO, { branch: "main", changes: { "other.ts": "o\n" }, message: "Other" });
  expect((await merge("wendy", number)).status).toBe(405);
  expect((await acme.app.pulls.get({ ...IN_REPO, pull_number: number })).data.mergeable_state).toBe("behind");
  await wendy.push(REPO, { branch, changes: { "other.ts": "o\n" }, message: "Merge main", alsoParents: [tip] });
  expect((await merge("wendy", number)).status).toBe(200);
});

it.each(["merge", "squash", "rebase"] as const)("leaves the files and the parents that %s means", async (method) => {
  const { number, sha } = await openPull(acme, { [`by-${method}.ts`]: "kept\n" });
  const base = acme.github.repository(REPO).branches.get("main") ?? "";
  const { data } = await acme.client("wendy").pulls.merge({ ...IN_REPO, pull_number: number, merge_method: method });
  const { data: commit } = await acme.app.repos.getCommit({ ...IN_REPO, ref: "main" });
  expect(commit.sha).toBe(data.sha);
  expect(commit.parents.map((parent) => parent.sha)).toEqual(method === "merge" ? [base, sha] : [base]);
  expect(commit.files?.map((file) => file.filename)).toEqual([`by-${method}.ts`]);
});

it("takes a pull request whose head was pushed to its base as merged", async () => {
  const { number, sha } = await openPull(acme);
  await acme.github.as("wendy").createBranch(REPO, "main", sha);
  expect((await acme.app.pulls.get({ ...IN_REPO, pull_number: number })).data).toMatchObject({ merged: true, changed_files: 1 });
});
