import type { RequirementId } from "../model/requirement-id.ts";
import type { Rubric } from "../rubrics/rubric.ts";

/** The requirement that an item speaks about, and how far it leads the runner-up. */
export interface Recognition {
  readonly requirement: RequirementId | null;
  readonly score: number;
  /** Score of each requirement that was hit. */
  readonly scores: ReadonlyMap<RequirementId, number>;
}

const LABEL_CHARACTERS = 60;
const LEAST_SCORE = 2;

/** Reads which requirement of the rubric an item is about; null when none is surely meant. */
export function recogniseRequirement(text: string, rubric: Rubric): Recognition {
  const lower = text.toLowerCase();
  const colon = lower.slice(0, LABEL_CHARACTERS).search(/:\s|\s[—–-]\s|\(/u);
  const labelEnd = colon < 0 ? 0 : colon;
  const scores = new Map<RequirementId, number>();
  let best: RequirementId | null = null;
  let bestScore = 0;
  let bestAt = Number.POSITIVE_INFINITY;
  for (const requirement of rubric.requirements) {
    let score = 0;
    let at = Number.POSITIVE_INFINITY;
    for (const cue of requirement.cues) {
      const match = cue.pattern.exec(lower);
      if (!match) continue;
      score += match.index < labelEnd ? cue.weight * 2 : cue.weight;
      at = Math.min(at, match.index);
    }
    if (score === 0) continue;
    scores.set(requirement.id, score);
    if (score > bestScore || (score === bestScore && at < bestAt)) {
      best = requirement.id;
      bestScore = score;
      bestAt = at;
    }
  }
  return { requirement: bestScore >= LEAST_SCORE ? best : null, score: bestScore, scores };
}
