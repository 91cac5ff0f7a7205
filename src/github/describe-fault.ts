import { requestIdOf, statusOf } from "./client.ts";

/**
 * What went wrong at our end or at GitHub's, in words for the author: "GitHub answered 502". An error that is
 * not GitHub's is named by its kind alone: its message may hold what should not be shown.
 */
export function describeFault(error: unknown): { readonly reason: string; readonly requestId: string | null } {
  const status = statusOf(error);
  const name = error instanceof Error ? error.name : "";
  const requestId = requestIdOf(error);
  if (status !== null && status >= 500 && requestId === null && status === 500) return { reason: "GitHub could not be reached", requestId };
  if (status === 403 || status === 429)
    return { reason: `GitHub refused the request (${status}): a rate limit or a missing permission`, requestId };
  if (status !== null) return { reason: `GitHub answered ${status}`, requestId };
  if (name === "TimeoutError" || name === "AbortError") return { reason: "GitHub did not answer in time", requestId };
  if (name === "HeadMoved") return { reason: "the pull request was pushed to while it was read", requestId };
  return { reason: "an error of ours; it is in our log", requestId };
}
