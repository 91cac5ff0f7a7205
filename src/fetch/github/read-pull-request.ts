import type { Comment } from "../../model/pull-request.ts";
import { type GitHubClient, ownerAndName } from "../../github/client.ts";
import type { BlobReading } from "./content-node.ts";
import { POLICY_PATH } from "./fetch-policy.ts";
import { fetchText } from "./fetch-text.ts";
import type { PullRequestFacts } from "./pull-request-facts.ts";
import type { Reading } from "./reading.ts";

/** A pull request by REST, in three requests: where GraphQL may not be asked. Throws when GitHub cannot answer. */
export async function readPullRequest({ client, repo }: Pick<Reading, "client" | "repo">, number: number): Promise<PullRequestFacts> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", { ...ownerAndName(repo), pull_number: number });
  const [comments, policyFile] = await Promise.all([
    data.comments > 0 ? fetchComments(client, repo, number, data.comments) : [],
    fetchPolicyFile(client, repo),
  ]);
  return {
    repo: data.base.repo.full_name,
    isOpen: data.state === "open",
    isMerged: data.merged,
    title: data.title,
    body: data.body ?? "",
    author: data.user?.login ?? null,
    draft: data.draft ?? false,
    labels: data.labels.map((label) => label.name),
    headSha: data.head.sha,
    base: data.base.ref,
    changedFiles: data.changed_files,
    comments,
    policyFile,
  };
}

async function fetchPolicyFile(client: GitHubClient, repo: string): Promise<BlobReading> {
  const file = await fetchText(client, repo, POLICY_PATH, null);
  return file && { bytes: Buffer.from(file.text), sha: file.sha };
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
