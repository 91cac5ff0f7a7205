import { requestIdOf, statusOf } from "./client.ts";
import { GitHubAway, RateLimited, rootOf } from "./faults.ts";

/** What went wrong, for the author of a pull request. */
interface Fault {
  readonly reason: string;
  readonly requestId: string | null;
  readonly passing: boolean;
}

/** What came between: the next try sees it. */
const PASSING = ["HeadMoved", "VerdictOvertaken", "SharedHeadBusy"];

/**
 * What went wrong at our end or at GitHub's, in words for the author: "GitHub answered 502". An error that is
 * not GitHub's is named by its kind alone: its message may hold what should not be shown. `passing` is a
 * push or another verdict that came while we worked: the next try sees it.
 */
export function describeFault(error: unknown): Fault {
  const root = rootOf(error);
  const name = root instanceof Error ? root.name : "";
  return {
    reason: reasonOfLimit(root) ?? reasonOf(statusOf(error), name, requestIdOf(error)),
    requestId: requestIdOf(error),
    passing: PASSING.includes(name),
  };
}

function reasonOfLimit(root: unknown): string | null {
  if (root instanceof GitHubAway) return "GitHub does not answer";
  if (root instanceof RateLimited) return `GitHub's rate limit is reached until ${root.retryAt.toISOString().slice(11, 16)} UTC`;
  return null;
}

function reasonOf(status: number | null, name: string, requestId: string | null): string {
  if (name === "TimeoutError" || name === "AbortError") return "GitHub did not answer in time";
  // Octokit turns a connection that failed into a 500 of its own, which has no request id.
  if (status === 500 && requestId === null) return "GitHub could not be reached";
  if (status === 403 || status === 429) return `GitHub refused a request (${status}): a rate limit, or a permission that the app lacks`;
  if (status === 401) return "GitHub does not take the app's key or token (401)";
  if (status !== null) return `GitHub answered ${status}`;
  if (name === "GraphqlResponseError") return "GitHub answered a question with an error";
  if (name === "VerdictOvertaken" || name === "SharedHeadBusy") return "it was judged again while the verdict was written";
  if (name === "HeadMoved") return "the pull request was pushed to while it was read";
  return "an error of ours; it is in our log";
}
