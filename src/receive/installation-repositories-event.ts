import { z } from "zod";
import type { JobOrigin } from "../model/job.ts";
import { envelope, type Outcome, readPayload } from "./outcome.ts";

const installationRepositoriesEvent = envelope.omit({ repository: true }).extend({
  repositories_removed: z.array(envelope.shape.repository).default([]),
});

/** `installation_repositories`: removed. */
export function readInstallationRepositoriesEvent(payload: unknown, origin: JobOrigin): Outcome {
  return readPayload(installationRepositoriesEvent, payload, ({ installation, repositories_removed }) => {
    const repos = repositories_removed.map((repository) => repository.full_name);
    if (repos.length === 0) return { ignored: "no repository was removed" };
    return { job: { kind: "repository", installationId: installation.id, change: { what: "gone", repos }, ...origin } };
  });
}
