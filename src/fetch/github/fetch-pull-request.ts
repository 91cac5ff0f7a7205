import type { FetchedPullRequest, PolicyStore, PullRequestSource } from "../../model/ports.ts";
import type { PullRequestRef } from "../../model/job.ts";
import type { Comment } from "../../model/pull-request.ts";
import { type ClientOf, type GitHubClient, ownerAndName, statusOf } from "../../github/client.ts";
import type { BlobCache } from "./blob-cache.ts";
import { fetchContents } from "./fetch-contents.ts";
import { fetchFiles } from "./fetch-files.ts";
import { fetchManifests } from "./fetch-manifests.ts";
import { fetchPolicy, fetchPolicyChange, POLICY_PATH } from "./fetch-policy.ts";

/** What a source needs besides GitHub. */
export interface SourceOptions {
  readonly blobs: BlobCache;
  /** The snapshot's one clock. */
  readonly now: () => Date;
  /** Where the last valid policy is kept; without it a broken file leaves the default in force. */
  readonly policies?: PolicyStore;
  /** true: a closed pull request is read like an open one (the command line). */
  readonly readClosed?: boolean;
}

/** Reads pull requests from GitHub's REST API, one immutable snapshot each. */
export function createPullRequestSource(clientOf: ClientOf, options: SourceOptions): PullRequestSource {
  return {
    async fetchPullRequest(ref) {
      try {
        return await fetchSnapshot(await clientOf(ref.installationId), ref, options);
      } catch (error) {
        if (statusOf(error) === 404) return { state: "gone" };
        throw error;
      }
    },
    async fetchOpenPullRequestsOfHead(installationId, repo, headSha) {
      const client = await clientOf(installationId);
      const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", {
        ...ownerAndName(repo),
        commit_sha: headSha,
        per_page: 100,
      });
      return data.filter((pull) => pull.state === "open" && pull.head.sha === headSha).map((pull) => pull.number);
    },
  };
}

/** The head moved while it was read: what was read belongs to no one commit, so the job is done again. */
export class HeadMoved extends Error {
  override readonly name = "HeadMoved";
  constructor(repo: string, number: number) {
    super(`${repo}#${number} was pushed to while it was read`);
  }
}

async function fetchSnapshot(client: GitHubClient, { repo, number }: PullRequestRef, options: SourceOptions): Promise<FetchedPullRequest> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", { ...ownerAndName(repo), pull_number: number });
  const headSha = data.head.sha;
  if (data.state === "closed" && options.readClosed !== true) return { state: "closed", headSha };
  const now = options.now().toISOString();
  const [listed, policy, comments] = await Promise.all([
    fetchFiles(client, repo, number, data.changed_files),
    fetchPolicy(client, repo, now, options.policies ?? null),
    data.comments > 0 ? fetchComments(client, repo, number, data.comments) : [],
  ]);
  if (listed.files.some((file) => file.listedAt !== null && file.status !== "removed" && file.listedAt !== headSha))
    throw new HeadMoved(repo, number);
  const contents = await fetchContents(client, repo, listed.files, options.blobs);
  const policyChange = await fetchPolicyChange(client, repo, headSha, contents.files);
  const manifests = await fetchManifests(client, repo, headSha, contents.files);
  return {
    state: "open",
    pullRequest: {
      repo,
      number,
      title: data.title,
      body: data.body ?? "",
      author: data.user?.login ?? null,
      draft: data.draft ?? false,
      labels: data.labels.map((label) => label.name),
      headSha,
      base: data.base.ref,
      files: contents.files,
      comments,
      acceptances: [],
      revertOf: null,
      manifests,
      ...policy,
      ...(policyChange === null ? {} : { policyChange: { ...policyChange, path: POLICY_PATH, origin: policy.policyOrigin } }),
      notRead: [...listed.notRead, ...contents.notRead],
      now,
    },
  };
}

/** The newest page of comments that people wrote; bots, we among them, put nothing off. */
async function fetchComments(client: GitHubClient, repo: string, number: number, count: number): Promise<readonly Comment[]> {
  const lastPage = Math.max(1, Math.ceil(count / 100));
  const { data } = await client.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    ...ownerAndName(repo),
    issue_number: number,
    per_page: 100,
    page: lastPage,
  });
  return data
    .filter((comment) => comment.user?.type !== "Bot" && !comment.performed_via_github_app)
    .map((comment) => ({
      author: comment.user?.login ?? "ghost",
      body: comment.body ?? "",
      at: comment.created_at,
      ref: { source: "issue_comment", commentId: Number(comment.id), nodeId: comment.node_id },
    }));
}
