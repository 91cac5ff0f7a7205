import type { PullRequest } from "../model/pull-request.ts";
import type { TouchAnswer } from "../model/touch.ts";
import { findWordSignals } from "./find-word-signals.ts";
import { PAYMENT_PAIRS, PAYMENT_VOCABULARY } from "./payment-signals.ts";
import { probability, toEvidence } from "./score-backend.ts";
import { type FileScore, sum } from "./score-file.ts";
import type { Signal } from "./signal.ts";
import { PAYMENT_WORDS } from "./word-signals.ts";

const OFFSET = -3;
/** What a word in a changed line says, against the same word in a path. */
const IN_CODE = 0.4;
const OWN_WORD = 2;

const WEIGHTS = new Map(PAYMENT_VOCABULARY.flatMap(({ says, weight, words }) => words.map((word) => [word, { says, weight }] as const)));

/**
 * Whether money moves: the strongest backend file's path and changed lines, and the title's words. A
 * pull request that does not touch the backend touches no payments. `score` is a probability of three decimals.
 */
export function scorePayments(pullRequest: PullRequest, files: readonly FileScore[], backendTouched: boolean): TouchAnswer {
  if (!backendTouched) return { touched: false, score: 0, evidence: [] };
  const words = findWordSignals(pullRequest.title, pullRequest.body, PAYMENT_WORDS, {
    words: pullRequest.policy.words.payments,
    weight: OWN_WORD,
  });
  const scored = files.filter(({ score }) => score > 0).map((file) => findPaymentSignals(file));
  const strongest = scored.toSorted((one, other) => sum(other) - sum(one))[0] ?? [];
  const odds = OFFSET + sum(strongest) + sum(words);
  return { touched: odds >= 0, score: probability(odds), evidence: toEvidence([...strongest, ...words]) };
}

function findPaymentSignals({ file, lines }: FileScore): readonly Signal[] {
  const found = new Map<string, Signal>();
  const note = (says: string, signal: Signal) => {
    if (Math.abs(found.get(says)?.weight ?? 0) < signal.weight) found.set(says, signal);
  };
  for (const word of wordsOf(file.path)) {
    const known = WEIGHTS.get(word);
    if (known)
      note(`path ${known.says}`, { group: "path", signal: `path: ${word} (${known.says})`, weight: known.weight, path: file.path });
  }
  for (const { kind, line, text } of lines) {
    if (kind === "context") continue;
    for (const word of wordsOf(text)) {
      const known = WEIGHTS.get(word);
      if (known)
        note(word, { group: "code", signal: `code: ${word} (${known.says})`, weight: known.weight * IN_CODE, path: file.path, line });
    }
  }
  return [...found.values()];
}

/** Words of an identifier or path, split at case and punctuation, and the known pairs of words. */
function wordsOf(text: string): readonly string[] {
  const words = text
    .slice(0, 400)
    .split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/)
    .map((word) => word.toLowerCase());
  const joined = words.join(" ");
  return [...words, ...PAYMENT_PAIRS.filter((pair) => joined.includes(pair)).map(() => "payment")];
}
