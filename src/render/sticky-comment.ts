import type { Review } from "../model/review.ts";
import { type Block, link, prose, strong } from "./document.ts";
import { verdictWord } from "./labels.ts";
import { LIMITS } from "./limits.ts";
import { deferralBlocks, isHeldByDeferral } from "./red-flag-blocks.ts";
import { sentence, stepHeading } from "./review-document.ts";
import { formBlocks } from "./risk-form.ts";
import { quietNames } from "./signing-blocks.ts";
import { writeMarkdown } from "./write-markdown.ts";

/** Hidden first line by which the one comment is found again. */
export const STICKY_MARKER = "<!-- backend-reliability-enforcer -->";

/** Lines of the source; one comment must not push a conversation off the screen. */
const MOST_LINES = 24;

/**
 * The one comment of a pull request that is held up: verdict, the edits that would pass it and a link.
 * Fewer than 25 lines. null when there is nothing to say: passed at first sight, or no plan needed.
 */
export function renderStickyComment(review: Review, checkRunUrl: string): string | null {
  const verdict = review.observed ?? review.verdict;
  if (verdict === "passed" || verdict === "not-applicable") return null;
  for (let steps = review.nextSteps.length; steps > 0; steps = Math.min(steps - 1, MOST_LINES)) {
    const comment = writeComment(review, checkRunUrl, steps);
    if (comment.split("\n").length <= MOST_LINES) return comment;
  }
  return writeComment(review, checkRunUrl, 0);
}

/** What the comment becomes once nothing is left to do: one line, so that an old demand does not linger. */
export function renderQuietComment(review: Review, checkRunUrl: string): string {
  return `${STICKY_MARKER}\n${writeMarkdown([...paymentLine(review), verdictLine(review), linkLine(checkRunUrl)], LIMITS.commentBytes - 100)}`;
}

function writeComment(review: Review, checkRunUrl: string, steps: number): string {
  const defers = isHeldByDeferral(review);
  const blocks = [
    ...paymentLine(review),
    verdictLine(review),
    ...deferralBlocks(review),
    ...stepLines(review, steps),
    ...(defers ? formBlocks(review) : []),
    linkLine(checkRunUrl, review.verdict === "blocked"),
  ];
  return `${STICKY_MARKER}\n${writeMarkdown(blocks, LIMITS.commentBytes - 100)}`;
}

/** Payments come first: how their plan stands, above the verdict that waits for it. */
function paymentLine({ payments }: Review): readonly Block[] {
  if (!payments.touched || !payments.grade) return [];
  const { passed, points, outOf } = payments.grade;
  const word = passed ? "Payment operations passed" : "Payment operations come first, and are not passed";
  return [{ kind: "paragraph", line: [strong(`${word}: ${points}/${outOf}.`)] }];
}

function verdictLine(review: Review): Block {
  const score = review.grade ? `, ${review.grade.points}/${review.grade.outOf}` : "";
  return { kind: "paragraph", line: [strong(`${verdictWord(review.verdict)}${score}.`), prose(" "), ...quietNames(sentence(review.why))] };
}

function stepLines(review: Review, shown: number): readonly Block[] {
  const all = review.nextSteps;
  if (all.length === 0) return [];
  const left = all.length - shown;
  return [
    { kind: "paragraph", line: [strong(stepHeading(review, all.length))] },
    { kind: "list", ordered: true, noun: "edits", rows: all.slice(0, shown).map((step) => ({ line: [prose(step)] })) },
    ...(left > 0 ? ([{ kind: "paragraph", line: [prose(`${left} more edits stand in the check.`)] }] as const) : []),
  ];
}

function linkLine(checkRunUrl: string, offersHelp = false): Block {
  const help = offersHelp ? [prose(", with buttons for a plan made from your diff and for the risk form.")] : [prose(".")];
  return { kind: "paragraph", line: [link("The whole review is in the check", checkRunUrl), ...help] };
}
