/** Minimums of a grade. Percentages are 0 to 100. */
export interface Thresholds {
  readonly totalItems: number;
  readonly sectionItems: number;
  readonly numbersPercent: number;
  readonly toolsPercent: number;
  /** Share of counted items that must not be surely without an outcome. */
  readonly outcomesPercent: number;
  /** Largest share of counted items whose outcome may be unsure. */
  readonly unsurePercent: number;
  /** Points to pass, of 8. */
  readonly passing: number;
}

export type RuleSetting = "blocking" | "advisory" | "off";

/** An organisation's choices, complete: every field has a value. */
export interface Policy {
  readonly mode: "enforce" | "observe";
  readonly thresholds: Thresholds;
  readonly paymentThresholds: Thresholds;
  readonly openItems: "show" | "block";
  /** Globs. A path that `exclude` matches is never backend; one that `include` matches always is; exclude wins. */
  readonly paths: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  /** An organisation's own words that speak for backend or payments in title and body. */
  readonly words: { readonly backend: readonly string[]; readonly payments: readonly string[] };
  /** An organisation's own tools, as plan items may name them. */
  readonly tools: readonly string[];
  /** Rule id -> setting. Rules not named keep their own severity. */
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Whether an inline suppression with a reason may silence a blocking finding. */
  readonly suppressBlocking: boolean;
  readonly decisionMakers: {
    readonly users: readonly string[];
    /** "org/team" or "team". */
    readonly teams: readonly string[];
    /** Repository roles by `role_name`. */
    readonly roles: readonly string[];
  };
  /** Days from now within which a retrofit date must lie. */
  readonly horizonDays: number;
  /** Logins whose pull requests need no plan ("dependabot[bot]"). */
  readonly exemptAuthors: readonly string[];
  readonly comment: "failures" | "none";
}

/** A mistake in a policy file. Line and column are 1-based. */
export interface PolicyProblem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** What was wrong and what was expected, one line. */
  readonly message: string;
}

/** The policy of a repository that has none. Values: product description, sections 4 and 8. */
export const DEFAULT_POLICY: Policy = {
  mode: "enforce",
  thresholds: {
    totalItems: 25,
    sectionItems: 5,
    numbersPercent: 80,
    toolsPercent: 80,
    outcomesPercent: 100,
    unsurePercent: 20,
    passing: 7,
  },
  paymentThresholds: {
    totalItems: 15,
    sectionItems: 3,
    numbersPercent: 80,
    toolsPercent: 80,
    outcomesPercent: 100,
    unsurePercent: 20,
    passing: 7,
  },
  openItems: "show",
  paths: { include: [], exclude: [] },
  words: { backend: [], payments: [] },
  tools: [],
  rules: {},
  suppressBlocking: false,
  decisionMakers: { users: [], teams: [], roles: ["admin", "maintain"] },
  horizonDays: 90,
  exemptAuthors: [],
  comment: "failures",
};
