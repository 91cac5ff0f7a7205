import type { CheckRun } from "../model/check-run.ts";
import { RECHECK } from "./actions.ts";
import { CHECK_RUN_NAME } from "./check-run.ts";
import { type Block, code, prose, strong } from "./document.ts";
import { LIMITS } from "./limits.ts";
import { excerpt } from "./neutralise.ts";
import { writeMarkdown } from "./write-markdown.ts";

/** Why a review did not happen. */
export interface ServiceFault {
  /** What went wrong, in words a reader understands: "GitHub answered 502 four times". */
  readonly reason: string;
  /** ISO 8601 UTC of the next attempt; null when there is none without a person. */
  readonly retryAt: string | null;
  /** true when we try again by ourselves, at a moment that is not known. */
  readonly willRetry?: boolean;
  /** GitHub's request id, or ours, for those who look into it; null when there is none. */
  readonly requestId: string | null;
}

/** A check run for a head that could not be reviewed: never green, and never the author's fault. */
export function renderServiceFault(fault: ServiceFault): CheckRun {
  const retry =
    fault.retryAt === null
      ? fault.willRetry
        ? "We try again by ourselves within minutes."
        : "No further attempt is planned."
      : `The next attempt is at ${instant(fault.retryAt)}.`;
  const summary: readonly Block[] = [
    { kind: "paragraph", line: [strong("Could not review yet."), prose(` This is not about your code: ${excerpt(fault.reason, 500)}.`)] },
    { kind: "paragraph", line: [prose(`${retry} `), strong(RECHECK.label), prose(" tries at once. Nothing is passed in the meantime.")] },
    ...(fault.requestId === null ? [] : ([{ kind: "paragraph", line: [prose("Request id: "), code(fault.requestId)] }] as const)),
  ];
  return {
    name: CHECK_RUN_NAME,
    conclusion: "action_required",
    title: excerpt(`Could not review yet - ${fault.reason}`, LIMITS.checkTitle),
    summary: writeMarkdown(summary, LIMITS.checkTextBytes),
    text: "",
    annotations: [],
    actions: [RECHECK],
  };
}

/** "2026-11-03 14:05 UTC" for a readable instant, else the text itself. */
function instant(iso: string): string {
  const matched = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z$/.exec(iso);
  return matched ? `${matched[1]} ${matched[2]} UTC` : iso;
}
