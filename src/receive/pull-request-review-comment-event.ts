import { z } from "zod";
import type { JobOrigin } from "../model/job.ts";
import { commentOutcome, writtenText } from "./comment-outcome.ts";
import { envelope, type Outcome, readPayload } from "./outcome.ts";

const pullRequestReviewCommentEvent = envelope.extend({
  pull_request: z.object({ number: z.number().int().positive() }),
  comment: writtenText,
});

/** `pull_request_review_comment`: created, edited, deleted. */
export function readPullRequestReviewCommentEvent(payload: unknown, origin: JobOrigin): Outcome {
  return readPayload(pullRequestReviewCommentEvent, payload, ({ pull_request, comment, ...event }) =>
    commentOutcome("review_comment", { ...event, number: pull_request.number, text: comment }, origin),
  );
}
