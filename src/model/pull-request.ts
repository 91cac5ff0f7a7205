import type { Acceptance } from "./acceptance.ts";
import type { ChangedFile, NotRead } from "./changed-file.ts";
import type { EarnedPlan } from "./earned-plan.ts";
import type { CommentRef } from "./job.ts";
import type { Policy, PolicyProblem } from "./policy.ts";

/** A comment on the pull request's conversation. */
export interface Comment {
  readonly author: string;
  readonly body: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** How it is read again with its editor, where it came from GitHub. */
  readonly ref?: CommentRef;
}

/** A dependency manifest at the head (package.json), read to look for what the plan promises. */
export interface Manifest {
  readonly path: string;
  readonly text: string;
}

/**
 * One immutable snapshot of a pull request: everything the pure stages may know. `fetch` has finished
 * all reading before it exists, and `now` is the only clock.
 */
export interface PullRequest {
  readonly id?: string;
  /** "owner/name"; "" when unknown. */
  readonly repo: string;
  readonly number: number | null;
  readonly title: string;
  readonly body: string;
  readonly author: string | null;
  readonly draft: boolean;
  readonly labels: readonly string[];
  readonly headSha: string | null;
  /** Name of the base branch. */
  readonly base: string | null;
  readonly files: readonly ChangedFile[];
  readonly comments: readonly Comment[];
  readonly acceptances: readonly Acceptance[];
  /** SHA on the base that this patch exactly inverts, proved by `fetch`; null when it is no revert or unknown. */
  readonly revertOf: string | null;
  readonly manifests: readonly Manifest[];
  readonly policy: Policy;
  /** Where the policy came from, as a reader may see it: "default", "acme/api@3f2c1d9". */
  readonly policyOrigin: string;
  readonly policyProblems: readonly PolicyProblem[];
  /** The policy file as this pull request would leave it, when it changes that file; what is in force does not change by it. */
  readonly policyChange?: {
    readonly path: string;
    readonly state: "valid" | "invalid" | "removed";
    readonly problems: readonly PolicyProblem[];
    /** The policy in force, where this one is read from. */
    readonly origin: string;
  };
  /** Plans by which other pull requests of the repository earned their pass, where a database knows them. */
  readonly earnedPlans?: readonly EarnedPlan[];
  /** What could not be read before judging. */
  readonly notRead: readonly NotRead[];
  /** ISO 8601 UTC. */
  readonly now: string;
}
