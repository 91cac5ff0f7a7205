import type { GradedPlan } from "../model/grade.ts";
import type { Thresholds } from "../model/policy.ts";
import type { Rubric } from "../rubrics/rubric.ts";

/**
 * The shortest list of edits that reaches the passing grade, each one sentence. `alreadyEarnedElsewhere` is how many of points 7 and
 * 8 are earned (2 when they are not judged here).
 */
export function planEdits(graded: GradedPlan, rubric: Rubric, thresholds: Thresholds, alreadyEarnedElsewhere: number): readonly string[] {
  const points = graded.boxes.filter((box) => box.earned === true).length + alreadyEarnedElsewhere;
  if (points >= thresholds.passing && graded.boxes.every((box) => box.earned === true || !box.mustEarn)) return [];
  return rubric.sections.flatMap((section) => {
    const count = graded.items.filter((item) => item.counted && item.section === section.id).length;
    return count >= thresholds.sectionItems
      ? []
      : [`Add ${thresholds.sectionItems - count} items under **${section.title}** (${count} of ${thresholds.sectionItems}).`];
  });
}
