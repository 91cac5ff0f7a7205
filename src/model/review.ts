import type { Shortfall } from "./acceptance.ts";
import type { NotRead } from "./changed-file.ts";
import type { Finding } from "./finding.ts";
import type { Grade } from "./grade.ts";
import type { Operation } from "./operation.ts";
import type { PlanItem } from "./plan-item.ts";
import type { PolicyProblem } from "./policy.ts";
import type { SignatureEnd } from "./recorded-acceptance.ts";
import type { RedFlag } from "./red-flag.ts";
import type { RequirementId } from "./requirement-id.ts";
import type { Evidence, TouchAnswer } from "./touch.ts";

export type VerdictName = "passed" | "blocked" | "not-applicable" | "risk-accepted" | "observed" | "undetermined";

/** One cell of the 5 x 5 grid. */
export interface GridCell {
  readonly requirement: RequirementId;
  /** met ✓, vague · (planned, not specific), missing – (not planned), contradicted ✗ (the diff breaks it). */
  readonly state: "met" | "vague" | "missing" | "contradicted";
  /** The line of the description or of the diff that decided, if any. */
  readonly line?: number;
}

/** Signatures that are awaited or missing, for the reader of a check run that is held up. Logins without `@`. */
export interface SignatureNews {
  /** Complete forms that nobody has signed as they read now. */
  readonly waiting: readonly { readonly code: string; readonly acceptedBy: readonly string[]; readonly url: string }[];
  /** Complete forms that name only people who may not sign here: they wait for nobody. */
  readonly vain?: readonly { readonly acceptedBy: readonly string[]; readonly url: string }[];
  /** Signatures that ended, and why. */
  readonly ended: readonly { readonly by: string; readonly end: SignatureEnd; readonly until: string }[];
  /** Signatures that could not be checked now, and why: one sentence each. */
  readonly unchecked: readonly { readonly by: string; readonly because: string }[];
  /** true when every decision maker is involved in the change, or there is none. */
  readonly nobodyLeft?: boolean;
}

/** Another open pull request with the same head. */
export interface SharedHead {
  readonly number: number;
  readonly verdict: VerdictName;
  /** What it is short of, one line each; absent where that is told elsewhere. */
  readonly lacks?: readonly string[];
}

/** The payment rubric's part of a review. */
export interface PaymentsAnswer extends TouchAnswer {
  readonly grade?: Grade;
  /** The description read against the payment rubric, once it is graded. */
  readonly items?: readonly PlanItem[];
  readonly draw?: readonly string[];
  readonly grid?: readonly GridCell[];
  readonly nextSteps?: readonly string[];
}

/**
 * The verdict on a pull request: a plain value that the check run, the comment, the terminal and the
 * JSON output are all rendered from (contract: Review; fields below the line are additions).
 */
export interface Review {
  readonly schemaVersion: 1;
  readonly id?: string;
  readonly verdict: VerdictName;
  /** One sentence. */
  readonly why: string;
  readonly backend: TouchAnswer;
  readonly payments: PaymentsAnswer;
  readonly grade: Grade | null;
  readonly items: readonly PlanItem[];
  readonly draw: readonly string[];
  readonly findings: readonly Finding[];
  readonly notRead: readonly NotRead[];
  readonly redFlags: readonly RedFlag[];
  readonly shortfalls: readonly Shortfall[];
  readonly policyOrigin: string;
  /** The shortest list of edits that would earn the grade. */
  readonly nextSteps: readonly string[];
  // ---- additions
  readonly repo: string;
  readonly number: number | null;
  readonly headSha: string | null;
  /** The base branch that it was judged for; absent when it is not known. */
  readonly base?: string;
  readonly reviewedAt: string;
  readonly grid: readonly GridCell[];
  readonly operations: readonly Operation[];
  readonly nearestMiss: Evidence | null;
  readonly policyProblems: readonly PolicyProblem[];
  /** The acceptance that is in force, when the verdict is "risk-accepted". */
  readonly acceptance: {
    readonly by: readonly string[];
    readonly until: string;
    readonly engineerWeeks: number;
    readonly mitigation: string;
    readonly url: string | null;
  } | null;
  /** What the verdict would have been when `mode: observe` turned it into "observed"; else null. */
  readonly observed: VerdictName | null;
  /** Other open pull requests with the same head, whose verdicts the check run carries too. */
  readonly sharedHead: readonly SharedHead[];
  /** What the conversation says about signatures; absent where nobody proposed or signed anything. */
  readonly signatures?: SignatureNews;
  /** The latest retrofit date that the policy allows, YYYY-MM-DD; absent when it is not known. */
  readonly latestRetrofitOn?: string;
  /** Who may sign, as a reader may see it: "@acme/architects, or an admin or maintainer of this repository". */
  readonly decisionMakers: string;
}
