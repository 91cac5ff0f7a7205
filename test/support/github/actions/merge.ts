import { hasRole } from "../access.ts";
import { readCommit } from "../git/history.ts";
import { findUnmetChecks } from "../merge-requirements.ts";
import type { UnmetCheck } from "../merge-requirements.ts";
import { baseTip, testMergeTree } from "../pull-range.ts";
import { Refusal } from "../refusal.ts";
import type { PullIssue } from "../views/pull-request.ts";
import type { Account } from "../model/account.ts";
import type { World } from "../model/world.ts";
import { markMerged } from "./pull-request.ts";
import { moveBranch, signatureOf } from "./push.ts";

export type MergeMethod = "merge" | "squash" | "rebase";

/** Merges and returns the SHA of the merge. Throws GitHub's refusals: 403, 405, 409. Who may merge is the caller's question. */
export async function merge(
  world: World,
  merger: Account,
  issue: PullIssue,
  method: MergeMethod,
  expectedHead: string | null,
): Promise<string> {
  const { pull } = issue;
  if (issue.state === "closed") throw new Refusal(405, "Pull Request is not mergeable");
  if (pull.draft) throw new Refusal(405, "Pull Request is still a draft");
  if (expectedHead !== null && expectedHead !== pull.head.sha) {
    throw new Refusal(409, "Head branch was modified. Review and try the merge again.");
  }
  await requireProtection(world, merger, issue);
  const tree = await testMergeTree(pull);
  if (tree === null) throw new Refusal(405, "Pull Request is not mergeable");
  const sha = await writeMerge(merger, issue, method, tree);
  pull.base.sha = baseTip(pull);
  await markMerged(world, merger, issue, sha);
  await moveBranch(world, merger, pull.base.repository, pull.base.ref, sha);
  return sha;
}

async function requireProtection(world: World, merger: Account, { pull }: PullIssue): Promise<void> {
  const { repository, ref } = pull.base;
  const protection = repository.protections.get(ref);
  if (protection === undefined) return;
  if (!protection.enforceAdmins && hasRole(world, repository, merger, "admin")) return;
  const unmet = findUnmetChecks(pull);
  if (unmet.length > 0) throw new Refusal(405, sentenceFor(unmet));
  if (protection.strict && !(await repository.objects.isAncestor(baseTip(pull), pull.head.sha))) {
    throw new Refusal(405, "Head branch is out of date. Update it and try the merge again.");
  }
}

function sentenceFor(unmet: readonly UnmetCheck[]): string {
  const [first] = unmet;
  if (unmet.length > 1 || first === undefined) return `${unmet.length} of ${unmet.length} required status checks have not succeeded.`;
  return `Required status check "${first.context}" is ${first.reason}.`;
}

/** Writes the commit that a merge leaves on the base, without moving anything. */
export async function writeMerge(merger: Account, issue: PullIssue, method: MergeMethod, tree: string): Promise<string> {
  const { pull } = issue;
  const { objects } = pull.base.repository;
  const tip = baseTip(pull);
  const head = await readCommit(objects, pull.head.sha);
  const parents = method === "merge" ? [tip, pull.head.sha] : [tip];
  const message =
    method === "merge"
      ? `Merge pull request #${issue.number} from ${pull.head.repository.owner.login}/${pull.head.ref}\n\n${issue.title}`
      : method === "squash"
        ? `${issue.title} (#${issue.number})`
        : head.message;
  const author = signatureOf(merger);
  const args = ["commit-tree", tree, ...parents.flatMap((parent) => ["-p", parent]), "-F", "-"];
  const environment = { GIT_AUTHOR_NAME: author.name, GIT_AUTHOR_EMAIL: author.email };
  return (await objects.output(args, message, environment)).toString().trim();
}
