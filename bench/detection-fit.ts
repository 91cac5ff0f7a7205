import { judgeReading } from "../src/detect/judge-reading.ts";
import type { Reading } from "../src/detect/read-pull-request.ts";
import type { Weights } from "../src/detect/weights.ts";
import type { Labelled } from "./detection-labelled.ts";

/** A labelled pull request whose files have been read once. */
export interface LabelledRead extends Labelled {
  readonly read: Reading;
}

/** Both sets of weights. */
export interface BothWeights {
  readonly backend: Weights;
  readonly payments: Weights;
}

const STEPS = [0.4, 0.2, 0.1] as const;
/** How strongly the numbers set by hand hold a fitted one back: few labelled repositories must not bend them far. */
const HOLD = 8;
/** The numbers set by hand, which fitted ones are held to: every fit starts here, so fitting twice changes nothing. */
const HAND: BothWeights = {
  backend: { language: 1, path: 1, counter: 1, code: 1, words: 1, offset: -0.5, moreFiles: 0.3 },
  payments: { language: 1, path: 1, counter: 1, code: 1, words: 1, offset: -2.5, moreFiles: 0.3 },
};

/**
 * Fits the scales of the groups, the offset and the weight of further files by coordinate descent on the
 * logarithmic loss, held back towards the numbers set by hand. Deterministic; bounded rounds.
 */
export function fitWeights(pulls: readonly LabelledRead[]): BothWeights {
  const backend = descend(HAND.backend, ["language", "path", "counter", "code", "words", "offset", "moreFiles"], (weights) =>
    loss(pulls, { ...HAND, backend: weights }, "backend"),
  );
  const payments = descend(HAND.payments, ["path", "code", "words", "offset", "moreFiles"], (weights) =>
    loss(pulls, { backend, payments: weights }, "payments"),
  );
  return { backend, payments };
}

function descend(start: Weights, keys: readonly (keyof Weights)[], lossOf: (weights: Weights) => number): Weights {
  const held = (weights: Weights) => lossOf(weights) + HOLD * keys.reduce((total, key) => total + (weights[key] - start[key]) ** 2, 0);
  let best = start;
  let lowest = held(best);
  for (const step of STEPS) {
    for (let improved = true, rounds = 0; improved && rounds < 4; rounds++) {
      improved = false;
      for (const key of keys) {
        for (const change of [step, -step]) {
          const next = { ...best, [key]: Math.round((best[key] + change) * 100) / 100 };
          if (key !== "offset" && next[key] < 0) continue;
          const cost = held(next);
          if (cost < lowest - 1e-9) {
            best = next;
            lowest = cost;
            improved = true;
          }
        }
      }
    }
  }
  return best;
}

function loss(pulls: readonly LabelledRead[], weights: BothWeights, question: "backend" | "payments"): number {
  let total = 0;
  for (const pull of pulls) {
    const wanted = pull[question];
    if (wanted === null) continue;
    const score = Math.min(0.995, Math.max(0.005, judgeReading(pull.read, weights)[question].score));
    total -= Math.log(wanted ? score : 1 - score);
  }
  return total;
}
