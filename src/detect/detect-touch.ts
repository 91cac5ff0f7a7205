import type { PullRequest } from "../model/pull-request.ts";
import type { Evidence, Touch, TouchAnswer } from "../model/touch.ts";
import { explainNotApplicable } from "./explain-not-applicable.ts";
import { judgeReading } from "./judge-reading.ts";
import { readPullRequest } from "./read-pull-request.ts";
import { BACKEND_WEIGHTS, PAYMENT_WEIGHTS } from "./weights.ts";

/**
 * Whether a pull request touches the backend and payments, with the evidence, strongest first, and
 * whether a plan is asked for at all. Never throws; the same pull request gives the same answer.
 */
export function detectTouch(pullRequest: PullRequest): Touch {
  const { backend, payments, files } = judgeReading(readPullRequest(pullRequest), { backend: BACKEND_WEIGHTS, payments: PAYMENT_WEIGHTS });
  return { backend, payments, notApplicable: explainNotApplicable(pullRequest, files, backend), nearestMiss: findNearestMiss(backend) };
}

function findNearestMiss(backend: TouchAnswer): Evidence | null {
  if (backend.touched) return null;
  return backend.evidence.find(({ weight, path }) => weight > 0 && path !== undefined) ?? null;
}
