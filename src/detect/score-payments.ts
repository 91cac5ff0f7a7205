import type { PullRequest } from "../model/pull-request.ts";
import type { TouchAnswer } from "../model/touch.ts";
import { findPaymentSignals } from "./find-payment-signals.ts";
import { findWordSignals } from "./find-word-signals.ts";
import { compare, probability, toEvidence } from "./score-backend.ts";
import { type FileScore, scale, sum } from "./score-file.ts";
import type { Signal } from "./signal.ts";
import type { Weights } from "./weights.ts";
import { PAYMENT_WORDS } from "./word-signals.ts";

const OWN_WORD = 2;

/**
 * Whether money moves: the strongest backend file's path and changed lines, how many more there are, and
 * the title's words. A pull request that does not touch the backend touches no payments: a price label
 * or a checkout page is no payment operation. `score` is a probability of three decimals.
 */
export function scorePayments(
  pullRequest: PullRequest,
  files: readonly FileScore[],
  backendTouched: boolean,
  weights: Weights,
): TouchAnswer {
  if (!backendTouched) return { touched: false, score: 0, evidence: [] };
  const own = { words: pullRequest.policy.words.payments, weight: OWN_WORD };
  const words = scale(findWordSignals(pullRequest.title, pullRequest.body, PAYMENT_WORDS, own), weights);
  const ranked = files
    .filter(({ score }) => score > 0)
    .map((file) => ({ path: file.file.path, signals: scale(findPaymentSignals(file), weights) }))
    .map((file) => ({ ...file, odds: sum(file.signals) }))
    .toSorted((one, other) => other.odds - one.odds || compare(one.path, other.path));
  const strongest = ranked[0]?.signals ?? [];
  const others = ranked.slice(1).filter(({ odds }) => odds >= 1).length;
  const company: Signal[] =
    others > 0
      ? [
          {
            group: "path",
            signal: `${others} more ${others === 1 ? "file" : "files"} about payments`,
            weight: Math.log2(1 + others) * weights.moreFiles,
          },
        ]
      : [];
  const odds = weights.offset + sum(strongest) + sum(words) + sum(company);
  return { touched: odds > 0, score: probability(odds), evidence: toEvidence([...strongest, ...words, ...company]) };
}
