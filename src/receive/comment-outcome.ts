import { z } from "zod";
import type { CommentSource, JobOrigin } from "../model/job.ts";
import type { envelope, Outcome } from "./outcome.ts";

/** What the three kinds of comments have in common in a payload. */
export const writtenText = z.object({
  id: z.number().int().positive(),
  node_id: z.string().min(1).max(200),
  body: z.string().nullish(),
  user: z.object({ type: z.string() }).nullish(),
});

/** A command begins a line with a slash. */
const MAY_COMMAND = /^[ \t]{0,3}\//m;

/**
 * The job that a comment asks for. A bot's asks for none, and neither does a new one without a slash at the start of a
 * line; one that was edited, dismissed or deleted may have held a signature before.
 */
export function commentOutcome(
  source: CommentSource,
  { action, installation, repository, number, text }: z.infer<typeof envelope> & { number: number; text: z.infer<typeof writtenText> },
  origin: JobOrigin,
): Outcome {
  if (text.user?.type === "Bot") return { ignored: "a bot's comment" };
  const isNew = action === "created" || action === "submitted";
  if (isNew && !MAY_COMMAND.test(text.body ?? "")) return { ignored: "a comment without a command" };
  return {
    job: {
      kind: "comment",
      installationId: installation.id,
      repo: repository.full_name,
      number,
      source,
      commentId: text.id,
      nodeId: text.node_id,
      ...origin,
    },
  };
}
