import type { Inspection } from "../model/inspection.ts";
import type { PlanItem } from "../model/plan-item.ts";
import type { RedFlag } from "../model/red-flag.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { findUnplanned, plural } from "./grade-points.ts";

/** What the steps are made from, in the order in which an author should take them. */
export interface Steps {
  /** What the payment rubric asks for comes first. */
  readonly paymentSteps: readonly string[];
  readonly planEdits: readonly string[];
  readonly inspection: Inspection;
  readonly redFlags: readonly RedFlag[];
  readonly openItems: readonly PlanItem[];
  readonly paymentsUnjudged: boolean;
}

/** The shortest list of edits that would earn the grade. Empty when nothing is left to do for the author. */
export function findNextSteps(steps: Steps): readonly string[] {
  const { inspection, openItems } = steps;
  return [
    ...steps.paymentSteps,
    ...steps.planEdits,
    ...inspection.items
      .filter((item) => item.promise?.state === "contradicted")
      .map((item) => item.promise?.detail ?? `Line ${item.line} is contradicted by the diff.`),
    ...findBlockingSteps(inspection),
    ...steps.redFlags
      .filter((flag) => flag.blocks)
      .map((flag) => `${placeOf(flag)}: "${flag.quote}" puts off what this merge needs. Plan it now, or have the risk accepted.`),
    ...(openItems.length > 0
      ? [`Tick or finish ${plural(openItems.length, "open item")}: ${openItems.map((item) => `line ${item.line}`).join(", ")}.`]
      : []),
    ...(steps.paymentsUnjudged
      ? ["Payment code is touched and its rubric could not be judged here: a decision maker has to accept that risk."]
      : []),
    ...findUndeterminedSteps(inspection),
    ...inspection.notRead.filter((file) => file.undetermined).map((file) => `${file.path} could not be read (${file.reason}).`),
  ];
}

/** What would earn the payment grade: edits of the plan, then repairs of the code. `inspection` holds the payment part alone. */
export function findPaymentSteps(edits: readonly string[], inspection: Inspection): readonly string[] {
  return [...edits, ...findBlockingSteps(inspection), ...findUndeterminedSteps(inspection)];
}

/** For each requirement that nobody may accept alone and that has no specific item: the item to make specific, or to add. */
export function findNeverAloneEdits(items: readonly PlanItem[], rubric: Rubric): readonly string[] {
  return findUnplanned(items, rubric).map((id) => {
    const requirement = rubric.requirements.find((one) => one.id === id);
    const section = rubric.sections.find((one) => one.id === requirement?.section)?.title ?? rubric.title;
    const vague = items.find((item) => item.counted && item.requirement === id);
    const demand = vague
      ? `Make line ${vague.line} about ${requirement?.label ?? id} specific`
      : `Plan ${requirement?.label ?? id} under **${section}**`;
    return `${demand}: nobody may accept its absence alone. ${requirement?.question ?? ""}`.trim();
  });
}

function findBlockingSteps({ findings }: Inspection): readonly string[] {
  return findings
    .filter((finding) => finding.severity === "blocking" && finding.suppressed === undefined)
    .map((finding) => `${finding.path}:${finding.line} ${asSentence(finding.message)} ${finding.fix}`);
}

function findUndeterminedSteps({ findings }: Inspection): readonly string[] {
  return findings
    .filter((finding) => finding.severity === "undetermined")
    .map((finding) => `${finding.path}:${finding.line} ${asSentence(finding.message)}`);
}

function placeOf(flag: RedFlag): string {
  return flag.where === "title" ? "In the title" : "In the description";
}

/** With one full stop at its end. */
function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
