import type { PullRequestRef } from "../model/job.ts";
import type { StickyCommentStore } from "../model/publisher.ts";
import { type GitHubClient, ownerAndName, statusOf } from "../github/client.ts";
import { createOnce } from "./create-once.ts";

/** Stands in every sticky comment, so that it is found again where the database has lost it. */
const STICKY_MARKER = "<!-- backend-reliability-enforcer -->";

/** Longer than a request may take, and clocks differ. */
const JUST_NOW_MS = 10 * 60_000;

/** What a pull request's sticky comment should say. */
export interface StickyComment {
  /** null: nothing needs saying; an existing comment then gets `quietBody`, and none is created. */
  readonly body: string | null;
  readonly quietBody: string;
  /** Our comments on the pull request, where all of them were just read. */
  readonly ownComments: readonly OwnComment[] | null;
}

interface OwnComment {
  readonly id: number;
  readonly body: string;
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
  const own = comment.ownComments?.filter(({ body }) => body.includes(STICKY_MARKER));
  const id = known?.commentId ?? (own ? (own[0]?.id ?? null) : await findComment(client, appId, ref));
  const place = ownerAndName(ref.repo);
  if (id === null) {
    if (comment.body !== null) await store.saveStickyComment(ref, await createComment(client, appId, ref, comment.body));
    return;
  }
  const body = comment.body ?? comment.quietBody;
  if (known !== null && own?.some((each) => each.id === id && each.body === body)) return;
  try {
    await client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
      ...place,
      comment_id: id,
      body,
    });
    if (known === null) await store.saveStickyComment(ref, id);
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
    await store.saveStickyComment(ref, id);
    await store.saveStickyCommentRemoved(ref);
  }
}

async function createComment(client: GitHubClient, appId: number, ref: PullRequestRef, body: string): Promise<number> {
  const create = async () => {
    const { data } = await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      ...ownerAndName(ref.repo),
      issue_number: ref.number,
      body,
    });
    return Number(data.id);
  };
  const since = new Date(Date.now() - JUST_NOW_MS).toISOString();
  return createOnce(create, () => findComment(client, appId, ref, since));
}

/** Our oldest comment with the marker among the first hundred (since an instant): it is posted early in a pull request's life. */
async function findComment(client: GitHubClient, appId: number, ref: PullRequestRef, since?: string): Promise<number | null> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    ...ownerAndName(ref.repo),
    issue_number: ref.number,
    per_page: 100,
    ...(since === undefined ? {} : { since }),
  });
  const own = data.find((comment) => comment.performed_via_github_app?.id === appId && comment.body?.includes(STICKY_MARKER));
  return own ? Number(own.id) : null;
}
