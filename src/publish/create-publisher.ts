import type { Publisher, StickyCommentStore } from "../model/publisher.ts";
import type { ClientOf } from "../github/client.ts";
import { findShownSince, publishCheckRun } from "./publish-check-run.ts";
import { createAnswer, findAnswer } from "./publish-reply.ts";
import { publishStickyComment } from "./publish-sticky-comment.ts";

/** Publishes to GitHub's REST API as the app's installation. */
export function createPublisher(clientOf: ClientOf, appId: number, stickyComments: StickyCommentStore): Publisher {
  return {
    async publishCheckRun(ref, headSha, run, published) {
      const client = await clientOf(ref.installationId);
      return publishCheckRun({ client, appId, ref, headSha }, run, published?.runs ?? null);
    },
    async findShownSince(ref, headSha, run) {
      return findShownSince({ client: await clientOf(ref.installationId), appId, ref, headSha }, run);
    },
    async publishStickyComment(ref, body, quietBody, published) {
      const ownComments = published?.ownComments ?? null;
      await publishStickyComment(await clientOf(ref.installationId), appId, stickyComments, ref, { body, quietBody, ownComments });
    },
    async publishComment(ref, body, deliveryId) {
      const client = await clientOf(ref.installationId);
      const marker = `<!-- backend-reliability-enforcer: answer to delivery ${deliveryId.replaceAll(/[^\w.-]/g, "")} -->`;
      if (await findAnswer(client, appId, ref, marker)) return;
      await createAnswer(client, appId, ref, `${marker}\n${body}`);
    },
  };
}
