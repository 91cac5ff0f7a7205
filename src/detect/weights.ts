/**
 * How much each group of signals counts. Log-odds: the signals' own weights, set by hand, are multiplied by
 * these; `offset` is added once a pull request.
 */
export interface Weights {
  readonly language: number;
  readonly path: number;
  readonly counter: number;
  readonly code: number;
  readonly words: number;
  readonly offset: number;
  /** For each doubling of the number of files that speak for themselves. */
  readonly moreFiles: number;
}

// Written by `npx node bench/detection.ts --data FILE ... --fit`; fitted on 847 pull requests.
export const BACKEND_WEIGHTS: Weights = { language: 1, path: 1.4, counter: 1.4, code: 1, words: 1, offset: -0.2, moreFiles: 0.3 };
/** The same for payments; `language` and `counter` have no part in them. */
export const PAYMENT_WEIGHTS: Weights = { language: 1, path: 1.3, counter: 1, code: 1, words: 1.1, offset: -3.2, moreFiles: 0.2 };
