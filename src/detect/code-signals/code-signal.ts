/** What an import of a module says. `modules` are names or leading parts of names, as the language writes them. */
export interface ImportSignal {
  readonly says: string;
  readonly weight: number;
  readonly modules: readonly string[];
}

/** What a piece of code says. Matched line by line, in linear time: no nested quantifier, no back-reference. */
export interface CallSignal {
  readonly says: string;
  readonly weight: number;
  readonly pattern: RegExp;
}

/** What code in a family of languages says. */
export interface CodeSignals {
  /** Captures the module name of an import in its first or second group. Null when the language has no imports. */
  readonly importLine: RegExp | null;
  readonly imports: readonly ImportSignal[];
  readonly calls: readonly CallSignal[];
}
