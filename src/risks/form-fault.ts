/** What can be wrong with the retrofit date. Dates are YYYY-MM-DD, UTC. */
export type DateFault =
  | { readonly problem: "missing" }
  /** `words` is what made it vague: "later", "next quarter". */
  | { readonly problem: "vague"; readonly words: string }
  | { readonly problem: "ambiguous"; readonly readings: readonly string[] }
  | { readonly problem: "several" }
  /** A month or a quarter without a day. */
  | { readonly problem: "no-day" }
  | { readonly problem: "not-in-calendar" }
  /** The weekday that is written is not the weekday of the date. */
  | { readonly problem: "weekday-mismatch"; readonly date: string }
  | { readonly problem: "not-a-date" }
  | { readonly problem: "not-in-the-future"; readonly date: string }
  | { readonly problem: "beyond-horizon"; readonly date: string };

export type BudgetFault =
  | { readonly problem: "missing" }
  | { readonly problem: "vague"; readonly words: string }
  | { readonly problem: "no-number" }
  /** A number without a unit of people's time, or with one that has no fixed size (months, sprints, money). */
  | { readonly problem: "no-unit" }
  | { readonly problem: "several" }
  /** "1,500" may be 1.5 or 1500. */
  | { readonly problem: "ambiguous" }
  | { readonly problem: "too-small" }
  | { readonly problem: "too-large" };

export type PersonFault =
  | { readonly problem: "missing" }
  | { readonly problem: "not-a-login" }
  | { readonly problem: "team" }
  | { readonly problem: "bot" }
  | { readonly problem: "several" };

export type MitigationFault =
  | { readonly problem: "missing" }
  | { readonly problem: "vague"; readonly words: string }
  /** No limit, switch or rota is stated. */
  | { readonly problem: "no-measure" }
  /** A measure without a number or a named owner. */
  | { readonly problem: "no-number-or-owner" }
  | { readonly problem: "too-long" };

/** What is wrong with one field, and what was found there ("" when nothing). `several-answers`: the field is there twice with different content. */
export type FormFault = { readonly found: string } & (
  | ({ readonly field: "retrofit-date" } & (DateFault | { readonly problem: "several-answers" }))
  | ({ readonly field: "budget" } & (BudgetFault | { readonly problem: "several-answers" }))
  | ({ readonly field: "accepted-by" } & (PersonFault | { readonly problem: "several-answers" }))
  | ({ readonly field: "mitigation" } & (MitigationFault | { readonly problem: "several-answers" }))
);
