/** One reason for or against "this touches the backend". Negative weights speak against. */
export interface Evidence {
  /** What was seen, in words a reader understands: `import of express`, `path: migrations/`. */
  readonly signal: string;
  readonly weight: number;
  readonly path?: string;
  /** 1-based line at the head. */
  readonly line?: number;
}

/** One answer of the detection, with its evidence, strongest first. */
export interface TouchAnswer {
  readonly touched: boolean;
  readonly score: number;
  readonly evidence: readonly Evidence[];
}

/** Whether the pull request touches the backend and payments, and whether a plan is asked for at all. */
export interface Touch {
  readonly backend: TouchAnswer;
  readonly payments: TouchAnswer;
  /** One sentence when no plan is asked for ("Not a backend change", "Revert of 1a2b3c4", "Comments only"), else null. */
  readonly notApplicable: string | null;
  /** The strongest evidence of a pull request that was not taken as backend; null when there was none. */
  readonly nearestMiss: Evidence | null;
}
