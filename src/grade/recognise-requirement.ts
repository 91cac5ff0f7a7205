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
/** A label that is a requirement's own name: what the author calls an item, it is about. */
const OWN_NAME = 24;
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
  /** The places of the requirements by their labels and ids in words. */
  readonly names: ReadonlyMap<string, number>;
  /** A nought for each requirement. */
  readonly zeros: readonly number[];
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
  const names = new Map(
    rubric.requirements.flatMap(({ label, id }, place) => [label, id.replaceAll("-", " ")].map((name) => [nameKey(name), place] as const)),
  );
  const prepared = {
    names,
    set: preparePatterns(cues.map(({ pattern }) => pattern)),
    cues,
    titles,
    zeros: rubric.requirements.map(() => 0),
  };
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
  const { set, cues, names, titles, zeros } = prepare(rubric);
  const label = readLabel(lower, titles);
  const totals = zeros.slice();
  const places = zeros.map(() => Number.POSITIVE_INFINITY);
  const inLabel = label.isShort ? zeros.slice() : null;
  let elsewhere = 0;
  const add = (requirement: number, score: number, at: number): void => {
    totals[requirement] = (totals[requirement] ?? 0) + score;
    places[requirement] = Math.min(places[requirement] ?? at, at);
  };
  for (const [place, index] of matches) {
    const cue = cues[place];
    if (cue === undefined) continue;
    if (cue.requirement === ELSEWHERE) {
      elsewhere += cue.weight;
      continue;
    }
    if (inLabel !== null && index < label.end) inLabel[cue.requirement] = (inLabel[cue.requirement] ?? 0) + cue.weight;
    add(cue.requirement, cue.weight * (index < label.end ? label.weight : index < lower.length * EARLY_PART ? EARLY : 1), index);
  }
  const named = inLabel === null ? -1 : placeOfMost(inLabel);
  if ((inLabel?.[named] ?? 0) >= NAMES_A_REQUIREMENT) add(named, LABEL_BONUS, 0);
  const own = label.end === 0 ? undefined : names.get(nameKey(lower.slice(0, label.end)));
  if (own !== undefined) add(own, OWN_NAME, 0);
  if (above !== "") {
    for (const place of findMatches(set, above).keys()) {
      const cue = cues[place];
      if (cue && cue.requirement !== ELSEWHERE && !matches.has(place))
        add(cue.requirement, cue.weight * IN_CONTEXT, Number.POSITIVE_INFINITY);
    }
  }
  const scores = new Map<RequirementId, number>();
  let best = -1;
  let bestScore = 0;
  for (let place = 0; place < totals.length; place += 1) {
    const score = (totals[place] ?? 0) - elsewhere;
    const id = rubric.requirements[place]?.id;
    if (id === undefined || totals[place] === 0 || score <= 0) continue;
    scores.set(id, score);
    if (score > bestScore || (score === bestScore && (places[place] ?? 0) < (places[best] ?? 0))) {
      best = place;
      bestScore = score;
    }
  }
  return { requirement: bestScore >= LEAST_SCORE ? (rubric.requirements[best]?.id ?? null) : null, score: bestScore, scores };
}

/** A name without case, hyphens and plural. */
function nameKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s-]+/gu, " ")
    .trim()
    .replace(/s$/u, "");
}

function placeOfMost(numbers: readonly number[]): number {
  return numbers.reduce((most, value, place) => (value > (numbers[most] ?? 0) ? place : most), 0);
}

interface Label {
  /** Where it ends; 0 without one. */
  readonly end: number;
  /** How much more a cue says in it. */
  readonly weight: number;
  /** Whether it is so short that it names what the item is about. */
  readonly isShort: boolean;
}

const NO_LABEL: Label = { end: 0, weight: IN_LABEL, isShort: false };

function readLabel(lower: string, titles: ReadonlySet<string>): Label {
  const end = lower.slice(0, LABEL_CHARACTERS).search(/:\s|\s[—–-]\s|\(|→|->|=>/u);
  if (end <= 0) return NO_LABEL;
  const label = lower.slice(0, end);
  if (titles.has(label)) return { end, weight: IN_TITLE, isShort: false };
  if (ARROW.test(lower.slice(end, end + 2).trim())) return { end, weight: IN_TRIGGER, isShort: false };
  return { end, weight: IN_LABEL, isShort: label.trim().split(" ").length <= LABEL_WORDS && !NAMES_A_PLACE.test(label.trim()) };
}
