import type { RiskForm } from "../model/risk-form.ts";

/**
 * Something that happened to a risk acceptance, as it was read back from GitHub. `at` is GitHub's own time
 * of it (ISO 8601 UTC), not that of the delivery, so deliveries may come twice and in any order.
 * People are GitHub ids.
 */
export type AcceptanceEvent = { readonly at: string } & (
  | {
      /** A comment with a complete form appeared. */
      readonly kind: "proposed";
      readonly formId: number;
      readonly by: number;
      readonly code: string;
      readonly form: RiskForm;
    }
  | {
      /** The form's comment was edited, by anyone. `form` is null when it is no longer complete. */
      readonly kind: "form-edited";
      readonly formId: number;
      readonly by: number;
      readonly code: string;
      readonly form: RiskForm | null;
    }
  | {
      /** Somebody signed the text with this code. `authorised` is what `maySign` said. */
      readonly kind: "signed";
      readonly formId: number;
      /** The comment that signs: the form's own, or the one with the code. */
      readonly commentId: number;
      readonly by: number;
      readonly login: string;
      readonly code: string;
      readonly authorised: boolean;
      readonly fingerprints: readonly string[];
      readonly headSha: string | null;
      readonly url: string | null;
    }
  | { readonly kind: "signature-edited"; readonly commentId: number; readonly by: number }
  | { readonly kind: "comment-deleted"; readonly commentId: number; readonly by: number | null }
  /** Read again, the signer may no longer sign: role or team lost, became an author of the change. */
  | { readonly kind: "authority-lost"; readonly of: number }
  /** Read again, the pull request is to be merged into another branch than the one it was signed for. */
  | { readonly kind: "base-changed"; readonly commentId: number }
  | { readonly kind: "withdrawn"; readonly by: number }
  /** A new head. Ends nothing by itself: its shortfalls decide. */
  | { readonly kind: "pushed"; readonly headSha: string }
);

export type AcceptanceEventOf<K extends AcceptanceEvent["kind"]> = Extract<AcceptanceEvent, { kind: K }>;
export type Signature = AcceptanceEventOf<"signed">;
