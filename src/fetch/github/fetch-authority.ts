import type { PullRequestRef } from "../../model/job.ts";
import type { Policy } from "../../model/policy.ts";
import type { Authority, GitHubAccount } from "../../model/signing.ts";
import { type GitHubClient, ownerAndName, statusOf } from "../../github/client.ts";

type DecisionMakers = Policy["decisionMakers"];

/** Longest list of people that is read to say whether anybody is left to sign. */
const PAGE_SIZE = 100;

/** Role and teams of a person, read now. */
export async function fetchAuthority(
  client: GitHubClient,
  { repo }: PullRequestRef,
  { login }: GitHubAccount,
  { roles, teams }: DecisionMakers,
): Promise<Authority> {
  const [roleName, memberOf] = await Promise.all([
    roles.length === 0 ? "none" : fetchRole(client, repo, login),
    fetchTeams(client, repo, login, teams),
  ]);
  return { roleName, memberOf };
}

async function fetchRole(client: GitHubClient, repo: string, login: string): Promise<string | null> {
  return readOrNull(async () => {
    const { data } = await client.request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", {
      ...ownerAndName(repo),
      username: login,
    });
    return data.role_name;
  }, "none");
}

/** The teams of the list that have this active member; a nested team's member is one (docs, rest/teams/members). */
async function fetchTeams(client: GitHubClient, repo: string, login: string, teams: readonly string[]): Promise<readonly string[] | null> {
  const memberOf: string[] = [];
  for (const team of teams) {
    const { org, slug } = teamPlace(repo, team);
    const state = await readOrNull(async () => {
      const { data } = await client.request("GET /orgs/{org}/teams/{team_slug}/memberships/{username}", {
        org,
        team_slug: slug,
        username: login,
      });
      return data.state;
    }, "none");
    if (state === null) return null;
    if (state === "active") memberOf.push(team);
  }
  return memberOf;
}

/**
 * Everyone that the decision makers resolve to. null when a list is longer than a page or cannot be read: then
 * somebody may be left.
 */
export async function fetchCandidates(
  client: GitHubClient,
  { repo }: PullRequestRef,
  { users, teams, roles }: DecisionMakers,
): Promise<readonly GitHubAccount[] | null> {
  const lists = await Promise.all([
    ...users.map((login) => readOrNull(() => fetchUser(client, login), [])),
    ...teams.map((team) => readOrNull(() => fetchMembers(client, teamPlace(repo, team)), [])),
    ...(roles.length === 0 ? [] : [readOrNull(() => fetchCollaborators(client, repo, roles), null)]),
  ]);
  return lists.includes(null) ? null : lists.flatMap((list) => list ?? []);
}

async function fetchUser(client: GitHubClient, username: string): Promise<readonly GitHubAccount[]> {
  const { data } = await client.request("GET /users/{username}", { username: username.replace(/^@/, "") });
  return [{ id: Number(data.id), login: data.login, type: data.type }];
}

async function fetchMembers(client: GitHubClient, { org, slug }: TeamPlace): Promise<readonly GitHubAccount[] | null> {
  const { data } = await client.request("GET /orgs/{org}/teams/{team_slug}/members", { org, team_slug: slug, per_page: PAGE_SIZE });
  return data.length === PAGE_SIZE ? null : data.map(({ id, login, type }) => ({ id: Number(id), login, type }));
}

async function fetchCollaborators(client: GitHubClient, repo: string, roles: readonly string[]): Promise<readonly GitHubAccount[] | null> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/collaborators", { ...ownerAndName(repo), per_page: PAGE_SIZE });
  if (data.length === PAGE_SIZE) return null;
  const wanted = roles.map((role) => role.toLowerCase());
  return data
    .filter((person) => wanted.includes(person.role_name.toLowerCase()))
    .map(({ id, login, type }) => ({ id: Number(id), login, type }));
}

interface TeamPlace {
  readonly org: string;
  readonly slug: string;
}

/** "org/team" or "team" of the repository's owner, with or without "@". */
function teamPlace(repo: string, team: string): TeamPlace {
  const [first = "", second] = team.replace(/^@/, "").split("/");
  return second === undefined ? { org: ownerAndName(repo).owner, slug: first } : { org: first, slug: second };
}

/** What GitHub says; `absent` where it knows of none (404); null where it does not let us look (403). */
async function readOrNull<Value, Absent>(read: () => Promise<Value>, absent: Absent): Promise<Value | Absent | null> {
  try {
    return await read();
  } catch (error) {
    if (statusOf(error) === 404) return absent;
    if (statusOf(error) === 403) return null;
    throw error;
  }
}
