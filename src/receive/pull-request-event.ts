import { z } from "zod";
import type { JobOrigin } from "../model/job.ts";
import { envelope, type Outcome, readPayload, sha } from "./outcome.ts";

const pullRequestEvent = envelope.extend({
  pull_request: z.object({ number: z.number().int().positive(), head: z.object({ sha }) }),
  changes: z.record(z.string(), z.unknown()).optional(),
  before: sha.optional(),
  sender: z.object({ id: z.number().int(), login: z.string() }).optional(),
});

const REVIEWED_FIELDS = ["title", "body", "base"];

/**
 * `pull_request`: opened, reopened, synchronize, ready_for_review, closed, and edited where the title, the
 * description or the base changed. Who opened it and who pushed is told along: they never sign for it. A closed one is reviewed too: its verdict stops weighing on its head.
 */
export function readPullRequestEvent(payload: unknown, origin: JobOrigin): Outcome {
  return readPayload(pullRequestEvent, payload, ({ action, installation, repository, pull_request, changes, before, sender }) => {
    if (action === "edited" && !REVIEWED_FIELDS.some((field) => changes?.[field] !== undefined))
      return { ignored: "edited, but neither title, description nor base" };
    const isPush = action === "opened" || action === "synchronize";
    const after = pull_request.head.sha;
    return {
      ...(isPush && sender
        ? {
            push: {
              repo: repository.full_name,
              number: pull_request.number,
              pusher: { githubId: sender.id, login: sender.login },
              before: before ?? "",
              after,
            },
          }
        : {}),
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
