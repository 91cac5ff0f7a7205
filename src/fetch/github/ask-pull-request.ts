import type { Published, PublishedRun } from "../../model/publisher.ts";
import type { Comment } from "../../model/pull-request.ts";
import type { Authorship } from "../../model/signing.ts";
import { ownerAndName, partOfAnswer } from "../../github/client.ts";
import { readCommitNode } from "./commit-people.ts";
import { readContentNode } from "./content-node.ts";
import { POLICY_PATH } from "./fetch-policy.ts";
import { isBot, toAccount } from "./graphql-actor.ts";
import type { PullRequestFacts } from "./pull-request-facts.ts";
import type { Reading } from "./reading.ts";
import { type CommentNode, nodesOf, type PullRequestNode, type RunNode, SNAPSHOT_QUERY, type SnapshotAnswer } from "./snapshot-query.ts";

/**
 * A pull request by one GraphQL question. null where GraphQL knows none, or does not show all that is needed: REST then
 * has the last word. `appId` null leaves our runs out. Throws when GitHub cannot answer.
 */
export async function askPullRequest(
  { client, repo }: Pick<Reading, "client" | "repo">,
  number: number,
  appId: number | null,
): Promise<PullRequestFacts | null> {
  const { owner, repo: name } = ownerAndName(repo);
  const variables = { owner, name, number, policy: `HEAD:${POLICY_PATH}`, app: appId ?? 0, withRuns: appId !== null };
  const answer = await client.graphql<SnapshotAnswer>(SNAPSHOT_QUERY, variables).catch((error: unknown) => {
    const part = partOfAnswer<SnapshotAnswer>(error);
    if (part) return part;
    throw error;
  });
  const pull = answer.repository?.pullRequest;
  if (!pull) return null;
  const policyFile = readContentNode(answer.repository?.policy ?? null);
  if (policyFile === "unproved") return null;
  const [newest] = nodesOf(pull.newest);
  const isNewest = newest?.commit.oid === pull.headRefOid;
  const rootManifest = isNewest ? readContentNode(newest.commit.manifest?.object ?? null) : "unproved";
  return {
    repo: answer.repository.nameWithOwner,
    isOpen: pull.state === "OPEN",
    isMerged: pull.state === "MERGED",
    title: pull.title,
    body: pull.body,
    author: pull.author && toAccount(pull.author).login,
    draft: pull.isDraft,
    labels: nodesOf(pull.labels).map((label) => label.name),
    headSha: pull.headRefOid,
    base: pull.baseRefName,
    changedFiles: pull.changedFiles,
    comments: nodesOf(pull.comments).flatMap(readComment),
    policyFile,
    ...(rootManifest === "unproved" ? {} : { rootManifest }),
    ...(appId !== null && isNewest ? { published: readPublished(pull) } : {}),
    ...readAuthorship(pull),
  };
}

/** Comments that people wrote; bots, we among them, put nothing off. */
function readComment({ id, fullDatabaseId, author, body, createdAt, viewerDidAuthor }: CommentNode): readonly Comment[] {
  if ((author && isBot(author)) || viewerDidAuthor) return [];
  const ref = { source: "issue_comment", commentId: Number(fullDatabaseId ?? 0), nodeId: id } as const;
  return [{ author: author?.login ?? "ghost", body, at: createdAt, ...(fullDatabaseId === null ? {} : { ref }) }];
}

function readPublished(pull: PullRequestNode): Published {
  const lists = nodesOf(pull.newest).flatMap(({ commit }) => nodesOf(commit.checkSuites).map((suite) => suite.checkRuns));
  const runs = lists.flatMap((list) => nodesOf(list)).flatMap(readRun);
  const isWhole = lists.every((list) => list !== null && list.totalCount === nodesOf(list).length) && runs.length === countRuns(lists);
  const comments = nodesOf(pull.comments);
  return {
    runs: isWhole ? runs : null,
    ownComments:
      pull.comments.totalCount === comments.length
        ? comments.flatMap(({ viewerDidAuthor, fullDatabaseId, body }) =>
            viewerDidAuthor && fullDatabaseId !== null ? [{ id: Number(fullDatabaseId), body }] : [],
          )
        : null,
  };
}

function countRuns(lists: readonly ({ readonly nodes: readonly unknown[] | null } | null)[]): number {
  return lists.reduce((sum, list) => sum + (list?.nodes?.length ?? 0), 0);
}

function readRun({ name, externalId, completedAt, resourcePath, annotations }: RunNode): readonly PublishedRun[] {
  const id = Number(/\/runs\/(\d+)/.exec(resourcePath)?.[1] ?? Number.NaN);
  return Number.isSafeInteger(id)
    ? [{ id, name, externalId: externalId ?? "", annotations: annotations?.totalCount ?? 0, completedAt }]
    : [];
}

/** Absent where the commits are too many for one question. */
function readAuthorship(pull: PullRequestNode): { readonly authorship?: Authorship } {
  const commits = nodesOf(pull.commits);
  if (commits.length !== pull.commits.totalCount) return {};
  return {
    authorship: {
      pullRequestAuthor: pull.author && toAccount(pull.author),
      commits: commits.map(({ commit }) => readCommitNode(commit)),
    },
  };
}
