import { createHash } from "node:crypto";
import type { Shortfall } from "../model/acceptance.ts";
import type { Box, Grade } from "../model/grade.ts";
import type { Finding } from "../model/finding.ts";
import type { Inspection } from "../model/inspection.ts";
import type { PlanItem } from "../model/plan-item.ts";
import type { RedFlag } from "../model/red-flag.ts";
import type { RequirementId } from "../model/requirement-id.ts";

/** What the shortfalls of a review are read from. */
export interface Judged {
  readonly grade: Grade;
  /** null when payments are not touched or their rubric was not judged. */
  readonly paymentGrade: Grade | null;
  readonly inspection: Inspection;
  readonly redFlags: readonly RedFlag[];
  readonly openItems: readonly PlanItem[];
  readonly neverAlone: readonly RequirementId[];
  /** What could not be told is accepted for this commit alone: the next may hold anything there. */
  readonly headSha: string | null;
}

/**
 * Every reason why the verdict is not a plain pass, in the order a reader should meet them. A point that
 * the slack covers is no shortfall. The diff's point is told finding by finding, so that accepting one
 * finding never covers the next. Fingerprints do not depend on line numbers; one of a point ends in
 * "@" and its deficit, so that an acceptance covers the same point no deeper than it was.
 */
export function findShortfalls(judged: Judged): readonly Shortfall[] {
  return [
    ...(judged.paymentGrade ? boxShortfalls(judged.paymentGrade, "payment-operations") : []),
    ...boxShortfalls(judged.grade, "backend-reliability"),
    ...promiseShortfalls(judged.inspection.items),
    ...findingShortfalls(judged),
    ...judged.redFlags
      .filter((flag) => flag.blocks)
      .map((flag) => {
        const isNeverAlone = flag.requirement !== null && judged.neverAlone.includes(flag.requirement);
        return shortfall("add-reliability-later", flag.quote, `puts off: "${flag.quote}"`, isNeverAlone ? 2 : 1);
      }),
    ...judged.openItems.map((item) => shortfall("open-items", item.text, `open item, line ${item.line}`)),
    ...judged.inspection.notRead
      .filter((file) => file.undetermined)
      .map((file) => shortfall("undetermined", `${file.path}\n${judged.headSha ?? ""}`, `not read: ${file.path} (${file.reason})`)),
  ];
}

function boxShortfalls(grade: Grade, rubric: string): readonly Shortfall[] {
  if (grade.passed) return [];
  const short = (box: Box) => (box.mustEarn ? box.earned !== true : box.earned !== true && grade.points < grade.passing);
  return grade.boxes
    .filter((box) => short(box) && box.id !== "diff" && !(box.id === "payment-operations" && box.earned === false))
    .flatMap((box) => {
      if (box.lacking)
        return box.lacking.map((id) => shortfall(box.id, `${rubric}/${box.id}/${id}`, `${box.id}: no specific item for ${id}`, 2));
      const found = shortfall(box.earned === null ? "undetermined" : box.id, `${rubric}/${box.id}`, `${box.id}: ${box.detail}`);
      return [{ ...found, fingerprint: `${found.fingerprint}@${box.deficit ?? 1}` }];
    });
}

function promiseShortfalls(items: readonly PlanItem[]): readonly Shortfall[] {
  return items
    .filter((item) => item.promise?.state === "contradicted")
    .map((item) =>
      shortfall(
        "promise",
        `${item.text}/${item.promise?.path ?? ""}/${item.promise?.detail ?? ""}`,
        item.promise?.detail ?? `line ${item.line} is contradicted`,
      ),
    );
}

function findingShortfalls({ inspection, neverAlone, headSha }: Judged): readonly Shortfall[] {
  return inspection.findings.filter(isShort).map((finding) => ({
    id: finding.severity === "undetermined" ? "undetermined" : finding.rule,
    fingerprint: finding.severity === "undetermined" ? digestOf(finding.fingerprint, headSha ?? "") : finding.fingerprint,
    signersNeeded: finding.severity !== "undetermined" && neverAlone.includes(finding.requirement) ? 2 : 1,
    detail: `${finding.path}:${finding.line} ${finding.message}`,
  }));
}

function isShort({ severity, suppressed, sameAsLine }: Finding): boolean {
  if (severity === "undetermined") return true;
  return suppressed === undefined && (severity === "blocking" || sameAsLine !== undefined);
}

function shortfall(id: string, material: string, detail: string, signersNeeded = 1): Shortfall {
  return { id, fingerprint: digestOf(id, material), signersNeeded, detail };
}

function digestOf(id: string, material: string): string {
  return createHash("sha256").update(`${id}\n${material}`).digest("hex").slice(0, 16);
}
