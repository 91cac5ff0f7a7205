import { z } from "zod";
import type { Job } from "../model/job.ts";
import type { PullRequestPush } from "../model/pull-request-store.ts";

/** What a webhook amounts to: a job to do, with the push that it tells of, or the reason why there is nothing to do. */
export type Outcome =
  | { readonly job: Job; readonly push?: PullRequestPush & { readonly repo: string; readonly number: number } }
  | { readonly ignored: string };

/** What every payload that we act on carries. */
export const envelope = z.object({
  action: z.string(),
  installation: z.object({ id: z.number().int() }),
  repository: z.object({ full_name: z.string().regex(/^[\w.-]+\/[\w.-]+$/) }),
});

/** A commit's object id. */
export const sha = z.string().regex(/^[0-9a-f]{40,64}$/);

/** The pull requests that check payloads name; empty for forks (GitHub docs, rest/checks/runs). */
export const namedPullRequests = z
  .array(
    z.object({
      number: z.number().int().positive(),
      base: z
        .object({ repo: z.object({ id: z.number() }).partial() })
        .partial()
        .optional(),
    }),
  )
  .default([]);

/** Reads a payload against its schema; a payload that does not fit is ignored with one line that says where. */
export function readPayload<Payload>(schema: z.ZodType<Payload>, payload: unknown, act: (payload: Payload) => Outcome): Outcome {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return act(parsed.data);
  const [issue] = parsed.error.issues;
  return { ignored: `payload does not fit: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "unknown"}` };
}
