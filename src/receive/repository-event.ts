import { z } from "zod";
import type { JobOrigin } from "../model/job.ts";
import { envelope, type Outcome, readPayload } from "./outcome.ts";

const login = z.object({ login: z.string().regex(/^[\w.-]+$/) });

const repositoryEvent = envelope.extend({
  changes: z
    .object({
      default_branch: z.object({ from: z.string() }),
      repository: z.object({ name: z.object({ from: z.string().regex(/^[\w.-]+$/) }) }),
      owner: z.object({ from: z.object({ user: login.nullish(), organization: login.nullish() }) }),
    })
    .partial()
    .nullish(),
});

/** `repository`: renamed and transferred, which it is followed to, deleted, and another default branch, whose policy it is now. */
export function readRepositoryEvent(payload: unknown, origin: JobOrigin): Outcome {
  return readPayload(repositoryEvent, payload, ({ action, installation, repository, changes }) => {
    const to = repository.full_name;
    const place = { kind: "repository", installationId: installation.id, ...origin } as const;
    if (action === "edited") {
      if (!changes?.default_branch) return { ignored: "an edit that leaves the default branch" };
      return { job: { kind: "policy", installationId: installation.id, repo: to, ...origin } };
    }
    if (action === "deleted") return { job: { ...place, change: { what: "gone", repos: [to] } } };
    const [owner = "", name = ""] = to.split("/");
    const oldName = changes?.repository?.name.from;
    const oldOwner = changes?.owner?.from.organization?.login ?? changes?.owner?.from.user?.login;
    if (oldName === undefined && oldOwner === undefined) return { ignored: "neither a new name nor a new owner" };
    return { job: { ...place, change: { what: "renamed", from: `${oldOwner ?? owner}/${oldName ?? name}`, to } } };
  });
}
