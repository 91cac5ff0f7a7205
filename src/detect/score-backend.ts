import type { PullRequest } from "../model/pull-request.ts";
import type { Evidence, TouchAnswer } from "../model/touch.ts";
import { findWordSignals } from "./find-word-signals.ts";
import { type FileScore, sum } from "./score-file.ts";
import type { Signal } from "./signal.ts";
import type { Weights } from "./weights.ts";
import { BACKEND_WORDS, MOST_FROM_WORDS } from "./word-signals.ts";

/** An organisation's own word in a title or description. */
const OWN_WORD = 2;
/** Evidence beyond this many entries helps no reader. */
const MOST_EVIDENCE = 25;

/**
 * The strongest file decides; further backend files, and words, tip the scale. `score` is a probability,
 * 0 to 1, of three decimals; above 0.5 the backend is touched. A pull request without files is not.
 */
export function scoreBackend(pullRequest: PullRequest, files: readonly FileScore[], weights: Weights): TouchAnswer {
  const ranked = files.toSorted((one, other) => other.score - one.score || compare(one.file.path, other.file.path));
  const strongest = ranked[0];
  if (!strongest) return { touched: false, score: 0, evidence: [] };
  const words = findWordSignals(pullRequest.title, pullRequest.body, BACKEND_WORDS, {
    words: pullRequest.policy.words.backend,
    weight: OWN_WORD,
  });
  const spoken = clampWords(words, weights.words);
  const others = ranked.filter(({ score }) => score > 0).length - 1;
  const company: Signal[] =
    others > 0
      ? [
          {
            group: "path",
            signal: `${others} more backend ${others === 1 ? "file" : "files"}`,
            weight: Math.log2(1 + others) * weights.moreFiles,
          },
        ]
      : [];
  const odds = strongest.score + weights.offset + sum(spoken) + sum(company);
  const touched = odds > 0;
  const rest = ranked.slice(1).flatMap(({ score, signals }) => (score > 0 ? strongestOf(signals) : []));
  return { touched, score: probability(odds), evidence: toEvidence([...strongest.signals, ...spoken, ...company, ...rest]) };
}

/** Words are scaled down together when they exceed what words may say. */
export function clampWords(words: readonly Signal[], scale: number): readonly Signal[] {
  const spoken = words.filter(({ group }) => group === "words");
  const total = Math.abs(sum(spoken)) * scale;
  const factor = total > MOST_FROM_WORDS ? (MOST_FROM_WORDS / total) * scale : scale;
  return words.map((word) => (word.group === "words" ? { ...word, weight: word.weight * factor } : word));
}

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

function strongestOf(signals: readonly Signal[]): readonly Signal[] {
  const best = signals.reduce<Signal | null>((most, signal) => (signal.weight > (most?.weight ?? 0) ? signal : most), null);
  return best ? [best] : [];
}

/** Order of code units, the same everywhere. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
