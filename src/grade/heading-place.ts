import type { SectionId } from "../model/requirement-id.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { headingWords, matchSections } from "./match-section.ts";
import { LABEL_LEVEL } from "./block.ts";
import { recogniseRequirement } from "./recognise-requirement.ts";

/** What a heading makes of the lines below it. */
export interface Place {
  readonly sections: readonly SectionId[];
  readonly level: number;
  readonly whyNot: string | null;
  /** The sub-heading above, which may name what its items are about; "" without one. */
  readonly context: string;
}

/** Above the first heading, and below one that is no part of a plan. */
export const OUTSIDE: Place = { sections: [], level: 0, whyNot: "not under a section of the plan", context: "" };
/** A list item that names a section ranks below every heading. */
export const LIST_LEVEL = LABEL_LEVEL + 1;
const PUT_OFF_HEADING =
  /^(?:.{0,30}\b)?(?:later|future(?: work)?|follow[\s-]?ups?|out of scope|not (?:included|in scope|doing|planned|done|covered)|won't do|deferred|postponed|backlog|nice to have|next steps|phase 2|non-goals?|n\/a|tbd|descoped|skipped)\b/iu;
const ASIDE_HEADING =
  /^(?:notes?|screenshots?|test(?:s|ing)?(?: plan| steps| instructions)?|how (?:to|was|has).{0,40}|references?|links?|related.{0,20}|changes?|changelog|summary|description|what.{0,30}|why.{0,30}|context|background|motivation|examples?|type of change|deploy(?:ment)?(?: notes)?|migration notes|reviewers?|questions?|open questions|risks?|alternatives.{0,20}|verdict|review|template|demo|appendix|glossary)$/u;

/** The headings that hold what follows, after one more heading; deeper headings without a section inherit. */
export function pathAt(text: string, level: number, path: readonly Place[], rubric: Rubric): readonly Place[] {
  const words = headingWords(text);
  const sections = matchSections(text, rubric);
  const above = path.filter((place) => place.level < level);
  const holder = above.at(-1) ?? OUTSIDE;
  if (PUT_OFF_HEADING.test(words))
    return [
      ...above,
      { sections: sections.length > 0 ? sections : holder.sections, level, whyNot: "its heading puts it off", context: text },
    ];
  if (sections.length > 0) {
    const same = sections.some((section) => holder.sections.includes(section));
    return [
      ...above,
      same
        ? { ...holder, level, context: text }
        : { sections, level, whyNot: holder.whyNot === OUTSIDE.whyNot ? null : holder.whyNot, context: "" },
    ];
  }
  if (ASIDE_HEADING.test(words)) return [...above, { ...OUTSIDE, level }];
  const beside = path.find((place) => place.level === level && level >= LABEL_LEVEL);
  if (beside && beside.sections.length > 0 && holder.sections.length === 0) {
    const about = recogniseRequirement(text, rubric).requirement;
    const own = rubric.requirements.find((one) => one.id === about);
    if (own && beside.sections.some((section) => own.section === section || (own.alsoFits ?? []).includes(section)))
      return [...above, { ...beside, context: text }];
  }
  return [...above, { ...holder, level, context: text }];
}
