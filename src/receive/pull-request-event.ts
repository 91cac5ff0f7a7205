import { z } from "zod";
import type { JobOrigin } from "../model/job.ts";
import { envelope, type Outcome, readPayload, sha } from "./outcome.ts";

const pullRequestEvent = envelope.extend({
  pull_request: z.object({ number: z.number().int().positive(), head: z.object({ sha }) }),
  changes: z.record(z.string(), z.unknown()).optional(),
});

const REVIEWED_FIELDS = ["title", "body", "base"];

/**
 * `pull_request`: opened, reopened, synchronize, ready_for_review, closed, and edited where the title, the
 * description or the base changed. A closed one is reviewed too: its verdict stops weighing on its head.
 */
export function readPullRequestEvent(payload: unknown, origin: JobOrigin): Outcome {
  return readPayload(pullRequestEvent, payload, ({ action, installation, repository, pull_request, changes }) => {
    if (action === "edited" && !REVIEWED_FIELDS.some((field) => changes?.[field] !== undefined))
      return { ignored: "edited, but neither title, description nor base" };
    return {
      job: {
        kind: "review",
        installationId: installation.id,
        repo: repository.full_name,
        number: pull_request.number,
        headSha: pull_request.head.sha,
        ...origin,
      },
    };
  });
}
