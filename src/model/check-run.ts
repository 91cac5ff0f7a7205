/** GitHub's annotation levels. */
export type AnnotationLevel = "notice" | "warning" | "failure";

/** A note on lines of the diff. Lines are 1-based, inclusive. */
export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: AnnotationLevel;
  readonly title: string;
  readonly message: string;
}

/** A button on a completed check run: at most three; 20, 40 and 20 characters (GitHub docs, rest/checks/runs). */
export interface CheckRunAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: "recheck" | "plan-skeleton" | "risk-form";
}

export type Conclusion = "success" | "failure" | "neutral" | "action_required" | "cancelled";

/** A completed check run, ready to be published: within GitHub's limits, hostile text neutralised. */
export interface CheckRun {
  readonly name: string;
  readonly conclusion: Conclusion;
  /** 255 characters at most. */
  readonly title: string;
  /** 65,535 characters at most, each. */
  readonly summary: string;
  readonly text: string;
  /** 100 at most. */
  readonly annotations: readonly Annotation[];
  readonly actions: readonly CheckRunAction[];
  /** Fingerprints of the shortfalls that it shows: a signature covers no others. */
  readonly shows?: readonly string[];
  /** Written only over a run of this name that stands on the head already; "own": over one of the same pull request. */
  readonly onlyInPlaceOfAnother?: true | "own";
}
