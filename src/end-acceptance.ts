import type { PullRequestRef } from "./model/job.ts";
import type { AcceptanceStore } from "./model/risk-register.ts";
import type { RecordedAcceptance, RegisterCause, SignatureEnd } from "./model/recorded-acceptance.ts";
import type { GitHubAccount } from "./model/signing.ts";
import type { SigningWorld } from "./risks/signature-events.ts";

/** When and by which delivery an end was found. */
interface Discovery {
  /** ISO 8601 UTC. */
  readonly now: string;
  readonly deliveryId: string | null;
  readonly headSha: string;
}

/** Ends an acceptance in the register, with who ended it where the conversation shows it, and has the check judged again. */
export async function endAcceptance(
  ref: PullRequestRef,
  acceptance: RecordedAcceptance,
  end: SignatureEnd,
  world: SigningWorld,
  { now, deliveryId, headSha }: Discovery,
  acceptances: AcceptanceStore,
): Promise<RecordedAcceptance> {
  const state = end === "withdrawn" ? "withdrawn" : "voided";
  const by = whoEnded(acceptance, end, world);
  const cause: RegisterCause = {
    actor: by?.account.id ? { githubId: by.account.id, login: by.account.login } : null,
    at: by?.at ?? now,
    deliveryId,
    commentUrl: by?.url ?? acceptance.url,
    headSha,
    reason: end,
  };
  // Whoever found it may publish nothing: a command that only asks, or the merge queue. The check has to hear of it.
  const again = {
    kind: "review",
    ...refOf(ref),
    headSha: null,
    deliveryId: deliveryId ?? `end-${acceptance.id}`,
    cause: "acceptance.ended",
  } as const;
  await acceptances.endAcceptance(acceptance.id, state, cause, again);
  return { ...acceptance, state, endedAt: cause.at, endedBecause: end };
}

function refOf({ installationId, repo, number }: PullRequestRef): PullRequestRef {
  return { installationId, repo, number };
}

/** The person behind an end, where the conversation shows one. */
function whoEnded(
  acceptance: RecordedAcceptance,
  end: SignatureEnd,
  { comments }: SigningWorld,
): { readonly account: GitHubAccount; readonly at: string; readonly url: string } | null {
  if (end === "form-edited" || end === "signature-edited") {
    const comment = comments.get(end === "form-edited" ? acceptance.formNodeId : acceptance.nodeId)?.comment;
    return comment?.editor && comment.editedAt !== null ? { account: comment.editor, at: comment.editedAt, url: comment.url } : null;
  }
  if (end !== "withdrawn") return null;
  const formAuthor = comments.get(acceptance.formNodeId)?.author.id;
  const withdrawal = [...comments.values()].findLast(
    ({ author, commands, writtenAt }) =>
      (author.id === acceptance.acceptedById || author.id === formAuthor) &&
      commands.some((command) => command.kind === "withdraw") &&
      Date.parse(writtenAt) >= Date.parse(acceptance.signedAt),
  );
  return withdrawal ? { account: withdrawal.author, at: withdrawal.writtenAt, url: withdrawal.comment.url } : null;
}
