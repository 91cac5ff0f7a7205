import { z } from "zod";
import type { JobOrigin } from "../model/job.ts";
import { envelope, type Outcome, readPayload, sha } from "./outcome.ts";

const mergeGroupEvent = envelope.extend({
  merge_group: z.object({ head_sha: sha, head_ref: z.string().max(1000) }),
});

/** GitHub names the queue's branches `gh-readonly-queue/{base branch}/pr-{number}-{sha}`. */
const QUEUE_BRANCH = /\/pr-([1-9]\d{0,8})-[0-9a-f]{40,64}$/;

/** `merge_group`: checks_requested. A branch that names no pull request gets no check, so it cannot merge. */
export function readMergeGroupEvent(payload: unknown, origin: JobOrigin): Outcome {
  return readPayload(mergeGroupEvent, payload, ({ action, installation, repository, merge_group }) => {
    if (action !== "checks_requested") return { ignored: "no checks are asked for" };
    const number = QUEUE_BRANCH.exec(merge_group.head_ref)?.[1];
    if (number === undefined) return { ignored: "the queue's branch names no pull request" };
    const place = { installationId: installation.id, repo: repository.full_name };
    return { job: { kind: "merge-group", ...place, number: Number(number), headSha: merge_group.head_sha, ...origin } };
  });
}
