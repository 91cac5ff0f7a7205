/** Git objects, commits and the checks on them. Names are GitHub's. */
export const GIT_SCHEMA = /* GraphQL */ `
  interface GitObject {
    id: ID!
    oid: GitObjectID!
  }

  type Blob implements Node & GitObject {
    id: ID!
    byteSize: Int!
    isBinary: Boolean
    isTruncated: Boolean!
    oid: GitObjectID!
    text: String
  }

  type Tree implements Node & GitObject {
    id: ID!
    oid: GitObjectID!
  }

  type GitActor {
    email: String
    name: String
    user: User
  }

  type GitActorConnection {
    nodes: [GitActor]
    pageInfo: PageInfo!
    totalCount: Int!
  }

  type TreeEntry {
    object: GitObject
    oid: GitObjectID!
    path: String
  }

  type CommitConnection {
    nodes: [Commit]
    pageInfo: PageInfo!
    totalCount: Int!
  }

  type Commit implements Node & GitObject {
    id: ID!
    authors(first: Int, after: String, last: Int, before: String): GitActorConnection!
    checkSuites(first: Int, after: String, last: Int, before: String, filterBy: CheckSuiteFilter): CheckSuiteConnection
    committer: GitActor
    file(path: String!): TreeEntry
    message: String!
    oid: GitObjectID!
    parents(first: Int, after: String, last: Int, before: String): CommitConnection!
  }

  input CheckSuiteFilter {
    appId: Int
    checkName: String
  }

  type CheckSuiteConnection {
    nodes: [CheckSuite]
    pageInfo: PageInfo!
    totalCount: Int!
  }

  type CheckSuite implements Node {
    id: ID!
    checkRuns(first: Int, after: String, last: Int, before: String, filterBy: CheckRunFilter): CheckRunConnection
  }

  enum CheckRunType {
    ALL
    LATEST
  }

  input CheckRunFilter {
    appId: Int
    checkName: String
    checkType: CheckRunType
  }

  type CheckRunConnection {
    nodes: [CheckRun]
    pageInfo: PageInfo!
    totalCount: Int!
  }

  type CheckAnnotation {
    path: String!
  }

  type CheckAnnotationConnection {
    nodes: [CheckAnnotation]
    pageInfo: PageInfo!
    totalCount: Int!
  }

  type CheckRun implements Node {
    id: ID!
    annotations(first: Int, after: String, last: Int, before: String): CheckAnnotationConnection
    completedAt: DateTime
    externalId: String
    name: String!
    resourcePath: URI!
  }

  type PullRequestCommit implements Node {
    id: ID!
    commit: Commit!
  }

  type PullRequestCommitConnection {
    nodes: [PullRequestCommit]
    pageInfo: PageInfo!
    totalCount: Int!
  }
`;
