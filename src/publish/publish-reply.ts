import type { PullRequestRef } from "../model/job.ts";
import type { RiskReplyPublisher } from "../model/publisher.ts";
import { type ClientOf, type GitHubClient, ownerAndName, statusOf } from "../github/client.ts";
import { createOnce } from "./create-once.ts";

const PAGE_SIZE = 100;
/** Pages of a conversation that are searched for an answer. */
const MOST_PAGES = 10;

/** What an answer becomes when its question is gone. */
const WITHDRAWN_QUESTION = "The comment that this answered no longer asks for anything.";

/** Answers comments on GitHub's conversation, each with one comment of ours. */
export function createReplyPublisher(clientOf: ClientOf, appId: number): RiskReplyPublisher {
  return {
    async publishReply(ref, to, body) {
      const client = await clientOf(ref.installationId);
      const marker = `<!-- backend-reliability-enforcer: answer to ${to.source} ${to.commentId} -->`;
      const existing = await findAnswer(client, appId, ref, marker);
      if (existing === null && body === null) return;
      const text = `${marker}\n${body ?? WITHDRAWN_QUESTION}`;
      if (existing?.body === text) return;
      await write(client, appId, ref, existing?.id ?? null, text);
    },
  };
}

async function write(client: GitHubClient, appId: number, ref: PullRequestRef, id: number | null, body: string): Promise<void> {
  const place = ownerAndName(ref.repo);
  if (id === null) {
    await createAnswer(client, appId, ref, body);
    return;
  }
  try {
    await client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", { ...place, comment_id: id, body });
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
    // Deleted by a person between finding and writing: not posted again for the same text.
  }
}

/** Creates the comment that starts with this line, once. */
export async function createAnswer(client: GitHubClient, appId: number, ref: PullRequestRef, body: string): Promise<void> {
  const [marker = ""] = body.split("\n", 1);
  const create = async () => {
    await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      ...ownerAndName(ref.repo),
      issue_number: ref.number,
      body,
    });
    return true;
  };
  await createOnce(create, async () => (await findAnswer(client, appId, ref, marker)) && true);
}

/** Our answer with that marker, by its app, which nobody else can sign as. */
export async function findAnswer(
  client: GitHubClient,
  appId: number,
  ref: PullRequestRef,
  marker: string,
): Promise<{ id: number; body: string } | null> {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { data } = await client.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      ...ownerAndName(ref.repo),
      issue_number: ref.number,
      per_page: PAGE_SIZE,
      page,
    });
    const own = data.find((comment) => comment.performed_via_github_app?.id === appId && comment.body?.startsWith(marker));
    if (own) return { id: Number(own.id), body: own.body ?? "" };
    if (data.length < PAGE_SIZE) break;
  }
  return null;
}
