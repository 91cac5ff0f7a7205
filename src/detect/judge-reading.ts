import type { TouchAnswer } from "../model/touch.ts";
import type { Reading } from "./read-pull-request.ts";
import { scoreBackend } from "./score-backend.ts";
import { type FileScore, scale, weigh } from "./score-file.ts";
import { scorePayments } from "./score-payments.ts";
import type { Weights } from "./weights.ts";

/** Both answers, and the files as they were weighed for them. */
export interface JudgedReading {
  readonly backend: TouchAnswer;
  readonly payments: TouchAnswer;
  readonly files: readonly FileScore[];
}

/** Answers both questions for a pull request that was read, under given weights. */
export function judgeReading(reading: Reading, weights: { readonly backend: Weights; readonly payments: Weights }): JudgedReading {
  const weighed = reading.files.map((file) => ({ ...file, backend: weigh(file.backend, weights.backend) }));
  const files = weighed.map(({ backend }) => backend);
  const backend = scoreBackend(files, scale(reading.backendWords, weights.backend), weights.backend);
  const payments = scorePayments(weighed, scale(reading.paymentWords, weights.payments), backend.touched, weights.payments);
  return { backend, payments, files };
}
