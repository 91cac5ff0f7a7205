import type { Review } from "../model/review.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { type Block, count, prose, strong } from "./document.ts";
import { evidenceBlocks, evidenceLine } from "./evidence-blocks.ts";
import { findingBlocks } from "./finding-blocks.ts";
import { gridBlocks } from "./grid-block.ts";
import { itemBlocks } from "./item-blocks.ts";
import { shortfallText, verdictWord } from "./labels.ts";
import { notReadBlocks, notReadDetails, policyBlocks } from "./not-read-blocks.ts";
import { pointBlocks } from "./points-table.ts";
import { deferralBlocks, redFlagBlocks } from "./red-flag-blocks.ts";
import { acceptanceBlocks, awaitedBlocks, quietNames, signedBlocks, signingBlocks } from "./signing-blocks.ts";

/** What a reader sees at a glance, and the proof for those who doubt. */
interface ReviewDocument {
  readonly summary: readonly Block[];
  readonly details: readonly Block[];
}

/** A review as blocks, in the order of every dress: verdict, next step, points, grid, what was not read, proof. */
export function describeReview(review: Review, rubric: Rubric): ReviewDocument {
  const notRead = notReadBlocks(review.notRead);
  return {
    summary: [
      verdictBlock(review),
      ...sharedHeadBlocks(review),
      ...deferralBlocks(review),
      ...nearestMissBlocks(review),
      ...acceptanceBlocks(review),
      ...awaitedBlocks(review),
      ...stepBlocks(review, review.nextSteps),
      ...(review.grade ? pointBlocks(review.grade) : []),
      ...gridBlocks(rubric, review.grid),
      ...notRead,
      ...policyBlocks(review),
      ...signedBlocks(review),
      ...signingBlocks(review),
    ],
    details: [
      ...redFlagBlocks(review.redFlags),
      ...findingBlocks(review.findings, review),
      ...itemBlocks(review.items, rubric, review.draw),
      ...evidenceBlocks(review),
      ...notReadDetails(review.notRead),
    ],
  };
}

/** The verdict and its reason: the first line of every dress. */
function verdictBlock(review: Review): Block {
  const word = verdictWord(review.verdict);
  const would =
    review.verdict === "observed" && review.observed
      ? [prose(` Without observe mode: ${verdictWord(review.observed).toLowerCase()}.`)]
      : [];
  return { kind: "paragraph", line: [strong(`${word}.`), ...would, prose(" "), ...quietNames(sentence(review.why))] };
}

/** A reason as a whole sentence. */
export function sentence(text: string): string {
  return /[.!?…]\s*$/.test(text) ? text : `${text.trimEnd()}.`;
}

/** What is left to do, numbered, under a heading that fits the verdict. */
export function stepBlocks(review: Pick<Review, "verdict" | "observed">, steps: readonly string[]): readonly Block[] {
  if (steps.length === 0) return [];
  return [
    { kind: "heading", line: [prose(stepHeading(review, steps.length))] },
    { kind: "list", ordered: true, noun: "edits", rows: steps.map((step) => ({ line: [prose(step)] })) },
  ];
}

/** "To pass: 4 edits"; what we could not judge is no edit of the author's. */
export function stepHeading({ verdict, observed }: Pick<Review, "verdict" | "observed">, steps: number): string {
  if (verdict === "risk-accepted") return `To retire the risk: ${count(steps, "edit")}`;
  return (observed ?? verdict) === "undetermined" ? "Not judged" : `To pass: ${count(steps, "edit")}`;
}

function nearestMissBlocks(review: Review): readonly Block[] {
  if (review.verdict !== "not-applicable" || !review.nearestMiss) return [];
  return [{ kind: "paragraph", line: [prose("Nearest to the backend: "), ...evidenceLine(review.nearestMiss), prose(".")] }];
}

/** A check run belongs to a commit: with several pull requests on it, whose verdict this is. */
export function sharedHeadBlocks(review: Review): readonly Block[] {
  if (review.sharedHead.length === 0) return [];
  const own = review.number === null ? "one of them" : `pull request ${review.number}`;
  return [
    {
      kind: "paragraph",
      line: [
        prose(
          `This commit is the head of ${review.sharedHead.length + 1} open pull requests, so it carries the worst of their verdicts: that of ${own}.`,
        ),
      ],
    },
    {
      kind: "list",
      ordered: false,
      noun: "pull requests",
      rows: review.sharedHead.map(({ number, verdict, lacks = [] }) => ({
        line: [prose(`Pull request ${number}: ${verdictWord(verdict).toLowerCase()}.`)],
        under: lacks.map((detail) => [prose(shortfallText({ detail }))]),
      })),
    },
  ];
}
