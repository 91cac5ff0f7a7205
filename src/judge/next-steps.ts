import type { Inspection } from "../model/inspection.ts";
import type { PlanItem } from "../model/plan-item.ts";
import type { RedFlag } from "../model/red-flag.ts";
import { plural } from "./grade-points.ts";

/** What the steps are made from, in the order in which an author should take them. */
export interface Steps {
  readonly paymentEdits: readonly string[];
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
    ...steps.paymentEdits,
    ...steps.planEdits,
    ...inspection.items
      .filter((item) => item.promise?.state === "contradicted")
      .map((item) => item.promise?.detail ?? `Line ${item.line} is contradicted by the diff.`),
    ...inspection.findings
      .filter((finding) => finding.severity === "blocking" && finding.suppressed === undefined)
      .map((finding) => `${finding.path}:${finding.line} ${asSentence(finding.message)} ${finding.fix}`),
    ...steps.redFlags
      .filter((flag) => flag.blocks)
      .map((flag) => `${placeOf(flag)}: "${flag.quote}" puts off what this merge needs. Plan it now, or have the risk accepted.`),
    ...(openItems.length > 0
      ? [`Tick or finish ${plural(openItems.length, "open item")}: ${openItems.map((item) => `line ${item.line}`).join(", ")}.`]
      : []),
    ...(steps.paymentsUnjudged
      ? ["Payment code is touched and its rubric could not be judged here: a decision maker has to accept that risk."]
      : []),
    ...inspection.findings
      .filter((finding) => finding.severity === "undetermined")
      .map((finding) => `${finding.path}:${finding.line} ${asSentence(finding.message)}`),
    ...inspection.notRead.filter((file) => file.undetermined).map((file) => `${file.path} could not be read (${file.reason}).`),
  ];
}

function placeOf(flag: RedFlag): string {
  return flag.where === "title" ? "In the title" : "In the description";
}

/** With one full stop at its end. */
function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
