import type { CommentRef, PullRequestRef } from "./model/job.ts";
import { expectName } from "./model/repository-renamed.ts";
import type { CommentSourcePort, ConversationComment } from "./model/signing.ts";

/**
 * Comments of a pull request as they are now, in the order asked; null for one that is gone or stands elsewhere. Throws
 * when GitHub cannot answer, and `RepositoryRenamed`: a comment of a renamed repository is not a
 * deleted one, and nothing is concluded from it.
 */
export async function readOwnComments(
  { installationId, repo, number }: PullRequestRef,
  refs: readonly CommentRef[],
  source: CommentSourcePort,
): Promise<readonly (ConversationComment | null)[]> {
  if (refs.length === 0) return [];
  const found = await source.fetchComments(installationId, refs);
  return found.map((comment) => {
    if (comment === null || comment.number !== number) return null;
    expectName(repo, comment.repo, comment.nodeId);
    return comment;
  });
}
