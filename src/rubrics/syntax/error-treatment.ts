import type { ts } from "ts-morph";

/** What a receiver does with its error. Facts only; a rule decides what they mean. */
export interface ErrorTreatment {
  readonly isEmpty: boolean;
  readonly rethrows: boolean;
  readonly returns: boolean;
  /** Calls of a logger or the console, in order. */
  readonly logs: readonly ts.CallExpression[];
  /** The error's name is read somewhere in the body. */
  readonly usesError: boolean;
  /** Any call at all, or an assignment: something happens. */
  readonly acts: boolean;
  /** A comment stands in the empty body: someone meant it. */
  readonly comment: string | null;
}
