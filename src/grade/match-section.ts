import type { SectionId } from "../model/requirement-id.ts";
import type { Rubric } from "../rubrics/rubric.ts";

/** The section that a heading names, by title or synonym; null when it names none. */
export function matchSection(heading: string, rubric: Rubric): SectionId | null {
  const words = heading
    .toLowerCase()
    .replaceAll("&", " and ")
    .replace(/[^\p{L}\s-]/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  for (const section of rubric.sections) {
    if (words.includes(section.title.toLowerCase()) || section.synonyms.some((synonym) => synonym === words)) return section.id;
  }
  return null;
}
