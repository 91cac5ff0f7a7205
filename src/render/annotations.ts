import type { Annotation, AnnotationLevel } from "../model/check-run.ts";
import type { Finding } from "../model/finding.ts";
import type { PlanItem } from "../model/plan-item.ts";
import type { Review } from "../model/review.ts";
import { byteLength, LIMITS } from "./limits.ts";
import { excerpt } from "./neutralise.ts";
import { acceptedBy, findingsByWeight, isBlocking } from "./severity.ts";

/** Annotations within GitHub's limits, and how many there were no room for. */
export interface Annotations {
  readonly shown: readonly Annotation[];
  readonly left: number;
}

/** Longest part of an annotation's message, in characters: three of them stay far below GitHub's 64 KB. */
const LONGEST_PART = 4_000;

/**
 * Findings and contradicted promises as notes on their lines, the blocking ones first. GitHub shows the
 * message as plain text. A note without a usable path is left out, because it would lose the whole batch.
 */
export function renderAnnotations(review: Review): Annotations {
  const all = [
    ...review.items.filter((item) => item.counted).flatMap((item) => promiseAnnotation(item, review)),
    ...findingsByWeight(review.findings).map((finding) => findingAnnotation(finding, acceptedBy(finding, review))),
  ].filter((annotation) => annotation.path !== "");
  return { shown: all.slice(0, LIMITS.annotations), left: Math.max(0, all.length - LIMITS.annotations) };
}

function findingAnnotation(finding: Finding, signer: string | null): Annotation {
  const parts = [
    finding.message,
    finding.why,
    finding.fix,
    finding.suppressed === undefined ? "" : `Suppressed in the code: ${finding.suppressed}`,
    signer === null ? "" : `Accepted by ${signer}.`,
  ];
  return {
    path: finding.path,
    ...lines(finding.line, finding.endLine),
    level: signer === null ? levelOf(finding) : "warning",
    title: excerpt(finding.rule, LIMITS.annotationTitle),
    message: message(parts),
  };
}

function levelOf(finding: Finding): AnnotationLevel {
  if (isBlocking(finding)) return "failure";
  return finding.severity === "advisory" && finding.suppressed === undefined ? "warning" : "notice";
}

function promiseAnnotation(item: PlanItem, review: Review): readonly Annotation[] {
  const { promise } = item;
  if (promise?.state !== "contradicted" || promise.path === undefined || promise.line === undefined) return [];
  const open = review.shortfalls.some((shortfall) => shortfall.id === "promise" && shortfall.acceptedBy === undefined);
  return [
    {
      path: promise.path,
      ...lines(promise.line, promise.line),
      level: open ? "failure" : "warning",
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
  const text = parts
    .map((part) => excerpt(part, LONGEST_PART))
    .filter((part) => part !== "")
    .join("\n");
  return byteLength(text) <= LIMITS.annotationMessageBytes ? text : excerpt(text, LONGEST_PART);
}
