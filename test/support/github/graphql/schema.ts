import { GIT_SCHEMA } from "./git-schema.ts";

/** The part of GitHub's GraphQL schema that the REST API has no words for: who edited what, what is hidden, drafts. Names are GitHub's. */
export const SCHEMA = /* GraphQL */ `
  scalar DateTime
  scalar URI
  scalar GitObjectID
  scalar BigInt

  interface Node {
    id: ID!
  }

  interface Actor {
    login: String!
    url: URI!
  }

  type User implements Node & Actor {
    id: ID!
    databaseId: Int
    login: String!
    name: String
    url: URI!
  }

  type Bot implements Node & Actor {
    id: ID!
    databaseId: Int
    login: String!
    url: URI!
  }

  type Organization implements Node & Actor {
    id: ID!
    databaseId: Int
    login: String!
    url: URI!
  }

  type PageInfo {
    endCursor: String
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
  }

  type UserContentEdit implements Node {
    id: ID!
    createdAt: DateTime!
    editedAt: DateTime!
    editor: Actor
    diff: String
  }

  type UserContentEditConnection {
    nodes: [UserContentEdit]
    pageInfo: PageInfo!
    totalCount: Int!
  }

  enum ReportedContentClassifiers {
    ABUSE
    DUPLICATE
    OFF_TOPIC
    OUTDATED
    RESOLVED
    SPAM
  }

  type IssueComment implements Node {
    id: ID!
    databaseId: Int
    fullDatabaseId: BigInt
    author: Actor
    body: String!
    createdAt: DateTime!
    updatedAt: DateTime!
    editor: Actor
    includesCreatedEdit: Boolean!
    isMinimized: Boolean!
    lastEditedAt: DateTime
    minimizedReason: String
    pullRequest: PullRequest
    url: URI!
    userContentEdits(first: Int, after: String, last: Int, before: String): UserContentEditConnection
    viewerDidAuthor: Boolean!
  }

  type IssueCommentConnection {
    nodes: [IssueComment]
    pageInfo: PageInfo!
    totalCount: Int!
  }

  enum PullRequestReviewState {
    APPROVED
    CHANGES_REQUESTED
    COMMENTED
    DISMISSED
    PENDING
  }

  type PullRequestReview implements Node {
    id: ID!
    databaseId: Int
    author: Actor
    body: String!
    createdAt: DateTime!
    editor: Actor
    lastEditedAt: DateTime
    pullRequest: PullRequest!
    state: PullRequestReviewState!
    url: URI!
    userContentEdits(first: Int, after: String, last: Int, before: String): UserContentEditConnection
    viewerDidAuthor: Boolean!
  }

  type PullRequestReviewComment implements Node {
    id: ID!
    databaseId: Int
    author: Actor
    body: String!
    createdAt: DateTime!
    editor: Actor
    lastEditedAt: DateTime
    pullRequest: PullRequest!
    url: URI!
    userContentEdits(first: Int, after: String, last: Int, before: String): UserContentEditConnection
    viewerDidAuthor: Boolean!
  }

  type Label implements Node {
    id: ID!
    color: String!
    name: String!
  }

  type LabelConnection {
    nodes: [Label]
    pageInfo: PageInfo!
    totalCount: Int!
  }

  enum PullRequestState {
    CLOSED
    MERGED
    OPEN
  }

  type PullRequest implements Node {
    id: ID!
    databaseId: Int
    number: Int!
    title: String!
    body: String!
    author: Actor
    baseRefName: String!
    baseRefOid: GitObjectID!
    changedFiles: Int!
    comments(first: Int, after: String, last: Int, before: String): IssueCommentConnection!
    commits(first: Int, after: String, last: Int, before: String): PullRequestCommitConnection!
    headRepository: Repository
    headRefName: String!
    headRefOid: GitObjectID!
    isCrossRepository: Boolean!
    isDraft: Boolean!
    labels(first: Int, after: String, last: Int, before: String): LabelConnection
    merged: Boolean!
    repository: Repository!
    state: PullRequestState!
    url: URI!
  }

  type Repository implements Node {
    id: ID!
    databaseId: Int
    name: String!
    nameWithOwner: String!
    isPrivate: Boolean!
    object(expression: String, oid: GitObjectID): GitObject
    pullRequest(number: Int!): PullRequest
  }

  type Query {
    node(id: ID!): Node
    nodes(ids: [ID!]!): [Node]!
    repository(owner: String!, name: String!): Repository
    viewer: Actor!
  }

  input MinimizeCommentInput {
    classifier: ReportedContentClassifiers!
    subjectId: ID!
    clientMutationId: String
  }

  type MinimizeCommentPayload {
    clientMutationId: String
    minimizedComment: IssueComment
  }

  input PullRequestDraftInput {
    pullRequestId: ID!
    clientMutationId: String
  }

  type PullRequestPayload {
    clientMutationId: String
    pullRequest: PullRequest
  }

  type Mutation {
    minimizeComment(input: MinimizeCommentInput!): MinimizeCommentPayload
    convertPullRequestToDraft(input: PullRequestDraftInput!): PullRequestPayload
    markPullRequestReadyForReview(input: PullRequestDraftInput!): PullRequestPayload
  }
  ${GIT_SCHEMA}
`;
