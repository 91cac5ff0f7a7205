import type { RequirementId } from "./requirement-id.ts";

export type Severity = "blocking" | "advisory" | "undetermined";

/** What a rule saw in the changed lines (contract: Finding). Lines are 1-based, at the head, inclusive. */
export interface Finding {
  /** Rule id: a statement that is true or false of the change. */
  readonly rule: string;
  readonly requirement: RequirementId;
  readonly severity: Severity;
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
  readonly message: string;
  /** Why it matters, one sentence. */
  readonly why: string;
  readonly fix: string;
  /** Survives moved lines and renames; the same defect twice in a file gets two fingerprints. */
  readonly fingerprint: string;
  /** The line of the blocking finding that this is one more place of: it blocks with that one, and is accepted by itself. */
  readonly sameAsLine?: number;
  /** The reason given in an inline suppression; a suppressed finding is shown and does not block. */
  readonly suppressed?: string;
}
