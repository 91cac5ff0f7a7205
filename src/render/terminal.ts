import type { Conclusion } from "../model/check-run.ts";
import type { Review } from "../model/review.ts";
import { backendReliability } from "../rubrics/backend-reliability/index.ts";
import { paymentOperations } from "../rubrics/payment-operations/index.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { CHECK_RUN_NAME, conclusionOf } from "./check-run.ts";
import { renderCheckTitle } from "./check-title.ts";
import { type Block, type Mark, mark, prose, strong } from "./document.ts";
import { describePayments, PAYMENT_CHECK_RUN_NAME } from "./payment-check-run.ts";
import { describeReview } from "./review-document.ts";
import { type TerminalOptions, writeTerminal } from "./write-terminal.ts";

/** A review for a terminal: what the check run says, in the same order, with `path:line:column` for editors. */
export function renderTerminal(review: Review, options: TerminalOptions, rubric: Rubric = backendReliability): string {
  const { summary, details } = describeReview(review, rubric);
  const title: Block = {
    kind: "paragraph",
    line: [mark(markOf(conclusionOf(review))), prose(" "), strong(`${CHECK_RUN_NAME}: ${renderCheckTitle(review)}`)],
  };
  return writeTerminal([title, ...summary, ...details, ...paymentBlocks(review)], options);
}

/** What the second run says, below the first as in Markdown. */
function paymentBlocks(review: Review): readonly Block[] {
  const payments = describePayments(review, paymentOperations);
  if (!payments) return [];
  const line = [mark(markOf(payments.conclusion)), prose(" "), strong(`${PAYMENT_CHECK_RUN_NAME}: ${payments.title}`)];
  return [{ kind: "paragraph", line }, ...payments.summary, ...payments.details];
}

function markOf(conclusion: Conclusion): Mark {
  return conclusion === "success" ? "✓" : conclusion === "failure" ? "✗" : "·";
}
