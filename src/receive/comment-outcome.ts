import { z } from "zod";
import type { CommentJob, CommentSource, JobOrigin } from "../model/job.ts";
import { findCommands, isAboutRisk } from "../risks/find-commands.ts";
import type { envelope, Outcome } from "./outcome.ts";

/** What the three kinds of comments have in common in a payload. */
export const writtenText = z.object({
  id: z.number().int().positive(),
  node_id: z.string().min(1).max(200),
  body: z.string().nullish(),
  user: z.object({ type: z.string(), id: z.number().int().positive().optional(), login: z.string().optional() }).nullish(),
  created_at: z.iso.datetime({ offset: true }).nullish(),
  submitted_at: z.iso.datetime({ offset: true }).nullish(),
});

/** A command begins a line with a slash. */
const MAY_COMMAND = /^[ \t]{0,3}\//m;

/** Most comments have none, and Markdown is parsed for those that may. */
const MAY_WITHDRAW = /^[ \t]{0,3}\/accept-risk[ \t]{1,20}withdraw/im;

/** The withdrawal that a comment's text holds, as the webhook told it. */
function withdrawalIn({ body, user, created_at, submitted_at }: z.infer<typeof writtenText>): Pick<CommentJob, "withdrawal"> {
  const at = created_at ?? submitted_at;
  if (!body || !at || user?.id === undefined || user.login === undefined || !MAY_WITHDRAW.test(body)) return {};
  const commands = findCommands(body);
  // One that signs after it withdrew has not withdrawn.
  return commands.findLast(isAboutRisk)?.kind === "withdraw" ? { withdrawal: { by: user.id, login: user.login, at } } : {};
}

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
      ...withdrawalIn(text),
      ...origin,
    },
  };
}
