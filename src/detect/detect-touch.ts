import type { PullRequest } from "../model/pull-request.ts";
import type { Evidence, Touch, TouchAnswer } from "../model/touch.ts";
import { explainNotApplicable } from "./explain-not-applicable.ts";
import { scoreBackend } from "./score-backend.ts";
import { scorePayments } from "./score-payments.ts";
import { scoreFile } from "./score-file.ts";
import { BACKEND_WEIGHTS } from "./weights.ts";
import { withPolicy } from "./with-policy.ts";

/**
 * Whether a pull request touches the backend and payments, with the evidence, strongest first, and
 * whether a plan is asked for at all. Never throws; the same pull request gives the same answer.
 */
export function detectTouch(pullRequest: PullRequest): Touch {
  const files = withPolicy(
    pullRequest.files.map((file) => scoreFile(file, BACKEND_WEIGHTS)),
    pullRequest.policy.paths,
  );
  const backend = scoreBackend(pullRequest, files, BACKEND_WEIGHTS);
  const payments = scorePayments(pullRequest, files, backend.touched);
  const notApplicable = explainNotApplicable(pullRequest, files, backend);
  return { backend, payments, notApplicable, nearestMiss: nearestMiss(backend) };
}

function nearestMiss(backend: TouchAnswer): Evidence | null {
  if (backend.touched) return null;
  return backend.evidence.find(({ weight, path }) => weight > 0 && path !== undefined) ?? null;
}
