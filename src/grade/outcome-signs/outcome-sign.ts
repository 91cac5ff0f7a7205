/** A pattern that speaks for (or, below zero, against) an outcome. Runs on lower-cased text. */
export interface OutcomeSign {
  readonly pattern: RegExp;
  readonly weight: number;
  /** The sign does not hold where this matches. */
  readonly unless?: RegExp;
}
