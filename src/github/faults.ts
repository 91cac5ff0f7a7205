import { statusOf } from "./client.ts";

/** GitHub's limit is reached for an installation: nothing is asked before `retryAt`. */
export class RateLimited extends Error {
  override readonly name = "RateLimited";
  readonly retryAt: Date;
  /** Whose limit: the REST API's, GraphQL's, or one for all requests. */
  readonly resource: "core" | "graphql" | "all";

  constructor(resource: RateLimited["resource"], retryAt: Date, options?: ErrorOptions) {
    super(`GitHub's rate limit (${resource}) is reached until ${retryAt.toISOString()}`, options);
    this.resource = resource;
    this.retryAt = retryAt;
  }
}

/** GitHub failed so often that it is left alone for a while; nothing was sent. */
export class GitHubAway extends Error {
  override readonly name = "GitHubAway";
  constructor(host: string, options?: ErrorOptions) {
    super(`${host} does not answer: it is left alone for a while`, options);
  }
}

/** Whether asking in another way is in vain too: GitHub is away, its limit is reached, or it knows us no longer. */
export function isOutage(error: unknown): boolean {
  const cause = rootOf(error);
  if (cause instanceof GitHubAway) return true;
  if (cause instanceof RateLimited) return cause.resource !== "graphql";
  return statusOf(error) === 401;
}

/** Whether GitHub refuses GraphQL here for good: no permission, no such field on an old server, no such address. */
export function isRefusedQuestion(error: unknown): boolean {
  if (rootOf(error) instanceof RateLimited) return false;
  const status = statusOf(error);
  if (status === 403 || status === 404) return true;
  if (!(error instanceof Error) || error.name !== "GraphqlResponseError" || !("errors" in error)) return false;
  const errors: readonly { type?: unknown; extensions?: { code?: unknown } }[] = Array.isArray(error.errors) ? error.errors : [];
  return errors.some(({ type, extensions }) => type === "FORBIDDEN" || extensions?.code === "undefinedField");
}

/** Whether somebody suspended the installation: it is out of reach until they take that back. */
export function isSuspended(error: unknown): boolean {
  return statusOf(error) === 403 && error instanceof Error && /\bsuspended\b/i.test(error.message);
}

/** The error that ours or Octokit's stands for: a client wraps what its transport threw. */
export function rootOf(error: unknown): unknown {
  const isOurs = error instanceof GitHubAway || error instanceof RateLimited;
  return !isOurs && error instanceof Error && error.cause instanceof Error ? rootOf(error.cause) : error;
}

/** Whether a request that failed may have been carried out: it was sent, and GitHub's answer is not known or no refusal. */
export function mayHaveWorked(error: unknown): boolean {
  const cause = rootOf(error);
  if (cause instanceof GitHubAway || cause instanceof RateLimited) return false;
  const status = statusOf(error);
  return status === null || status >= 500;
}
