import type { Evidence } from "../model/touch.ts";

/** What a signal is made from; the ablation and the fitted scales work by group. */
export type SignalGroup = "language" | "path" | "counter" | "code" | "words" | "policy";

/** A piece of evidence with its group. */
export interface Signal extends Evidence {
  readonly group: SignalGroup;
}

/** Evidence beyond this many entries helps no reader. */
const MOST_EVIDENCE = 25;

/** Strongest first, then by path, line and words, so that the order never depends on chance. Weights keep two decimals. */
export function toEvidence(signals: readonly Signal[]): readonly Evidence[] {
  return signals
    .filter(({ weight }) => Math.abs(weight) >= 0.005)
    .toSorted(
      (one, other) =>
        Math.abs(other.weight) - Math.abs(one.weight) ||
        compare(one.path ?? "", other.path ?? "") ||
        (one.line ?? 0) - (other.line ?? 0) ||
        compare(one.signal, other.signal),
    )
    .slice(0, MOST_EVIDENCE)
    .map(({ signal, weight, path, line }) => ({
      signal,
      weight: Math.round(weight * 100) / 100,
      ...(path === undefined ? {} : { path }),
      ...(line === undefined ? {} : { line }),
    }));
}

/** Log-odds as a probability of three decimals. */
export function probability(odds: number): number {
  return Math.round(1000 / (1 + Math.exp(-odds))) / 1000;
}

/** Order of code units, the same everywhere. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
