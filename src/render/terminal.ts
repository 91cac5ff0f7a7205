import type { Review } from "../model/review.ts";
import { backendReliability } from "../rubrics/backend-reliability/index.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { CHECK_RUN_NAME, conclusionOf } from "./check-run.ts";
import { renderCheckTitle } from "./check-title.ts";
import { type Block, type Mark, mark, prose, strong } from "./document.ts";
import { describeReview } from "./review-document.ts";
import { type TerminalOptions, writeTerminal } from "./write-terminal.ts";

/** A review for a terminal: what the check run says, in the same order, with `path:line:column` for editors. */
export function renderTerminal(review: Review, options: TerminalOptions, rubric: Rubric = backendReliability): string {
  const { summary, details } = describeReview(review, rubric);
  const title: Block = {
    kind: "paragraph",
    line: [mark(markOf(review)), prose(" "), strong(`${CHECK_RUN_NAME}: ${renderCheckTitle(review)}`)],
  };
  return writeTerminal([title, ...summary, ...details], options);
}

function markOf(review: Review): Mark {
  const conclusion = conclusionOf(review);
  return conclusion === "success" ? "✓" : conclusion === "failure" ? "✗" : "·";
}
