import type { PullRequestRef } from "../model/job.ts";
import type { StickyCommentStore } from "../model/ports.ts";
import { type GitHubClient, ownerAndName, statusOf } from "../github/client.ts";

/** Stands in every sticky comment, so that it is found again where the database has lost it. */
const STICKY_MARKER = "<!-- backend-reliability-enforcer -->";

/** What a pull request's sticky comment should say. */
export interface StickyComment {
  /** null: nothing needs saying; an existing comment then gets `quietBody`, and none is created. */
  readonly body: string | null;
  readonly quietBody: string;
}

/**
 * Keeps one comment a pull request, edited in place. Where a person deleted it, it is not posted again;
 * a hidden one stays hidden, because an edit does not show it.
 */
export async function publishStickyComment(
  client: GitHubClient,
  appId: number,
  store: StickyCommentStore,
  ref: PullRequestRef,
  comment: StickyComment,
): Promise<void> {
  const known = await store.loadStickyComment(ref);
  if (known?.removed) return;
  const id = known?.commentId ?? (await findComment(client, appId, ref));
  const place = ownerAndName(ref.repo);
  if (id === null) {
    if (comment.body === null) return;
    const { data } = await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      ...place,
      issue_number: ref.number,
      body: comment.body,
    });
    await store.saveStickyComment(ref, Number(data.id));
    return;
  }
  try {
    await client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
      ...place,
      comment_id: id,
      body: comment.body ?? comment.quietBody,
    });
    if (known === null) await store.saveStickyComment(ref, id);
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
    await store.saveStickyComment(ref, id);
    await store.saveStickyCommentRemoved(ref);
  }
}

/** Our oldest comment with the marker among the first hundred: it is posted early in a pull request's life. */
async function findComment(client: GitHubClient, appId: number, ref: PullRequestRef): Promise<number | null> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    ...ownerAndName(ref.repo),
    issue_number: ref.number,
    per_page: 100,
  });
  const own = data.find((comment) => comment.performed_via_github_app?.id === appId && comment.body?.includes(STICKY_MARKER));
  return own ? Number(own.id) : null;
}
