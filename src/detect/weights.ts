/** Scales and offsets that `bench/detection --fit` writes; see there. Log-odds. */
export interface Weights {
  readonly language: number;
  readonly path: number;
  readonly counter: number;
  readonly code: number;
  readonly words: number;
  readonly offset: number;
  /** For each doubling of the number of files that are backend by themselves. */
  readonly moreFiles: number;
}

export const BACKEND_WEIGHTS: Weights = { language: 1, path: 1, counter: 1, code: 1, words: 1, offset: -0.5, moreFiles: 0.3 };

/** The same for payments; `language` and `counter` have no part in them. */
export const PAYMENT_WEIGHTS: Weights = { language: 1, path: 1, counter: 1, code: 1, words: 1, offset: -2.5, moreFiles: 0.3 };
