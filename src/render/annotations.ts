import type { Annotation, AnnotationLevel } from "../model/check-run.ts";
import type { Finding } from "../model/finding.ts";
import type { PlanItem } from "../model/plan-item.ts";
import type { Review } from "../model/review.ts";
import { LIMITS } from "./limits.ts";
import { excerpt } from "./neutralise.ts";
import { rulePageOf } from "./rule-page.ts";
import { acceptedBy, findingsByWeight, isBlocking } from "./severity.ts";

/** Annotations within GitHub's limits, and how many there were no room for. */
export interface Annotations {
  readonly shown: readonly Annotation[];
  readonly left: number;
}

/** Longest part of an annotation's message, in characters: five of them stay below GitHub's 64 KB in any script. */
const LONGEST_PART = 4_000;

/**
 * Findings and contradicted promises as notes on their lines, the blocking ones first. GitHub shows the
 * message as plain text. A note without a usable path is left out, because it would lose the whole batch.
 */
export function renderAnnotations(review: Review): Annotations {
  const all = [
    ...review.items.filter((item) => item.counted).flatMap((item) => promiseAnnotation(item, review)),
    ...findingsByWeight(review.findings).map((finding) => findingAnnotation(finding, review)),
  ].filter((annotation) => annotation.path !== "");
  return { shown: all.slice(0, LIMITS.annotations), left: Math.max(0, all.length - LIMITS.annotations) };
}

function findingAnnotation(finding: Finding, review: Review): Annotation {
  const signer = acceptedBy(finding, review);
  const page = rulePageOf(finding.rule);
  const parts = [
    finding.message,
    finding.why,
    finding.fix,
    finding.suppressed === undefined ? "" : `Suppressed in the code: ${finding.suppressed}`,
    signer === null ? "" : `Accepted by ${signer}.`,
    page === null ? "" : `More: ${page}`,
  ];
  return {
    path: finding.path,
    ...lines(finding.line, finding.endLine),
    level: levelOf(finding, signer === null && review.verdict !== "observed"),
    title: excerpt(finding.rule, LIMITS.annotationTitle),
    message: message(parts),
  };
}

/** A blocking finding that somebody signed for, or that observe mode only reports, is a warning. */
function levelOf(finding: Finding, blocks: boolean): AnnotationLevel {
  if (isBlocking(finding)) return blocks ? "failure" : "warning";
  return finding.severity === "advisory" && finding.suppressed === undefined ? "warning" : "notice";
}

function promiseAnnotation(item: PlanItem, review: Review): readonly Annotation[] {
  const { promise } = item;
  if (promise?.state !== "contradicted" || promise.path === undefined || promise.line === undefined) return [];
  const signed = review.shortfalls.some(
    ({ id, detail, acceptedBy: signer }) => id === "promise" && detail === promise.detail && signer !== undefined,
  );
  return [
    {
      path: promise.path,
      ...lines(promise.line, promise.line),
      level: signed || review.verdict === "observed" ? "warning" : "failure",
      title: `The code contradicts the plan, line ${item.line}`,
      message: message([promise.detail ?? "The code does not do what the plan says.", `The plan says: ${item.text}`]),
    },
  ];
}

/** GitHub refuses line 0 and a range that ends before it starts. */
function lines(first: number, last: number): Pick<Annotation, "startLine" | "endLine"> {
  const startLine = Math.max(1, first);
  return { startLine, endLine: Math.max(startLine, last) };
}

function message(parts: readonly string[]): string {
  return parts
    .map((part) => excerpt(part, LONGEST_PART))
    .filter((part) => part !== "")
    .join("\n");
}
