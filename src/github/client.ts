import type { Octokit } from "@octokit/rest";

/** The part of Octokit that we use: typed requests, so that each one is counted and named by its route. */
export type GitHubClient = Pick<Octokit, "request" | "graphql">;

/** Gives a client that acts as an installation. */
export type ClientOf = (installationId: number) => Promise<GitHubClient>;

/** "owner/name" as the two route parameters. */
export function ownerAndName(repo: string): { readonly owner: string; readonly repo: string } {
  const [owner = "", name = ""] = repo.split("/");
  return { owner, repo: name };
}

/** The HTTP status of an error that Octokit threw; null for anything else (network, timeout). */
export function statusOf(error: unknown): number | null {
  return typeof error === "object" && error !== null && "status" in error && typeof error.status === "number" ? error.status : null;
}

/**
 * The part of a GraphQL answer that came beside errors which only say that something asked for is not there; null for
 * any other error.
 */
export function partOfAnswer<Answer>(error: unknown): Answer | null {
  if (!(error instanceof Error) || error.name !== "GraphqlResponseError" || !("errors" in error) || !("data" in error)) return null;
  const errors = Array.isArray(error.errors) ? error.errors : [];
  const isAll = errors.length > 0 && errors.every((each: { type?: unknown }) => each?.type === "NOT_FOUND");
  return isAll ? ((error.data as Answer | null) ?? null) : null; // the shape that the query asked for
}

/** GitHub's request id of a failed answer, to be quoted to people; null when there was no answer. */
export function requestIdOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("response" in error)) return null;
  const { response } = error as { response?: { headers?: Record<string, string | number | undefined> } }; // shape of Octokit's RequestError
  const id = response?.headers?.["x-github-request-id"];
  return id === undefined ? null : String(id);
}
