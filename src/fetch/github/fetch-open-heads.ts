import { type GitHubClient, ownerAndName, partOfAnswer } from "../../github/client.ts";
import { isOutage } from "../../github/faults.ts";
import type { ListedPullRequest } from "../../model/recovery.ts";

interface Answer {
  readonly [alias: string]: {
    readonly pullRequests: {
      readonly nodes: readonly ({ readonly number: number; readonly headRefOid: string } | null)[] | null;
      readonly pageInfo: { readonly hasNextPage: boolean };
    } | null;
  } | null;
}

/** Open pull requests of one repository that a question shows: most have fewer, and those with more are listed by themselves. */
const MOST_PULLS = 50;

/**
 * The open pull requests of several repositories of one installation ("owner/name"), by one GraphQL question. Those that it
 * does not show whole are left out, and all of them where GraphQL is refused. Throws when GitHub is out of reach.
 */
export async function fetchOpenHeads(
  client: Pick<GitHubClient, "graphql">,
  repos: readonly string[],
): Promise<ReadonlyMap<string, readonly ListedPullRequest[]>> {
  const variables = Object.fromEntries(
    repos.flatMap((repo, index) => {
      const { owner, repo: name } = ownerAndName(repo);
      return [
        [`owner${index}`, owner],
        [`name${index}`, name],
      ];
    }),
  );
  const answer = await client.graphql<Answer>(questionFor(repos.length), variables).catch((error: unknown) => {
    if (isOutage(error)) throw error;
    return partOfAnswer<Answer>(error) ?? {};
  });
  return new Map(
    repos.flatMap((repo, index) => {
      const list = answer[`r${index}`]?.pullRequests;
      if (!list || list.pageInfo.hasNextPage) return [];
      return [[repo, (list.nodes ?? []).flatMap((node) => (node ? [{ number: node.number, headSha: node.headRefOid }] : []))] as const];
    }),
  );
}

function questionFor(count: number): string {
  const indices = Array.from({ length: count }, (_, index) => index);
  const variables = indices.map((index) => `$owner${index}: String!, $name${index}: String!`).join(", ");
  const fields = indices.map(
    (index) => `r${index}: repository(owner: $owner${index}, name: $name${index}, followRenames: false) { ...open }`,
  );
  return `query OpenHeads(${variables}) { ${fields.join(" ")} }
fragment open on Repository { pullRequests(states: OPEN, first: ${MOST_PULLS}) { nodes { number headRefOid } pageInfo { hasNextPage } } }`;
}
