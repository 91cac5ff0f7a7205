import type { Shortfall } from "../model/acceptance.ts";
import type { RequirementId, SectionId } from "../model/requirement-id.ts";
import type { VerdictName } from "../model/review.ts";
import type { Rubric } from "../rubrics/rubric.ts";

/** What each of the points asks for, in a reader's words. Thresholds are policy, so the detail carries the numbers. */
const POINT_LABELS: Readonly<Record<string, string>> = {
  "total-items": "enough items in all",
  "section-items": "enough items in each section",
  "concrete-numbers": "items with concrete numbers",
  "specific-tools": "items with specific tools",
  "measurable-outcomes": "every item has a measurable outcome",
  "specificity-checkpoint": "three drawn items are specific",
  "payment-operations": "payment operations come first",
  "never-alone": "what nobody may sign for alone is planned",
  diff: "the diff keeps the plan",
};

/** The label of a point; an unknown id with its dashes read as spaces. */
export function pointLabel(id: string): string {
  return POINT_LABELS[id] ?? words(id);
}

/** What was not met, for a reader: the id of a point gives way to its label. */
export function shortfallText(shortfall: Pick<Shortfall, "detail">): string {
  const [id = "", rest] = shortfall.detail.split(/: (.*)/s);
  const label = POINT_LABELS[id];
  return label === undefined || rest === undefined ? shortfall.detail : `${label}: ${rest}`;
}

/** The short label of a requirement; its id in words when the rubric does not have it. */
export function requirementLabel(rubric: Rubric, id: RequirementId): string {
  return rubric.requirements.find((requirement) => requirement.id === id)?.label ?? words(id);
}

/** The title of a section; its id in words when the rubric does not have it. */
export function sectionTitle(rubric: Rubric, id: SectionId): string {
  return rubric.sections.find((section) => section.id === id)?.title ?? words(id);
}

const VERDICT_WORDS: Readonly<Record<VerdictName, string>> = {
  passed: "Passed",
  blocked: "Blocked",
  "not-applicable": "No plan needed",
  "risk-accepted": "Risk accepted",
  observed: "Observed",
  undetermined: "Could not tell",
};

/** A verdict as the first word of a text. */
export function verdictWord(verdict: VerdictName): string {
  return VERDICT_WORDS[verdict];
}

function words(id: string): string {
  return id.replaceAll("-", " ");
}
