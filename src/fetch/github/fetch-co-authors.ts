import { type GitHubClient, ownerAndName, partOfAnswer } from "../../github/client.ts";
import { isRefusedQuestion } from "../../github/faults.ts";
import type { GitHubAccount } from "../../model/signing.ts";
import { readCommitNode } from "./commit-people.ts";
import type { CommitNode } from "./snapshot-query.ts";

/** Commits of one question. */
const COMMITS_PER_QUESTION = 50;
const FIELDS = `oid message parents(first: 3) { nodes { oid } }
  authors(first: 100) { nodes { email user { databaseId login } } }
  committer { email user { databaseId login } }`;

type CommitsByAlias = Readonly<Record<string, CommitNode | null>>;

/**
 * The people of commits with co-authors whose addresses only GitHub links to accounts, by SHA. null when GitHub refuses the
 * question or does not know one of the commits. Throws when it cannot answer.
 */
export async function fetchCoAuthors(
  client: GitHubClient,
  repo: string,
  shas: readonly string[],
): Promise<ReadonlyMap<string, readonly GitHubAccount[]> | null> {
  const people = new Map<string, readonly GitHubAccount[]>();
  for (let start = 0; start < shas.length; start += COMMITS_PER_QUESTION) {
    const asked = shas.slice(start, start + COMMITS_PER_QUESTION);
    const commits = await askCommits(client, repo, asked);
    if (commits === null) return null;
    for (const [index, sha] of asked.entries()) {
      const commit = commits[`c${index}`];
      if (commit?.oid !== sha) return null;
      people.set(sha, readCommitNode(commit).authors);
    }
  }
  return people;
}

async function askCommits(client: GitHubClient, repo: string, shas: readonly string[]): Promise<CommitsByAlias | null> {
  const { owner, repo: name } = ownerAndName(repo);
  const declared = shas.map((_, index) => `$v${index}: GitObjectID!`).join(", ");
  const fields = shas.map((_, index) => `c${index}: object(oid: $v${index}) { ... on Commit { ${FIELDS} } }`).join("\n");
  const query = `query($owner: String!, $name: String!, ${declared}) { repository(owner: $owner, name: $name) { ${fields} } }`;
  const variables = { owner, name, ...Object.fromEntries(shas.map((sha, index) => [`v${index}`, sha])) };
  try {
    return (await client.graphql<{ repository: CommitsByAlias | null }>(query, variables)).repository;
  } catch (error) {
    if (partOfAnswer(error) !== null || isRefusedQuestion(error)) return null;
    throw error;
  }
}
