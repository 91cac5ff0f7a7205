import type { PullRequestRef } from "./job.ts";
import type { Published } from "./publisher.ts";
import type { PullRequest } from "./pull-request.ts";
import type { Authorship } from "./signing.ts";

/** A pull request that was read: open, with its snapshot; closed, when nobody needs a verdict; or gone (404, uninstalled). */
export type FetchedPullRequest =
  | {
      readonly state: "open";
      readonly pullRequest: PullRequest & { readonly headSha: string };
      /** Absent where the reading did not tell: it is then looked up before anything is written. */
      readonly published?: Published;
      readonly authorship?: Authorship;
    }
  | { readonly state: "closed"; readonly headSha: string; readonly isMerged: boolean }
  | { readonly state: "gone" };

/** Reads a pull request, all of it, at its newest head. */
export interface PullRequestSource {
  /** Throws when GitHub cannot answer. */
  fetchPullRequest(ref: PullRequestRef): Promise<FetchedPullRequest>;
  /** Numbers of the open pull requests whose head is this SHA, as GitHub knows them. */
  fetchOpenPullRequestsOfHead(installationId: number, repo: string, headSha: string): Promise<readonly number[]>;
}
