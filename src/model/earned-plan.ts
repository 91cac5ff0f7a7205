import type { PullRequestRef } from "./job.ts";

/** The plan with which another pull request of the repository earned its pass, and was merged. */
export interface EarnedPlan {
  readonly number: number;
  /** Backend files that it changed. */
  readonly paths: readonly string[];
  /** Its counted items as `planKey` writes them: no text of theirs. */
  readonly keys: readonly string[];
}

/** Remembers by which plans pull requests earned their pass, so that the next change does not pass by the same words. */
export interface EarnedPlanStore {
  /** The plan in place of an earlier one of the same pull request. `at`: ISO 8601 UTC. */
  saveEarnedPlan(ref: PullRequestRef, plan: Pick<EarnedPlan, "paths" | "keys">, at: string): Promise<void>;
  /** The pull request was merged: from now on its plan is used up. Without one that earned its pass, nothing happens. */
  confirmEarnedPlan(ref: PullRequestRef): Promise<void>;
  /** Those of the repository's other pull requests that were merged, newest first, at most 50. */
  loadEarnedPlans(repo: string, except: number): Promise<readonly EarnedPlan[]>;
  /** A pull request that was closed without merging, or no longer passes, has used its plan for nothing. */
  deleteEarnedPlan(ref: PullRequestRef): Promise<void>;
  /** Forgets plans that earned their pass before this instant (ISO 8601). */
  deleteEarnedPlansBefore(instant: string): Promise<void>;
}
