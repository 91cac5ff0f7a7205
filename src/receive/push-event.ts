import { z } from "zod";
import type { JobOrigin } from "../model/job.ts";
import { envelope, type Outcome, readPayload } from "./outcome.ts";

const paths = z.array(z.string()).default([]);

const pushEvent = envelope.omit({ action: true }).extend({
  ref: z.string(),
  forced: z.boolean().default(false),
  repository: envelope.shape.repository.extend({ default_branch: z.string() }),
  commits: z.array(z.object({ added: paths, modified: paths, removed: paths })).default([]),
});

/** GitHub lists at most 2,048 commits of a push (docs, webhooks/webhook-events-and-payloads). */
const MOST_COMMITS = 2048;

/** `push` to the default branch that may have changed the policy: what is open is judged by the new one. */
export function readPushEvent(payload: unknown, origin: JobOrigin, policyPath: string): Outcome {
  return readPayload(pushEvent, payload, ({ installation, repository, ref, forced, commits }) => {
    if (ref !== `refs/heads/${repository.default_branch}`) return { ignored: "a push beside the default branch" };
    const isListed = commits.some(({ added, modified, removed }) => [...added, ...modified, ...removed].includes(policyPath));
    if (!isListed && !forced && commits.length < MOST_COMMITS) return { ignored: "a push that leaves the policy as it was" };
    return { job: { kind: "policy", installationId: installation.id, repo: repository.full_name, ...origin } };
  });
}
