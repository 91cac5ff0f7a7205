import type { CheckRun, Conclusion } from "../model/check-run.ts";
import type { Review, VerdictName } from "../model/review.ts";
import { backendReliability } from "../rubrics/backend-reliability/index.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { actionsFor } from "./actions.ts";
import { renderAnnotations } from "./annotations.ts";
import { renderCheckTitle } from "./check-title.ts";
import { type Block, prose } from "./document.ts";
import { LIMITS } from "./limits.ts";
import { describeReview } from "./review-document.ts";
import { isSignatureAwaited } from "./signing-blocks.ts";
import { writeMarkdown } from "./write-markdown.ts";

/** The run that branch protection requires. */
export const CHECK_RUN_NAME = "Backend reliability";

/**
 * "neutral" satisfies a required check, so nothing that was not looked at may have it: undetermined is
 * "action_required", which blocks (product description, section 6).
 */
const CONCLUSIONS: Readonly<Record<VerdictName, Conclusion>> = {
  passed: "success",
  "not-applicable": "success",
  blocked: "failure",
  "risk-accepted": "neutral",
  observed: "neutral",
  undetermined: "action_required",
};

/** The conclusion of a review. What waits for a signature asks for that action; it blocks all the same. */
export function conclusionOf(review: Review): Conclusion {
  return isSignatureAwaited(review) ? "action_required" : CONCLUSIONS[review.verdict];
}

/** The check run "Backend reliability" of a review, within GitHub's limits. */
export function renderCheckRun(review: Review, rubric: Rubric = backendReliability): CheckRun {
  const { summary, details } = describeReview(review, rubric);
  const annotations = renderAnnotations(review);
  return {
    name: CHECK_RUN_NAME,
    conclusion: conclusionOf(review),
    title: renderCheckTitle(review),
    summary: writeMarkdown([...summary, ...annotationNote(annotations.left)], LIMITS.checkTextBytes),
    text: writeMarkdown(details, LIMITS.checkTextBytes),
    annotations: annotations.shown,
    actions: actionsFor(review),
  };
}

/** Says how many findings have no annotation; they stand in the details. */
function annotationNote(left: number): readonly Block[] {
  if (left === 0) return [];
  return [{ kind: "paragraph", line: [prose(`${left} more findings have no annotation: GitHub shows 100. They are in the list below.`)] }];
}
