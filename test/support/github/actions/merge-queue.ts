import { readCommit } from "../git/history.ts";
import { announce } from "../hooks/announce.ts";
import { findUnmetChecks } from "../merge-requirements.ts";
import type { Account } from "../model/account.ts";
import type { World } from "../model/world.ts";
import { baseTip, testMergeTree } from "../pull-range.ts";
import { Refusal } from "../refusal.ts";
import { pushedCommitView } from "../views/commit.ts";
import type { PullIssue } from "../views/pull-request.ts";
import { writeMerge } from "./merge.ts";
import { markMerged } from "./pull-request.ts";
import { deleteBranch, moveBranch } from "./push.ts";

/** A pull request that waits at the head of the merge queue. */
export interface MergeGroup {
  readonly issue: PullIssue;
  readonly headRef: string;
  readonly headSha: string;
  readonly baseSha: string;
}

/** Puts a pull request into the merge queue: a commit on a branch of its own, whose checks are asked for. */
export async function enqueue(world: World, actor: Account, issue: PullIssue): Promise<MergeGroup> {
  const { pull } = issue;
  const { repository } = pull.base;
  if (issue.state === "closed" || pull.draft) throw new Refusal(405, "Pull Request is not mergeable");
  const unmet = findUnmetChecks(pull);
  if (unmet.length > 0) throw new Refusal(405, `Required status check "${unmet[0]?.context ?? ""}" is ${unmet[0]?.reason ?? ""}.`);
  const tree = await testMergeTree(pull);
  if (tree === null) throw new Refusal(405, "Pull Request is not mergeable");
  const baseSha = baseTip(pull);
  const headSha = await writeMerge(actor, issue, "merge", tree);
  const group = { issue, headRef: `gh-readonly-queue/${pull.base.ref}/pr-${issue.number}-${baseSha}`, headSha, baseSha };
  await moveBranch(world, actor, repository, group.headRef, headSha);
  await announceGroup(world, actor, group, "checks_requested");
  return group;
}

/** Merges the group when its required checks are satisfied, removes it when one failed. Returns null while they run. */
export async function finishGroup(world: World, actor: Account, group: MergeGroup): Promise<"merged" | "invalidated" | null> {
  const { pull } = group.issue;
  const unmet = findUnmetChecks(pull, group.headSha);
  if (unmet.some(({ reason }) => reason !== "failing")) return null;
  const reason = unmet.length === 0 ? "merged" : "invalidated";
  if (reason === "merged") {
    pull.base.sha = group.baseSha;
    await markMerged(world, actor, group.issue, group.headSha);
    await moveBranch(world, actor, pull.base.repository, pull.base.ref, group.headSha);
  }
  await announceGroup(world, actor, group, "destroyed", { reason });
  await deleteBranch(world, actor, pull.base.repository, group.headRef);
  return reason;
}

async function announceGroup(
  world: World,
  sender: Account,
  { issue, headRef, headSha, baseSha }: MergeGroup,
  action: "checks_requested" | "destroyed",
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const { repository, ref } = issue.pull.base;
  const { id, tree_id, message, timestamp, author, committer } = pushedCommitView(
    world,
    repository,
    await readCommit(repository.objects, headSha),
    [],
  );
  const head_commit = { id, tree_id, message, timestamp, author, committer };
  const merge_group = {
    head_sha: headSha,
    head_ref: `refs/heads/${headRef}`,
    base_sha: baseSha,
    base_ref: `refs/heads/${ref}`,
    head_commit,
  };
  announce(world, { event: "merge_group", action, repository, sender, detail: { merge_group, ...detail } });
}
