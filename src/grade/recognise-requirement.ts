import type { RequirementId } from "../model/requirement-id.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { letterGroupsOf, mayMatch } from "./literal-filter.ts";

/** The requirement that an item speaks about, and how far it leads the runner-up. */
export interface Recognition {
  readonly requirement: RequirementId | null;
  readonly score: number;
  /** Score of each requirement that was hit. */
  readonly scores: ReadonlyMap<RequirementId, number>;
}

const LABEL_CHARACTERS = 60;
const LEAST_SCORE = 2;
/** What is said first is what the item is about. */
const IN_LABEL = 2;
const EARLY = 1.25;
const EARLY_PART = 0.4;
const IN_CONTEXT = 0.8;

/**
 * Reads which requirement of the rubric an item is about; null when none is surely meant. `context` is a label above the
 * item; it speaks more softly than the item itself.
 */
export function recogniseRequirement(text: string, rubric: Rubric, context = ""): Recognition {
  const lower = text.toLowerCase();
  const above = context.toLowerCase();
  const groups = letterGroupsOf(lower);
  const colon = lower.slice(0, LABEL_CHARACTERS).search(/:\s|\s[—–-]\s|\(|→|->|=>/u);
  const labelEnd = colon < 0 ? 0 : colon;
  const elsewhere = (rubric.elsewhere ?? []).reduce(
    (sum, cue) => (mayMatch(cue.pattern, groups) && cue.pattern.test(lower) ? sum + cue.weight : sum),
    0,
  );
  const scores = new Map<RequirementId, number>();
  let best: RequirementId | null = null;
  let bestScore = 0;
  let bestAt = Number.POSITIVE_INFINITY;
  for (const requirement of rubric.requirements) {
    let score = 0;
    let at = Number.POSITIVE_INFINITY;
    for (const cue of requirement.cues) {
      const match = mayMatch(cue.pattern, groups) ? cue.pattern.exec(lower) : null;
      if (match) {
        score += cue.weight * (match.index < labelEnd ? IN_LABEL : match.index < lower.length * EARLY_PART ? EARLY : 1);
        at = Math.min(at, match.index);
      } else if (above !== "" && cue.pattern.test(above)) score += cue.weight * IN_CONTEXT;
    }
    score = Math.max(0, score - elsewhere);
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
