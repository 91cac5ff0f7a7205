import type { PlanItem } from "../model/plan-item.ts";
import type { SectionId } from "../model/requirement-id.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { recogniseRequirement } from "./recognise-requirement.ts";

/** A section whose counted items are mostly about others, or about too few different requirements, does not count. */
export function withoutLostSections(items: readonly PlanItem[], rubric: Rubric): readonly PlanItem[] {
  const lost = new Map<SectionId, string>();
  for (const section of rubric.sections) {
    const counted = items.filter((item) => item.counted && item.section === section.id);
    if (counted.length === 0) continue;
    const strangers = counted.filter((item) => isSurelyElsewhere(item, section.id, rubric)).length;
    const different = new Set(counted.map((item, index) => item.requirement ?? `unknown ${index}`)).size;
    if (strangers * 2 > counted.length) lost.set(section.id, `most items under ${section.title} are about other sections`);
    else if (counted.length >= FEWEST_TO_DIFFER && different < fewestDifferent(section.id, rubric))
      lost.set(section.id, `the items under ${section.title} are about fewer than ${fewestDifferent(section.id, rubric)} requirements`);
  }
  return items.map((item) => {
    const why = item.section === null ? undefined : lost.get(item.section);
    return why === undefined || !item.counted ? item : { ...item, counted: false, whyNot: why };
  });
}

/** Half of what the section asks for, at least: 3 of 5, 2 of 4. */
function fewestDifferent(section: SectionId, rubric: Rubric): number {
  return Math.ceil(rubric.requirements.filter((one) => one.section === section).length / 2);
}

const FEWEST_TO_DIFFER = 3;
/** A requirement that leads by this factor is surely meant. */
const SURE_LEAD = 2;
const SURE_SCORE = 4;

function isSurelyElsewhere(item: PlanItem, section: SectionId, rubric: Rubric): boolean {
  const requirement = rubric.requirements.find((one) => one.id === item.requirement);
  if (!requirement || requirement.section === section || (requirement.alsoFits ?? []).includes(section)) return false;
  const { score, scores } = recogniseRequirement(item.text, rubric);
  const here = Math.max(
    0,
    ...rubric.requirements
      .filter((one) => one.section === section || (one.alsoFits ?? []).includes(section))
      .map((one) => scores.get(one.id) ?? 0),
  );
  return score >= SURE_SCORE && score >= here * SURE_LEAD;
}
