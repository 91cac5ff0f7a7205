import type { CheckRun } from "../model/check-run.ts";
import type { Review } from "../model/review.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { backendReliability } from "../rubrics/backend-reliability/index.ts";
import { renderCheckRun } from "./check-run.ts";
import { paymentOperations } from "../rubrics/payment-operations/index.ts";
import { plainMarkdown } from "./neutralise.ts";
import { renderPaymentCheckRun } from "./payment-check-run.ts";

/** Exactly what the check runs of a review say, one below the other: title, summary, text. */
export function renderMarkdown(review: Review, rubric: Rubric = backendReliability, paymentRubric: Rubric = paymentOperations): string {
  const payments = renderPaymentCheckRun(review, paymentRubric);
  return [renderCheckRun(review, rubric), ...(payments ? [payments] : [])].map(runMarkdown).join("\n");
}

function runMarkdown(run: CheckRun): string {
  return [`## ${plainMarkdown(`${run.name}: ${run.title}`)}`, run.summary, run.text].filter((part) => part !== "").join("\n\n") + "\n";
}
