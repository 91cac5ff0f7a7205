import type { ActorNode } from "./graphql-actor.ts";

/**
 * All of a pull request that GraphQL knows, in one request: the pull request, its newest comments, its commits with
 * their people, the policy of the default branch, the root's manifest and our runs on the head. Ids that outgrew
 * 32 bits are asked for in another form: a run's is the end of its path.
 */
export const SNAPSHOT_QUERY = `query($owner: String!, $name: String!, $number: Int!, $policy: String!, $app: Int!, $withRuns: Boolean!) {
  repository(owner: $owner, name: $name) {
    nameWithOwner
    policy: object(expression: $policy) { ...content }
    pullRequest(number: $number) {
      title body state isDraft changedFiles baseRefName headRefOid
      author { ...who }
      labels(first: 100) { nodes { name } }
      comments(last: 100) { totalCount nodes { id fullDatabaseId body createdAt viewerDidAuthor author { ...who } } }
      commits(first: 100) { totalCount nodes { commit {
        oid message parents(first: 3) { nodes { oid } }
        authors(first: 10) { nodes { email user { databaseId login } } }
        committer { email user { databaseId login } }
      } } }
      newest: commits(last: 1) { nodes { commit {
        oid
        manifest: file(path: "package.json") { object { ...content } }
        checkSuites(first: 10, filterBy: { appId: $app }) @include(if: $withRuns) { nodes {
          checkRuns(first: 20, filterBy: { checkType: LATEST }) { totalCount nodes { name externalId completedAt resourcePath annotations(first: 1) { totalCount } } }
        } }
      } } }
    }
  }
}
fragment content on GitObject { __typename ... on Blob { oid byteSize isBinary isTruncated text } }
fragment who on Actor { __typename login ... on User { databaseId } ... on Bot { databaseId } ... on Organization { databaseId } }`;

/** A file as GraphQL shows it; other fields than the name only on a blob. */
export interface ContentNode {
  readonly __typename: string;
  readonly oid?: string;
  readonly byteSize?: number;
  readonly isBinary?: boolean | null;
  readonly isTruncated?: boolean;
  readonly text?: string | null;
}

interface List<Node> {
  readonly nodes: readonly (Node | null)[] | null;
}

interface Counted<Node> extends List<Node> {
  readonly totalCount: number;
}

interface PersonNode {
  readonly email: string | null;
  readonly user: { readonly databaseId: number | null; readonly login: string } | null;
}

export interface CommitNode {
  readonly oid: string;
  readonly message: string;
  readonly parents: List<{ readonly oid: string }>;
  readonly authors: List<PersonNode>;
  readonly committer: PersonNode | null;
}

export interface RunNode {
  readonly name: string;
  readonly externalId: string | null;
  readonly completedAt: string | null;
  /** "/owner/name/runs/123". */
  readonly resourcePath: string;
  readonly annotations: { readonly totalCount: number } | null;
}

interface NewestCommitNode {
  readonly oid: string;
  readonly manifest: { readonly object: ContentNode | null } | null;
  readonly checkSuites?: List<{ readonly checkRuns: Counted<RunNode> | null }> | null;
}

export interface CommentNode {
  readonly id: string;
  readonly fullDatabaseId: string | number | null;
  readonly body: string;
  readonly createdAt: string;
  readonly viewerDidAuthor: boolean;
  readonly author: ActorNode | null;
}

export interface PullRequestNode {
  readonly title: string;
  readonly body: string;
  readonly state: "OPEN" | "CLOSED" | "MERGED";
  readonly isDraft: boolean;
  readonly changedFiles: number;
  readonly baseRefName: string;
  readonly headRefOid: string;
  readonly author: ActorNode | null;
  readonly labels: List<{ readonly name: string }> | null;
  readonly comments: Counted<CommentNode>;
  readonly commits: Counted<{ readonly commit: CommitNode }>;
  readonly newest: List<{ readonly commit: NewestCommitNode }>;
}

/** What GitHub answers; null is what is not there. */
export interface SnapshotAnswer {
  readonly repository: {
    readonly nameWithOwner: string;
    readonly policy: ContentNode | null;
    readonly pullRequest: PullRequestNode | null;
  } | null;
}

/** The nodes of a list that are there. */
export function nodesOf<Node>(list: List<Node> | null | undefined): readonly Node[] {
  return (list?.nodes ?? []).flatMap((node) => node ?? []);
}
