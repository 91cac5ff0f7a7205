import { z } from "zod";
import type { JobOrigin } from "../model/job.ts";
import { envelope, type Outcome, readPayload } from "./outcome.ts";

const repositories = z.array(envelope.shape.repository).default([]);

const installationRepositoriesEvent = envelope.omit({ repository: true }).extend({
  repositories_added: repositories,
  repositories_removed: repositories,
});

/** `installation_repositories`: added and removed. */
export function readInstallationRepositoriesEvent(payload: unknown, origin: JobOrigin): Outcome {
  return readPayload(installationRepositoriesEvent, payload, ({ action, installation, repositories_added, repositories_removed }) => {
    const what = action === "added" ? "granted" : "gone";
    const repos = (action === "added" ? repositories_added : repositories_removed).map((repository) => repository.full_name);
    if (repos.length === 0) return { ignored: "no repository was named" };
    return { job: { kind: "repository", installationId: installation.id, change: { what, repos }, ...origin } };
  });
}
