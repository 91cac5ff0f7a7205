import { z } from "zod";
import type { JobOrigin } from "../model/job.ts";
import { commentOutcome, writtenText } from "./comment-outcome.ts";
import { envelope, type Outcome, readPayload } from "./outcome.ts";

const issueCommentEvent = envelope.extend({
  issue: z.object({ number: z.number().int().positive(), pull_request: z.unknown().optional() }),
  comment: writtenText,
});

/** `issue_comment`: created, edited, deleted, on pull requests. */
export function readIssueCommentEvent(payload: unknown, origin: JobOrigin): Outcome {
  return readPayload(issueCommentEvent, payload, ({ issue, comment, ...event }) =>
    issue.pull_request
      ? commentOutcome("issue_comment", { ...event, number: issue.number, text: comment }, origin)
      : { ignored: "a comment on an issue" },
  );
}
