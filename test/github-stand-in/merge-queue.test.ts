import { afterAll, beforeAll, expect, it } from "vitest";
import { CHECK, IN_REPO, openPull, REPO, startAcme } from "./start-acme.ts";
import type { Acme } from "./start-acme.ts";

let acme: Acme;

beforeAll(async () => {
  acme = await startAcme();
  acme.github.protectBranch(REPO, "main", [{ context: CHECK, appId: acme.github.app.id }]);
});

afterAll(() => acme.close());

const conclude = (sha: string, conclusion: "success" | "failure") =>
  acme.app.checks.create({ ...IN_REPO, name: CHECK, head_sha: sha, conclusion });

async function queued() {
  const { number, sha } = await openPull(acme);
  await conclude(sha, "success");
  const group = await acme.github.as("wendy").joinMergeQueue(REPO, number);
  return { number, group, finish: () => acme.github.as("wendy").finishMergeGroup(group) };
}

it("asks for checks on a commit of the queue's own, and merges that commit when they are satisfied", async () => {
  const { number, group, finish } = await queued();
  await acme.github.settled();
  const { headSha, headRef, baseSha } = group;
  expect(headRef).toBe(`gh-readonly-queue/main/pr-${number}-${baseSha}`);
  expect(acme.received.findLast(({ event }) => event === "merge_group")?.payload).toMatchObject({
    action: "checks_requested",
    merge_group: { head_sha: headSha, head_ref: `refs/heads/${headRef}`, base_sha: baseSha, base_ref: "refs/heads/main" },
    installation: { id: acme.installation.id },
  });
  expect(await finish()).toBeNull();
  const { data: run } = await conclude(headSha, "success");
  expect(run.pull_requests).toEqual([]);
  expect(await finish()).toBe("merged");
  expect(acme.github.repository(REPO).branches.get("main")).toBe(headSha);
  expect((await acme.app.pulls.get({ ...IN_REPO, pull_number: number })).data).toMatchObject({ merged: true, merge_commit_sha: headSha });
});

it("throws a group out when a required check fails on it", async () => {
  const { number, group, finish } = await queued();
  await conclude(group.headSha, "failure");
  expect(await finish()).toBe("invalidated");
  expect((await acme.app.pulls.get({ ...IN_REPO, pull_number: number })).data).toMatchObject({ merged: false, state: "open" });
  expect(acme.github.repository(REPO).branches.has(group.headRef)).toBe(false);
});

it("lets nobody in whose own head is not green", async () => {
  const { number } = await openPull(acme);
  await expect(acme.github.as("wendy").joinMergeQueue(REPO, number)).rejects.toMatchObject({ status: 405 });
});
