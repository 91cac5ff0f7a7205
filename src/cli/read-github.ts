import { Octokit } from "@octokit/rest";
import { BadInput } from "../fetch/bad-input.ts";
import { createBlobCache } from "../fetch/github/blob-cache.ts";
import { createPullRequestSource, HeadMoved } from "../fetch/github/fetch-pull-request.ts";
import { statusOf } from "../github/client.ts";
import { createGitHubLink } from "../github/github-link.ts";
import { isPrivateWay } from "../github/is-private-way.ts";
import type { PullRequest } from "../model/pull-request.ts";
import type { Settings } from "./read-settings.ts";

const NAME = /^([A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[A-Za-z0-9._-]{1,100})#([1-9]\d{0,8})$/;
const API_URL = "https://api.github.com";
const BLOB_CACHE_BYTES = 64 * 1_048_576;

function readApiUrl(): string {
  const given = process.env.GITHUB_API_URL || API_URL;
  const isWebAddress = URL.canParse(given) && /^https?:$/.test(new URL(given).protocol);
  if (!isWebAddress) throw new BadInput(`GITHUB_API_URL: expected a web address such as ${API_URL}, found ${JSON.stringify(given)}`);
  if (!isPrivateWay(given))
    throw new BadInput("GITHUB_API_URL: expected https, because the token goes there; http only for this machine itself");
  return given.replace(/\/+$/, "");
}

/** Refusals that the caller can put right; anything else is GitHub's or the network's. */
function explain(error: unknown, name: string): unknown {
  if (statusOf(error) === 401) return new BadInput("GITHUB_TOKEN: expected a token that GitHub accepts, it answered 401", { cause: error });
  if (statusOf(error) === 403)
    return new BadInput(`--github ${name}: expected a GITHUB_TOKEN that may read it, GitHub answered 403`, { cause: error });
  return error;
}

/**
 * Reads a pull request from GitHub, open or closed, and writes nothing there. Throws BadInput for a name, token
 * or address that the caller must put right, anything else when GitHub did not answer.
 */
export async function readGitHubPullRequest(name: string, settings: Settings): Promise<PullRequest> {
  const [, repo, number] = NAME.exec(name) ?? [];
  if (repo === undefined) throw new BadInput(`--github ${JSON.stringify(name)}: expected OWNER/REPO#N, such as acme/api#12`);
  const token = process.env.GITHUB_TOKEN;
  const apiUrl = readApiUrl();
  const { fetch } = createGitHubLink({ apiUrl });
  const client = new Octokit({ baseUrl: apiUrl, ...(token && { auth: token }), log: SILENT, request: { fetch } });
  const options = {
    blobs: createBlobCache(BLOB_CACHE_BYTES),
    now: () => new Date(settings.now),
    readClosed: true,
    appId: null,
    restOnly: !token,
  };
  const source = createPullRequestSource(async () => client, options);
  const ref = { installationId: 0, repo, number: Number(number) };
  const again = (error: unknown) => {
    // A push while we read: what stands now is the pull request that was asked for.
    if (error instanceof HeadMoved) return source.fetchPullRequest(ref);
    throw error;
  };
  const fetched = await source
    .fetchPullRequest(ref)
    .catch(again)
    .catch((error: unknown) => {
      throw explain(error, name);
    });
  if (fetched.state !== "open")
    throw new BadInput(`--github ${name}: expected a pull request that GITHUB_TOKEN may read, GitHub knows none`);
  const { policy } = settings;
  if (!policy) return fetched.pullRequest;
  return { ...fetched.pullRequest, policy: policy.policy, policyOrigin: policy.origin, policyProblems: policy.problems };
}

// stdout carries the result alone, and stderr one line of ours.
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
