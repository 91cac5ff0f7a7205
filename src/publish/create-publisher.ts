import type { Publisher, StickyCommentStore } from "../model/ports.ts";
import { type ClientOf, ownerAndName } from "../github/client.ts";
import { publishCheckRun } from "./publish-check-run.ts";
import { publishStickyComment } from "./publish-sticky-comment.ts";

/** Publishes to GitHub's REST API as the app's installation. */
export function createPublisher(clientOf: ClientOf, appId: number, stickyComments: StickyCommentStore): Publisher {
  return {
    async publishCheckRun(ref, headSha, run) {
      return publishCheckRun(await clientOf(ref.installationId), appId, ref, headSha, run);
    },
    async publishStickyComment(ref, body, quietBody) {
      await publishStickyComment(await clientOf(ref.installationId), appId, stickyComments, ref, { body, quietBody });
    },
    async publishComment(ref, body) {
      const client = await clientOf(ref.installationId);
      await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
        ...ownerAndName(ref.repo),
        issue_number: ref.number,
        body,
      });
    },
  };
}
