import { z } from "zod";
import type { JobOrigin, PullRequestRef } from "../model/job.ts";
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
    const numbers = numbersOf(check_run.external_id, check_run.pull_requests);
    const refs: PullRequestRef[] = numbers.map((number) => ({ ...place, number }));
    const action = requested_action?.identifier ?? "recheck";
    if (action === "plan-skeleton" || action === "risk-form") {
      const [first] = refs;
      return first ? { jobs: [{ kind: "reply", reply: action, ...first, ...origin }] } : { ignored: "the run names no pull request" };
    }
    if (action !== "recheck") return { ignored: "unknown button" };
    if (refs.length === 0) return { jobs: [{ kind: "head", ...place, headSha: check_run.head_sha, ...origin }] };
    return { jobs: refs.map((ref) => ({ kind: "review", ...ref, headSha: check_run.head_sha, ...origin })) };
  });
}

function numbersOf(externalId: string | null | undefined, named: readonly { number: number }[]): readonly number[] {
  const own = /^pull-request-(\d{1,9})$/.exec(externalId ?? "");
  return own ? [Number(own[1])] : named.map(({ number }) => number);
}
