import type { Quality } from "../model/plan-item.ts";
import type { RequirementId, SectionId } from "../model/requirement-id.ts";

/**
 * One requirement of a rubric: what a plan must say about it, how an item about it is recognised, and
 * what helps an author who has not said it. All texts are shown to people.
 */
export interface Requirement {
  readonly id: RequirementId;
  readonly section: SectionId;
  /** Two or three words for the 5 x 5 grid: "health checks". */
  readonly label: string;
  readonly title: string;
  /** The question to the author: "How long does each outbound call wait, and what happens then?" */
  readonly question: string;
  /** How an item about it is recognised; see `Cue`. */
  readonly cues: readonly Cue[];
  /**
   * What must be named for a sentence to put this requirement off, where its other words may name a feature that is not built yet
   * ("refunds in the next pull request"). Without it the cues decide. Runs on lower-cased text.
   */
  readonly safeguard?: RegExp;
  /** The values that the template shows as a reference. */
  readonly reference: string;
  readonly why: string;
  readonly fix: string;
  /** A plan item that is specific, and one that is not. A test runs both through the grader. */
  readonly goodExample: string;
  readonly badExample: string;
  /** Where the requirement or its values come from (book, RFC, vendor documentation). */
  readonly source: string;
  /** Other sections where a careful author may put it too; there it is not off topic. */
  readonly alsoFits?: readonly SectionId[];
  /** What to ask an author for, per test that an item fails; without it the advice is general. */
  readonly hints?: Readonly<Record<Quality, PhraseHint>>;
  /** Other hints for items about one part of the requirement: the first counts whose pattern the lower-cased text matches. */
  readonly hintsFor?: readonly PartHints[];
}

/** Hints for a part of a requirement, as shutdown is a part of graceful degradation. */
export interface PartHints {
  readonly when: RegExp;
  readonly hints: Readonly<Record<Quality, PhraseHint>>;
}

/** One missing part of an item: how to ask for it, and a phrase that an author could append. */
export interface PhraseHint {
  /** Starts with a verb, lower case, no full stop: "say how many attempts and how far apart". */
  readonly ask: string;
  /** A phrase that reads on after the item's own words: "3 attempts at 100/200/400 ms". */
  readonly example: string;
}

/**
 * Words that speak for a requirement. `weight` is added to the requirement's score once per item when
 * the pattern matches: twice in a leading label ("Timeouts: ..."), a little over half in one that only names a section ("Security: ..."), a quarter more in the first part of the text.
 * The requirement with the highest score wins, ties by the earliest match; below 2 none is meant.
 * Patterns run on lower-cased text in linear time: no nested quantifiers, no back-references.
 */
export interface Cue {
  readonly pattern: RegExp;
  readonly weight: number;
}

/** A section of a rubric: its title as the template prints it, and other headings that mean the same. */
export interface Section {
  readonly id: SectionId;
  readonly title: string;
  readonly synonyms: readonly string[];
}
