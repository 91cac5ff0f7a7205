import type { CheckRun } from "./model/check.ts";
import type { PullRequest } from "./model/issue.ts";
import type { Repository, RequiredCheck } from "./model/repository.ts";

/** Conclusions that satisfy a required check (GitHub docs, "Troubleshooting required status checks"). */
const SATISFYING = ["success", "neutral", "skipped"];

/** Why a required check does not let a merge through: "is expected", "is in progress", "is failing". */
export interface UnmetCheck {
  readonly context: string;
  readonly reason: "expected" | "in progress" | "failing";
}

/** The newest run of a name on a commit, of one app or of any. */
function latestCheckRun(repository: Repository, headSha: string, name: string, appId: number | null): CheckRun | null {
  const runs = [...repository.checkRuns.values()].filter(
    (run) => run.headSha === headSha && run.name === name && (appId === null || run.app.id === appId),
  );
  return runs.at(-1) ?? null;
}

/** The required checks of the base branch that the head does not satisfy; of a merge queue, that its own commit does not. */
export function findUnmetChecks({ base, head }: Pick<PullRequest, "base" | "head">, sha: string = head.sha): UnmetCheck[] {
  const { repository, ref } = base;
  const required = repository.protections.get(ref)?.requiredChecks ?? [];
  return required.flatMap((check) => {
    const reason = shortcoming(repository, sha, check);
    return reason === null ? [] : [{ context: check.context, reason }];
  });
}

function shortcoming(repository: Repository, sha: string, { context, appId }: RequiredCheck): UnmetCheck["reason"] | null {
  const run = latestCheckRun(repository, sha, context, appId);
  // A commit status belongs to no app here, so it never stands for a check that is bound to one.
  const status = appId === null ? repository.statuses.findLast((one) => one.sha === sha && one.context === context) : undefined;
  const answers = [run === null ? null : runAnswer(run), status === undefined ? null : statusAnswer(status.state)].filter(
    (answer) => answer !== null,
  );
  if (answers.length === 0) return "expected";
  return answers.includes("failing") ? "failing" : answers.includes("in progress") ? "in progress" : null;
}

function runAnswer(run: CheckRun): "met" | "failing" | "in progress" {
  if (run.status !== "completed") return "in progress";
  return SATISFYING.includes(run.conclusion ?? "") ? "met" : "failing";
}

function statusAnswer(state: string): "met" | "failing" | "in progress" {
  if (state === "success") return "met";
  return state === "pending" ? "in progress" : "failing";
}

/** Any failing or unfinished check on the head that nothing requires. */
export const isUnstable = (pull: PullRequest): boolean => {
  const runs = [...pull.base.repository.checkRuns.values()].filter((run) => run.headSha === pull.head.sha);
  const newest = new Map(runs.map((run) => [`${run.app.id} ${run.name}`, run]));
  return [...newest.values()].some((run) => runAnswer(run) !== "met");
};
