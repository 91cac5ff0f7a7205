import type { Shortfall } from "../model/acceptance.ts";
import type { Review } from "../model/review.ts";
import type { RiskForm } from "../model/risk-form.ts";
import type { AcceptanceState } from "../risks/acceptance-state.ts";
import type { FormFault } from "../risks/form-fault.ts";

/** What one command of a comment led to. Logins without `@`. */
export type RiskReply =
  | { readonly kind: "form-asked"; readonly review: Review }
  | { readonly kind: "form-refused"; readonly faults: readonly FormFault[]; readonly understood: Partial<RiskForm> }
  /**
   * A complete form that its writer may not sign, or has not: one of `signers` signs its code, of the people that it
   * names. `because` is `maySign`'s reason, if it was asked.
   */
  | {
      readonly kind: "form-waits";
      readonly form: RiskForm;
      readonly code: string;
      readonly signers: readonly string[];
      readonly because: string | null;
    }
  /** `mayNever`: for who the person is, not for the text or what could not be read. */
  | { readonly kind: "signature-refused"; readonly because: string; readonly mayNever?: boolean }
  /** No form of this pull request has that code. `typed` is "" when the code was left out. */
  | { readonly kind: "unknown-code"; readonly typed: string; readonly waiting: readonly string[] }
  | {
      readonly kind: "signed";
      readonly by: string;
      readonly form: RiskForm;
      readonly covered: readonly Shortfall[];
      readonly open: readonly Shortfall[];
    }
  | { readonly kind: "withdrawn" | "nothing-to-withdraw"; readonly by: string }
  | { readonly kind: "status"; readonly state: AcceptanceState }
  | { readonly kind: "rechecking" }
  | { readonly kind: "plan-asked"; readonly review: Review }
  | { readonly kind: "help" }
  | { readonly kind: "unknown-command"; readonly text: string };

/** What the policy allows, for the sentences that say so. */
export interface RiskReplyContext {
  /** The first and the last retrofit date that a form may name, YYYY-MM-DD, UTC. */
  readonly earliest: string;
  readonly latest: string;
  /** Who may sign, as `describeDecisionMakers` says it. */
  readonly decisionMakers: string;
}
