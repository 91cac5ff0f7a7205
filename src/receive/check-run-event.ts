import { z } from "zod";
import type { JobOrigin } from "../model/job.ts";
import { envelope, namedPullRequests, type Outcome, readPayload, sha } from "./outcome.ts";

const checkRunEvent = envelope.extend({
  check_run: z.object({
    head_sha: sha,
    external_id: z.string().nullish(),
    app: z.object({ id: z.number().int() }).nullish(),
    pull_requests: namedPullRequests,
  }),
  requested_action: z.object({ identifier: z.string() }).nullish(),
});

/**
 * `check_run`: rerequested and requested_action of our own runs. The pull request is the one that the run's
 * `external_id` names; payloads of forks name none (GitHub docs, rest/checks/runs). A button carries no text,
 * so none of them ever overrides.
 */
export function readCheckRunEvent(payload: unknown, origin: JobOrigin, appId: number): Outcome {
  return readPayload(checkRunEvent, payload, ({ installation, repository, check_run, requested_action }) => {
    if (check_run.app?.id !== appId) return { ignored: "a check run of another app" };
    const place = { installationId: installation.id, repo: repository.full_name };
    const number = numberOf(check_run.external_id, check_run.pull_requests);
    const action = requested_action?.identifier ?? "recheck";
    if (action === "plan-skeleton" || action === "risk-form")
      return number === null
        ? { ignored: "the run names no pull request" }
        : { job: { kind: "reply", reply: action, ...place, number, ...origin } };
    if (action !== "recheck") return { ignored: "unknown button" };
    const headSha = check_run.head_sha;
    return {
      job: number === null ? { kind: "head", ...place, headSha, ...origin } : { kind: "review", ...place, number, headSha, ...origin },
    };
  });
}

/** The one pull request that a run belongs to; null when it is not known or there are several. */
function numberOf(externalId: string | null | undefined, named: readonly { number: number }[]): number | null {
  const own = /^pull-request-(\d{1,9})(?::[0-9a-f]{0,16}){0,2}$/.exec(externalId ?? "");
  if (own) return Number(own[1]);
  const [only, ...others] = named;
  return only && others.length === 0 ? only.number : null;
}
