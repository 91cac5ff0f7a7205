import { z } from "zod";
import type { JobOrigin } from "../model/job.ts";
import { envelope, type Outcome, readPayload } from "./outcome.ts";

const installationEvent = envelope.omit({ repository: true }).extend({
  repositories: z.array(envelope.shape.repository).nullish(),
});

/**
 * `installation`: deleted and suspend, whose pull requests are out of our reach; created, unsuspend and
 * new_permissions_accepted, whose open pull requests are judged though nothing happens to them.
 */
export function readInstallationEvent(payload: unknown, origin: JobOrigin): Outcome {
  return readPayload(installationEvent, payload, ({ action, installation, repositories }) => {
    const job = { kind: "repository", installationId: installation.id, ...origin } as const;
    if (action === "deleted" || action === "suspend") return { job: { ...job, change: { what: "gone", repos: null } } };
    const repos = repositories?.map((repository) => repository.full_name) ?? null;
    return { job: { ...job, change: { what: "granted", repos } } };
  });
}
