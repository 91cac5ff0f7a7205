import type { PullRequest } from "../model/pull-request.ts";
import type { Evidence, Touch, TouchAnswer } from "../model/touch.ts";
import { explainNotApplicable } from "./explain-not-applicable.ts";
import { scoreBackend } from "./score-backend.ts";
import { type FileScore, scoreFile, weigh } from "./score-file.ts";
import { scorePayments } from "./score-payments.ts";
import { BACKEND_WEIGHTS, PAYMENT_WEIGHTS, type Weights } from "./weights.ts";
import { withCompany } from "./with-company.ts";
import { withPolicy } from "./with-policy.ts";

/**
 * Whether a pull request touches the backend and payments, with the evidence, strongest first, and
 * whether a plan is asked for at all. Never throws; the same pull request gives the same answer.
 */
export function detectTouch(pullRequest: PullRequest): Touch {
  return judgeTouch(pullRequest, readFiles(pullRequest), { backend: BACKEND_WEIGHTS, payments: PAYMENT_WEIGHTS });
}

/** What each file of a pull request says, before weights are fitted to it. */
export function readFiles(pullRequest: PullRequest): readonly FileScore[] {
  return withPolicy(withCompany(pullRequest.files.map(scoreFile)), pullRequest.policy.paths);
}

/** The answer for files that were read, under given weights: the calibration tries many. */
export function judgeTouch(
  pullRequest: PullRequest,
  files: readonly FileScore[],
  weights: { readonly backend: Weights; readonly payments: Weights },
): Touch {
  const weighed = files.map((file) => weigh(file, weights.backend));
  const backend = scoreBackend(pullRequest, weighed, weights.backend);
  const payments = scorePayments(pullRequest, weighed, backend.touched, weights.payments);
  return { backend, payments, notApplicable: explainNotApplicable(pullRequest, weighed, backend), nearestMiss: findNearestMiss(backend) };
}

function findNearestMiss(backend: TouchAnswer): Evidence | null {
  if (backend.touched) return null;
  return backend.evidence.find(({ weight, path }) => weight > 0 && path !== undefined) ?? null;
}
