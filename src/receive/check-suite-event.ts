import { z } from "zod";
import type { JobOrigin } from "../model/job.ts";
import { envelope, namedPullRequests, type Outcome, readPayload, sha } from "./outcome.ts";

const checkSuiteEvent = envelope.extend({
  check_suite: z.object({ head_sha: sha, pull_requests: namedPullRequests }),
});

/**
 * `check_suite`: requested (a push) and rerequested ("Re-run all checks"). A requested suite that names no
 * pull request is a branch without one: nothing to judge. A re-requested one may be a fork's: its head is looked up.
 */
export function readCheckSuiteEvent(payload: unknown, origin: JobOrigin): Outcome {
  return readPayload(checkSuiteEvent, payload, ({ action, installation, repository, check_suite }) => {
    const place = { installationId: installation.id, repo: repository.full_name };
    const { head_sha: headSha, pull_requests: named } = check_suite;
    const [only, ...others] = named;
    if (only && others.length === 0) return { job: { kind: "review", ...place, number: only.number, headSha, ...origin } };
    if (only || action === "rerequested") return { job: { kind: "head", ...place, headSha, ...origin } };
    return { ignored: "a push without a pull request" };
  });
}
