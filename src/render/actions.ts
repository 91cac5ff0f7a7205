import type { CheckRunAction } from "../model/check-run.ts";
import type { Review } from "../model/review.ts";

/** Reads everything again: the way out of a run that could not look. */
export const RECHECK: CheckRunAction = { label: "Re-check", description: "Review this commit again", identifier: "recheck" };

const PLAN_SKELETON: CheckRunAction = {
  label: "Plan skeleton",
  description: "Post a plan made from your diff",
  identifier: "plan-skeleton",
};

const RISK_FORM: CheckRunAction = { label: "Risk form", description: "Post the form a decision maker signs", identifier: "risk-form" };

/** The buttons that help with this verdict. A button carries no text, so none of them overrides anything. */
export function actionsFor(review: Review): readonly CheckRunAction[] {
  const verdict = review.observed ?? review.verdict;
  if (verdict !== "blocked" && verdict !== "undetermined") return [RECHECK];
  return review.verdict === "observed" ? [RECHECK, PLAN_SKELETON] : [RECHECK, PLAN_SKELETON, RISK_FORM];
}
