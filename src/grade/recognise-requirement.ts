import type { RequirementId } from "../model/requirement-id.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { blankListedIds } from "./blank-listed-ids.ts";
import { findMatches, findMatchesInAll, preparePatterns, type PatternSet } from "./literal-filter.ts";

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
/** A label that is a section's title says only where the item stands. */
const IN_TITLE = 0.6;
/** What a short label says by itself, on top. */
const LABEL_BONUS = 4;
const LABEL_WORDS = 4;
const NAMES_A_REQUIREMENT = 4;
/** "Authentication endpoints: 5/min per IP" says where, not what. */
const NAMES_A_PLACE = /\b(?:endpoints?|routes?|operations?|services?|paths?)$/u;
/** What stands before an arrow is a trigger; what happens then says as much. */
const IN_TRIGGER = 1.6;
const ARROW = /^(?:→|->|=>)/u;
const EARLY = 1.25;
const EARLY_PART = 0.4;
const IN_CONTEXT = 0.8;

/** A rubric's cues in one row: those of its requirements, then those of subjects elsewhere. */
interface PreparedRubric {
  readonly set: PatternSet;
  readonly cues: readonly { readonly requirement: number; readonly weight: number }[];
  /** Titles of sections and their synonyms, lower case. */
  readonly titles: ReadonlySet<string>;
}

const ELSEWHERE = -1;
const PREPARED = new WeakMap<Rubric, PreparedRubric>();

function prepare(rubric: Rubric): PreparedRubric {
  const known = PREPARED.get(rubric);
  if (known) return known;
  const cues = [
    ...rubric.requirements.flatMap(({ cues: own }, requirement) => own.map((cue) => ({ ...cue, requirement }))),
    ...(rubric.elsewhere ?? []).map((cue) => ({ ...cue, requirement: ELSEWHERE })),
  ];
  const titles = new Set(rubric.sections.flatMap(({ title, synonyms }) => [title, ...synonyms]).map((title) => title.toLowerCase()));
  const prepared = { set: preparePatterns(cues.map(({ pattern }) => pattern)), cues, titles };
  PREPARED.set(rubric, prepared);
  return prepared;
}

/**
 * Reads which requirement of the rubric an item is about; null when none is surely meant. `context` is a label above the
 * item; it speaks more softly than the item itself.
 */
export function recogniseRequirement(text: string, rubric: Rubric, context = ""): Recognition {
  return recogniseRequirements([{ text, context }], rubric)[0] ?? { requirement: null, score: 0, scores: new Map() };
}

/** `recogniseRequirement` for each of the items, in a fraction of the time. */
export function recogniseRequirements(
  items: readonly { readonly text: string; readonly context?: string }[],
  rubric: Rubric,
): readonly Recognition[] {
  const { set } = prepare(rubric);
  const lowers = items.map(({ text }) => blankListedIds(text.toLowerCase()));
  const matches = findMatchesInAll(set, lowers);
  return items.map(({ context = "" }, index) =>
    recognise(lowers[index] ?? "", matches[index] ?? new Map<number, number>(), rubric, context.toLowerCase()),
  );
}

function recognise(lower: string, matches: ReadonlyMap<number, number>, rubric: Rubric, above: string): Recognition {
  const colon = lower.slice(0, LABEL_CHARACTERS).search(/:\s|\s[—–-]\s|\(|→|->|=>/u);
  const labelEnd = colon < 0 ? 0 : colon;
  const { set, cues, titles } = prepare(rubric);
  const isTrigger = ARROW.test(lower.slice(labelEnd, labelEnd + 2).trim());
  const inLabel = titles.has(lower.slice(0, labelEnd)) ? IN_TITLE : isTrigger ? IN_TRIGGER : IN_LABEL;
  const hits = new Map<number, { score: number; at: number }>();
  const inShortLabel = new Map<number, number>();
  const label = lower.slice(0, labelEnd).trim();
  const isShortLabel = inLabel === IN_LABEL && label.split(/\s+/u).length <= LABEL_WORDS && !NAMES_A_PLACE.test(label);
  let elsewhere = 0;
  const add = (requirement: number, score: number, at: number): void => {
    const hit = hits.get(requirement);
    if (hit) {
      hit.score += score;
      hit.at = Math.min(hit.at, at);
    } else hits.set(requirement, { score, at });
  };
  for (const [place, index] of matches) {
    const cue = cues[place];
    if (cue?.requirement === ELSEWHERE) elsewhere += cue.weight;
    else if (cue) {
      if (isShortLabel && index < labelEnd) inShortLabel.set(cue.requirement, (inShortLabel.get(cue.requirement) ?? 0) + cue.weight);
      add(cue.requirement, cue.weight * (index < labelEnd ? inLabel : index < lower.length * EARLY_PART ? EARLY : 1), index);
    }
  }
  const [named] = [...inShortLabel].toSorted(([, a], [, b]) => b - a);
  if (named && named[1] >= NAMES_A_REQUIREMENT) add(named[0], LABEL_BONUS, 0);
  if (above !== "") {
    for (const place of findMatches(set, above).keys()) {
      const cue = cues[place];
      if (cue && cue.requirement !== ELSEWHERE && !matches.has(place))
        add(cue.requirement, cue.weight * IN_CONTEXT, Number.POSITIVE_INFINITY);
    }
  }
  const scores = new Map<RequirementId, number>();
  let best: RequirementId | null = null;
  let bestScore = 0;
  let bestAt = Number.POSITIVE_INFINITY;
  for (const [place, { id }] of rubric.requirements.entries()) {
    const hit = hits.get(place);
    const score = (hit?.score ?? 0) - elsewhere;
    if (!hit || score <= 0) continue;
    scores.set(id, score);
    if (score > bestScore || (score === bestScore && hit.at < bestAt)) {
      best = id;
      bestScore = score;
      bestAt = hit.at;
    }
  }
  return { requirement: bestScore >= LEAST_SCORE ? best : null, score: bestScore, scores };
}
