import type { ObjectStore } from "../git/object-store.ts";
import type { Account, Role } from "./account.ts";
import type { CheckRun, CheckSuite } from "./check.ts";
import type { Issue, IssueComment } from "./issue.ts";

export interface Label {
  readonly id: number;
  readonly name: string;
  readonly color: string;
}

/** A check by name that must be satisfied before a merge; `appId` null accepts any app's. */
export interface RequiredCheck {
  readonly context: string;
  readonly appId: number | null;
}

export interface BranchProtection {
  readonly requiredChecks: readonly RequiredCheck[];
  /** The head must contain the tip of its base. */
  readonly strict: boolean;
  /** When false, administrators merge past every requirement, as on GitHub. */
  readonly enforceAdmins: boolean;
}

export interface Repository {
  readonly id: number;
  owner: Account;
  name: string;
  /** "owner/name" in lower case, as it was called before. */
  readonly formerNames: Set<string>;
  readonly private: boolean;
  readonly parent: Repository | null;
  readonly createdAt: string;
  pushedAt: string;
  defaultBranch: string;
  archived: boolean;
  /** A fork shares the store of its parent, as forks do on GitHub. */
  readonly objects: ObjectStore;
  /** Branch name -> commit SHA. */
  readonly branches: Map<string, string>;
  readonly tags: Map<string, string>;
  readonly collaborators: Map<number, Role>;
  readonly protections: Map<string, BranchProtection>;
  readonly labels: Map<string, Label>;
  readonly issues: Map<number, Issue>;
  readonly comments: Map<number, IssueComment>;
  readonly checkSuites: Map<number, CheckSuite>;
  readonly checkRuns: Map<number, CheckRun>;
  readonly statuses: CommitStatus[];
  /** Every move of a branch, oldest first. */
  readonly activity: Activity[];
}

/** A move of a branch, as the activity view shows it. */
export interface Activity {
  readonly id: number;
  readonly actor: Account;
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly kind: "push" | "force_push" | "branch_creation" | "branch_deletion";
  readonly at: string;
}

export interface CommitStatus {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly state: "error" | "failure" | "pending" | "success";
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: Account;
  readonly createdAt: string;
}
