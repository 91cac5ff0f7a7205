import type { CheckRun } from "../model/check-run.ts";
import type { Review } from "../model/review.ts";
import { renderCheckRun } from "./check-run.ts";
import { renderPaymentCheckRun } from "./payment-check-run.ts";

/** Every run that tells a review by itself: the required one, and the one for payments where they are judged. */
export function renderRuns(review: Review): readonly CheckRun[] {
  const payments = renderPaymentCheckRun(review);
  return [renderCheckRun(review), ...(payments ? [payments] : [])];
}
