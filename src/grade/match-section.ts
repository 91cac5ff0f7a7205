import type { SectionId } from "../model/requirement-id.ts";
import type { Section } from "../rubrics/requirement.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { stripInvisible } from "./clean-text.ts";

const NAMES = new WeakMap<Section, readonly string[]>();
const HEADING_WORDS_AT_MOST = 9;
const NAME_CHARACTERS_AT_MOST = 80;
/** Words that may stand beside a section's name without changing what the heading is about. */
const BESIDE =
  /^(?:plan|checklist|items?|section|requirements?|considerations?|strategy|measures?|todos?|tasks?|part|the|our|a|of|for|and|&|of this pr|backend|reliability|api|service|layer|controls?|posture|\d+)$/u;

/** A heading's words alone: no markup, numbering, emoji or counts; "&" and "+" read as "and"; lower case. */
export function headingWords(heading: string): string {
  return stripInvisible(heading)
    .toLowerCase()
    .replace(/\([^)]{0,60}\)|\[[^\]]{0,60}\]|<[^>]{0,60}>/gu, " ")
    .replace(/\s[&+]\s/gu, " and ")
    .replace(/^[\s\p{P}\p{S}\p{N}]{0,40}(?:(?:section|part|area|category|teil|seção|sección)\s{1,4}[\divx]{1,4}\b)?/u, " ")
    .replace(/[^\p{L}\p{M}\p{N}\s-]/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
}

/**
 * The sections that a heading names, in reading order: by title or synonym alone, or a title within a short heading
 * ("Security considerations", "Error handling & observability"). Empty when it names none.
 */
export function matchSections(heading: string, rubric: Rubric): readonly SectionId[] {
  const words = headingWords(heading);
  if (words === "") return [];
  const exact = rubric.sections.find((section) => namesOf(section).includes(words));
  if (exact) return [exact.id];
  if (words.split(" ").length > HEADING_WORDS_AT_MOST) return [];
  let rest = ` ${words} `;
  const found: { readonly id: SectionId; readonly at: number }[] = [];
  for (const section of rubric.sections) {
    for (const name of namesOf(section)) {
      if (name !== section.title.toLowerCase() && name.length < 6) continue;
      if (!rest.includes(name)) continue;
      const at = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(name) ? rest.indexOf(name) : rest.indexOf(` ${name} `);
      if (at < 0) continue;
      found.push({ id: section.id, at });
      rest = rest.replace(name, " ".repeat(name.length));
      break;
    }
  }
  const left = rest
    .trim()
    .split(/\s+/u)
    .filter((word) => word !== "" && !BESIDE.test(word));
  return left.length > 3 ? [] : found.toSorted((a, b) => a.at - b.at).map((one) => one.id);
}

/** The section that a text is the name of, exactly; null when it says more. */
export function sectionNamed(text: string, rubric: Rubric): SectionId | null {
  if (text.length > NAME_CHARACTERS_AT_MOST) return null;
  const words = headingWords(text);
  return rubric.sections.find((section) => namesOf(section).includes(words))?.id ?? null;
}

/** A section's names, longest first. */
function namesOf(section: Section): readonly string[] {
  const known = NAMES.get(section);
  if (known) return known;
  const names = [section.title.toLowerCase(), section.id.replaceAll("-", " "), ...section.synonyms].toSorted((a, b) => b.length - a.length);
  NAMES.set(section, names);
  return names;
}
