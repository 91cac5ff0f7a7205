import type { ObjectStore } from "./git/object-store.ts";
import type { HookQueue } from "./hooks/hook-queue.ts";

/** Repository roles, weakest first. */
export const ROLES = ["read", "triage", "write", "maintain", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** A person, an organization or the bot of an app. */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Organization" | "Bot";
  readonly name: string;
  readonly email: string;
  /** Organization only: account id -> "admin" (an owner) or "member". */
  readonly members: Map<number, "admin" | "member">;
  /** Organization only: what each member may do in every repository. */
  basePermission: Role | "none";
}

/** A team of an organization. A child team has what its ancestors have. */
export interface Team {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly organization: Account;
  readonly parent: Team | null;
  readonly members: Map<number, "member" | "maintainer">;
  /** Repository id -> role. */
  readonly repositories: Map<number, Role>;
}

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
  readonly owner: Account;
  readonly name: string;
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
}

export interface Issue {
  readonly id: number;
  readonly number: number;
  readonly author: Account;
  readonly viaApp: App | null;
  readonly createdAt: string;
  title: string;
  body: string | null;
  state: "open" | "closed";
  stateReason: "completed" | "reopened" | "not_planned" | "duplicate" | null;
  updatedAt: string;
  closedAt: string | null;
  closedBy: Account | null;
  locked: boolean;
  readonly labels: Set<Label>;
  readonly assignees: Set<Account>;
  readonly reactions: Reaction[];
  readonly pull: PullRequest | null;
}

/** What a pull request has beyond being an issue. */
export interface PullRequest {
  readonly id: number;
  head: { readonly repository: Repository; readonly ref: string; sha: string };
  base: { readonly repository: Repository; readonly ref: string; sha: string };
  draft: boolean;
  mergedAt: string | null;
  mergedBy: Account | null;
  mergeCommitSha: string | null;
  readonly reviews: Review[];
  readonly reviewComments: ReviewComment[];
}

export interface Review {
  readonly id: number;
  readonly author: Account;
  readonly commitSha: string;
  body: string;
  state: "approved" | "changes_requested" | "commented" | "dismissed";
  readonly submittedAt: string;
}

export interface ReviewComment {
  readonly id: number;
  readonly author: Account;
  readonly commitSha: string;
  readonly path: string;
  readonly line: number;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
}

export interface IssueComment {
  readonly id: number;
  readonly issueNumber: number;
  readonly author: Account;
  readonly viaApp: App | null;
  readonly createdAt: string;
  body: string;
  updatedAt: string;
  /** Who changed the text last, the author included; null when nobody did. */
  editor: Account | null;
  editedAt: string | null;
  /** Why someone hid it, or null. */
  minimizedReason: string | null;
  readonly reactions: Reaction[];
}

export interface Reaction {
  readonly id: number;
  readonly account: Account;
  readonly content: "+1" | "-1" | "laugh" | "confused" | "heart" | "hooray" | "rocket" | "eyes";
  readonly createdAt: string;
}

export type CheckStatus = "queued" | "in_progress" | "completed";
export type CheckConclusion = "success" | "failure" | "neutral" | "cancelled" | "skipped" | "timed_out" | "action_required";

export interface CheckSuite {
  readonly id: number;
  readonly app: App;
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly before: string | null;
  readonly createdAt: string;
  updatedAt: string;
}

export interface CheckRun {
  readonly id: number;
  readonly suite: CheckSuite;
  readonly app: App;
  readonly headSha: string;
  name: string;
  externalId: string;
  detailsUrl: string | null;
  status: CheckStatus;
  conclusion: CheckConclusion | null;
  startedAt: string | null;
  completedAt: string | null;
  output: { title: string | null; summary: string | null; text: string | null };
  readonly annotations: CheckAnnotation[];
  actions: readonly CheckAction[];
}

export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number | undefined;
  readonly end_column?: number | undefined;
  readonly annotation_level: "notice" | "warning" | "failure";
  readonly message: string;
  readonly title?: string | undefined;
  readonly raw_details?: string | undefined;
}

export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
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

export type Permissions = Readonly<Record<string, "read" | "write">>;

export interface App {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly owner: Account;
  readonly bot: Account;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly webhookSecret: string;
  webhookUrl: string | null;
  permissions: Permissions;
  events: readonly string[];
  readonly createdAt: string;
}

export interface Installation {
  readonly id: number;
  readonly app: App;
  readonly account: Account;
  /** Null: all repositories of the account. */
  repositoryIds: Set<number> | null;
  permissions: Permissions;
  readonly createdAt: string;
  suspendedAt: string | null;
}

/** Who a request or a deed comes from. */
export type Actor =
  | { readonly kind: "anonymous" }
  | { readonly kind: "user"; readonly account: Account }
  | { readonly kind: "app"; readonly app: App }
  | {
      readonly kind: "installation";
      readonly installation: Installation;
      readonly permissions: Permissions;
      /** The token's own narrowing, or null. */
      readonly repositoryIds: ReadonlySet<number> | null;
    };

/** Everything that the stand-in knows. */
export interface World {
  url: string;
  readonly accounts: Map<string, Account>;
  readonly teams: Team[];
  readonly repositories: Repository[];
  readonly apps: App[];
  readonly installations: Installation[];
  readonly tokens: Map<string, { readonly actor: Actor; expiresAt: number | null }>;
  readonly hooks: HookQueue;
  readonly limits: Limits;
  nextId(): number;
  /** The moment in GitHub's form: ISO 8601, UTC, whole seconds. */
  now(): string;
}

/** Sizes above which GitHub leaves a patch out, and how long an installation token lives. */
export interface Limits {
  readonly patchBytes: number;
  readonly patchLines: number;
  readonly tokenLifetimeMs: number;
  readonly deliveryTimeoutMs: number;
}
