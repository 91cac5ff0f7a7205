import type { Review } from "../model/review.ts";
import type { Evidence, TouchAnswer } from "../model/touch.ts";
import { type Block, type Line, place, prose, type Row } from "./document.ts";

/** Evidence shown by name; the rest is counted. */
const SHOWN = 25;

/** Why this counts as backend and as payments, strongest first. */
export function evidenceBlocks(review: Review): readonly Block[] {
  return [...answerBlocks("Why this pull request counts as backend", review.backend), ...paymentEvidenceBlocks(review)];
}

/** Why this counts as payments, strongest first. */
export function paymentEvidenceBlocks(review: Review): readonly Block[] {
  return answerBlocks("Why this pull request counts as payments", review.payments);
}

function answerBlocks(summary: string, answer: TouchAnswer): readonly Block[] {
  if (!answer.touched || answer.evidence.length === 0) return [];
  const strongest = answer.evidence.toSorted((left, right) => Math.abs(right.weight) - Math.abs(left.weight));
  const shown: Row[] = strongest
    .slice(0, SHOWN)
    .map((evidence) => ({ line: [...evidenceLine(evidence), prose(` (${signed(evidence.weight)})`)] }));
  const more = strongest.length - shown.length;
  if (more > 0) shown.push({ line: [prose(`… and ${more} weaker`)] });
  return [{ kind: "details", summary, blocks: [{ kind: "list", ordered: false, noun: "signals", rows: shown }] }];
}

/** Where a signal was seen, and what it was. */
export function evidenceLine(evidence: Evidence): Line {
  return evidence.path === undefined ? [prose(evidence.signal)] : [place(evidence.path, evidence.line), prose(` ${evidence.signal}`)];
}

function signed(weight: number): string {
  return weight > 0 ? `+${weight}` : String(weight);
}
