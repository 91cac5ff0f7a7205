import { requestIdOf, statusOf } from "./client.ts";

/** What went wrong, for the author of a pull request. */
interface Fault {
  readonly reason: string;
  readonly requestId: string | null;
  readonly passing: boolean;
}

/**
 * What went wrong at our end or at GitHub's, in words for the author: "GitHub answered 502". An error that is
 * not GitHub's is named by its kind alone: its message may hold what should not be shown. `passing` is a
 * push that came while we read: its own review follows.
 */
export function describeFault(error: unknown): Fault {
  const name = error instanceof Error ? error.name : "";
  return { reason: reasonOf(statusOf(error), name, requestIdOf(error)), requestId: requestIdOf(error), passing: name === "HeadMoved" };
}

function reasonOf(status: number | null, name: string, requestId: string | null): string {
  // Octokit turns a connection that failed into a 500 of its own, which has no request id.
  if (status === 500 && requestId === null) return "GitHub could not be reached";
  if (status === 403 || status === 429) return `GitHub refused a request (${status}): a rate limit, or a permission that the app lacks`;
  if (status !== null) return `GitHub answered ${status}`;
  if (name === "TimeoutError" || name === "AbortError") return "GitHub did not answer in time";
  if (name === "GraphqlResponseError") return "GitHub answered a question with an error";
  if (name === "HeadMoved") return "the pull request was pushed to while it was read";
  return "an error of ours; it is in our log";
}
