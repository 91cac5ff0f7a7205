/** The four fields of a complete `/accept-risk` form, as they were understood. */
export interface RiskForm {
  /** Calendar date, YYYY-MM-DD, UTC. */
  readonly retrofitOn: string;
  /** More than 0. */
  readonly engineerWeeks: number;
  /** Logins of the one or two people named as accepting, without `@`, as written. */
  readonly acceptedBy: readonly string[];
  readonly mitigation: string;
}
