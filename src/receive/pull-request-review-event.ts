import { z } from "zod";
import type { JobOrigin } from "../model/job.ts";
import { commentOutcome, writtenText } from "./comment-outcome.ts";
import { envelope, type Outcome, readPayload } from "./outcome.ts";

const pullRequestReviewEvent = envelope.extend({
  pull_request: z.object({ number: z.number().int().positive() }),
  review: writtenText,
});

/** `pull_request_review`: submitted, edited, dismissed. Its summary may hold commands. */
export function readPullRequestReviewEvent(payload: unknown, origin: JobOrigin): Outcome {
  return readPayload(pullRequestReviewEvent, payload, ({ pull_request, review, ...event }) =>
    commentOutcome("review", { ...event, number: pull_request.number, text: review }, origin),
  );
}
