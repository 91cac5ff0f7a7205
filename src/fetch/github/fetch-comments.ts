import type { CommentRef } from "../../model/job.ts";
import type { CommentSourcePort, ConversationComment, GitHubAccount } from "../../model/signing.ts";
import { type ClientOf, type GitHubClient, partOfAnswer } from "../../github/client.ts";
import { type ActorNode, toAccount } from "./graphql-actor.ts";

/** Nodes of one GraphQL request (GitHub's limit for `nodes`). */
const MOST_NODES = 100;

/** REST does not tell who edited a comment; GraphQL does. The alias parts a field that may be null from one that may not. */
export const COMMENTS_QUERY = `query($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    ... on IssueComment { id body url createdAt lastEditedAt author { ...who } editor { ...who } userContentEdits(first: 100) { ...history } mayBePullRequest: pullRequest { ...place } }
    ... on PullRequestReview { id body url createdAt lastEditedAt state author { ...who } editor { ...who } userContentEdits(first: 100) { ...history } pullRequest { ...place } }
    ... on PullRequestReviewComment { id body url createdAt lastEditedAt author { ...who } editor { ...who } userContentEdits(first: 100) { ...history } pullRequest { ...place } }
  }
}
fragment history on UserContentEditConnection { nodes { editedAt editor { ...who } } }
fragment who on Actor { __typename login ... on User { databaseId } ... on Bot { databaseId } ... on Organization { databaseId } }
fragment place on PullRequest { number repository { nameWithOwner } }`;

interface CommentNode {
  readonly body?: string;
  readonly url: string;
  readonly createdAt: string;
  readonly lastEditedAt: string | null;
  readonly state?: string;
  readonly author: ActorNode | null;
  readonly editor: ActorNode | null;
  readonly userContentEdits: {
    readonly nodes: readonly ({ readonly editedAt: string; readonly editor: ActorNode | null } | null)[] | null;
  } | null;
  readonly pullRequest?: PlaceNode;
  readonly mayBePullRequest?: PlaceNode | null;
}

interface PlaceNode {
  readonly number: number;
  readonly repository: { readonly nameWithOwner: string };
}

interface Answer {
  readonly nodes: readonly (CommentNode | null)[];
}

/** Stands for an account that is gone: equal to nobody. */
const GHOST: GitHubAccount = { id: 0, login: "ghost", type: "Mannequin" };

/** Reads comments as they are now, with author and last editor. */
export function createCommentSource(clientOf: ClientOf): CommentSourcePort {
  return {
    async fetchComments(installationId, comments) {
      const client = await clientOf(installationId);
      const read: (ConversationComment | null)[] = [];
      for (let start = 0; start < comments.length; start += MOST_NODES)
        read.push(...(await fetchNodes(client, comments.slice(start, start + MOST_NODES))));
      return read;
    },
  };
}

async function fetchNodes(client: GitHubClient, comments: readonly CommentRef[]): Promise<readonly (ConversationComment | null)[]> {
  const { nodes } = await askNodes(
    client,
    comments.map((comment) => comment.nodeId),
  );
  return comments.map((comment, index) => toComment(comment, nodes[index] ?? null));
}

/** Nodes that are gone come as null beside an error; any other error is one. */
async function askNodes(client: GitHubClient, ids: readonly string[]): Promise<Answer> {
  try {
    return await client.graphql<Answer>(COMMENTS_QUERY, { ids: [...ids] });
  } catch (error) {
    const partial = partOfAnswer<Answer>(error);
    if (!partial) throw error;
    return partial;
  }
}

function toComment(ref: CommentRef, node: CommentNode | null): ConversationComment | null {
  const place = node?.pullRequest ?? node?.mayBePullRequest;
  if (!node || !place || node.body === undefined || node.state === "DISMISSED" || node.state === "PENDING") return null;
  return {
    ...ref,
    repo: place.repository.nameWithOwner,
    number: place.number,
    author: node.author && toAccount(node.author),
    editor: node.editor ? toAccount(node.editor) : node.lastEditedAt === null ? null : GHOST,
    body: node.body,
    createdAt: node.createdAt,
    editedAt: node.lastEditedAt,
    othersEditedAt: newestEditByAnother(node),
    url: node.url,
  };
}

/** When somebody other than the author last changed the text, whatever was written over it since; an editor who is gone is another. */
function newestEditByAnother({ author, userContentEdits }: CommentNode): string | null {
  const times = (userContentEdits?.nodes ?? []).flatMap((edit) =>
    edit && (!author || edit.editor?.login !== author.login) ? [edit.editedAt] : [],
  );
  return times.toSorted().at(-1) ?? null;
}
