import type { CheckRun } from "../model/check-run.ts";
import type { Review } from "../model/review.ts";
import { RECHECK } from "./actions.ts";
import { CHECK_RUN_NAME, renderCheckRun } from "./check-run.ts";
import { type Block, code, prose, strong } from "./document.ts";
import { byteLength, LIMITS } from "./limits.ts";
import { writeMarkdown } from "./write-markdown.ts";

/** A pull request's verdict on the merge queue's commit, with the place that it comes from. */
export function renderMergeGroupRun(review: Review): CheckRun {
  const run = renderCheckRun(review);
  const from: Block = {
    kind: "paragraph",
    line: [
      prose(`This is a commit of the merge queue. The verdict is that of pull request ${review.number ?? "?"} at `),
      code(review.headSha?.slice(0, 7) ?? "an unknown commit"),
      prose(`, judged at ${review.reviewedAt}; its signatures were read again then.`),
    ],
  };
  const intro = writeMarkdown([from], LIMITS.checkTextBytes);
  const summary = `${intro}\n\n${run.summary}`;
  // The findings' lines are those of the pull request, where their annotations stand.
  return { ...run, annotations: [], summary: byteLength(summary) <= LIMITS.checkTextBytes ? summary : run.summary };
}

/** A commit of the merge queue whose pull request cannot be judged: never green. */
export function renderUnjudgedGroup(number: number): CheckRun {
  const summary: readonly Block[] = [
    {
      kind: "paragraph",
      line: [
        strong("Could not judge."),
        prose(
          ` Pull request ${number}, which this commit of the merge queue belongs to, is not open. Take it out of the queue and add it again.`,
        ),
      ],
    },
  ];
  return {
    name: CHECK_RUN_NAME,
    conclusion: "action_required",
    title: `Could not judge - pull request ${number} is not open`,
    summary: writeMarkdown(summary, LIMITS.checkTextBytes),
    text: "",
    annotations: [],
    actions: [RECHECK],
  };
}
