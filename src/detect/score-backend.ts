import type { TouchAnswer } from "../model/touch.ts";
import { type FileScore, sum } from "./score-file.ts";
import { type Signal, compare, probability, toEvidence } from "./signal.ts";
import type { Weights } from "./weights.ts";
import { MOST_FROM_WORDS } from "./word-signals.ts";

/**
 * The strongest file decides; further backend files, and words, tip the scale. `score` is a probability,
 * 0 to 1, of three decimals; above 0.5 the backend is touched. A pull request without files is not.
 * Files and words come weighed.
 */
export function scoreBackend(files: readonly FileScore[], words: readonly Signal[], weights: Weights): TouchAnswer {
  const ranked = files.toSorted((one, other) => other.score - one.score || compare(one.file.path, other.file.path));
  const strongest = ranked[0];
  if (!strongest) return { touched: false, score: 0, evidence: [] };
  const spoken = clampWords(words);
  const others = ranked.filter(({ score }) => score > 0).length - 1;
  const company = others > 0 ? [companyOf(others, weights)] : [];
  const odds = strongest.score + weights.offset + sum(spoken) + sum(company);
  const rest = ranked.slice(1).flatMap(({ score, signals }) => (score > 0 ? strongestOf(signals) : []));
  return { touched: odds > 0, score: probability(odds), evidence: toEvidence([...strongest.signals, ...spoken, ...company, ...rest]) };
}

function companyOf(others: number, weights: Weights): Signal {
  const signal = `${others} more backend ${others === 1 ? "file" : "files"}`;
  return { group: "path", signal, weight: Math.log2(1 + others) * weights.moreFiles };
}

/** Words are scaled down together when they exceed what words may say; a policy's words are not. */
function clampWords(words: readonly Signal[]): readonly Signal[] {
  const total = Math.abs(sum(words.filter(({ group }) => group === "words")));
  const share = total > MOST_FROM_WORDS ? MOST_FROM_WORDS / total : 1;
  return words.map((word) => (word.group === "words" ? { ...word, weight: word.weight * share } : word));
}

function strongestOf(signals: readonly Signal[]): readonly Signal[] {
  const best = signals.reduce<Signal | null>((most, signal) => (signal.weight > (most?.weight ?? 0) ? signal : most), null);
  return best ? [best] : [];
}
