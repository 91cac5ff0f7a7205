import type { TouchAnswer } from "../model/touch.ts";
import type { FileReading } from "./read-pull-request.ts";
import { scale, sum } from "./score-file.ts";
import { type Signal, compare, probability, toEvidence } from "./signal.ts";
import type { Weights } from "./weights.ts";

/** A further file counts when it says at least this much by itself. */
const ABOUT_PAYMENTS = 1;

/**
 * Whether money moves: the strongest backend file's path and changed lines, how many more there are, and
 * the title's words. A pull request that does not touch the backend touches no payments: a price label
 * or a checkout page is no payment operation. `score` is a probability of three decimals. The files'
 * backend scores and the words come weighed.
 */
export function scorePayments(
  files: readonly FileReading[],
  words: readonly Signal[],
  backendTouched: boolean,
  weights: Weights,
): TouchAnswer {
  if (!backendTouched) return { touched: false, score: 0, evidence: [] };
  const ranked = files
    .filter(({ backend, payments }) => backend.score > 0 && payments.length > 0)
    .map(({ backend, payments }) => ({ path: backend.file.path, signals: scale(payments, weights) }))
    .map((file) => ({ ...file, odds: sum(file.signals) }))
    .toSorted((one, other) => other.odds - one.odds || compare(one.path, other.path));
  const strongest = ranked[0]?.signals ?? [];
  const others = ranked.slice(1).filter(({ odds }) => odds >= ABOUT_PAYMENTS).length;
  const company = others > 0 ? [companyOf(others, weights)] : [];
  const odds = weights.offset + sum(strongest) + sum(words) + sum(company);
  return { touched: odds > 0, score: probability(odds), evidence: toEvidence([...strongest, ...words, ...company]) };
}

function companyOf(others: number, weights: Weights): Signal {
  const signal = `${others} more ${others === 1 ? "file" : "files"} about payments`;
  return { group: "path", signal, weight: Math.log2(1 + others) * weights.moreFiles };
}
