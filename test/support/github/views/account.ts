import type { Account } from "../model/account.ts";
import type { World } from "../model/world.ts";
import type { Schema } from "./schema.ts";
import { nodeId } from "./schema.ts";

/** When every account and team of the stand-in was made. */
export const BEGINNING = "2020-01-01T00:00:00Z";

export function accountView(world: World, account: Account): Schema<"simple-user"> {
  const url = `${world.url}/users/${encodeURIComponent(account.login)}`;
  const page = account.type === "Bot" ? `apps/${account.login.replace(/\[bot\]$/, "")}` : account.login;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type === "Bot" ? "BOT" : account.type === "User" ? "U" : "O", account.id),
    avatar_url: `${world.url}/avatars/u/${account.id}?v=4`,
    gravatar_id: "",
    url,
    html_url: `${world.url}/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: "public",
    site_admin: false,
  };
}

/** The signed-in person, as `GET /user` shows it. */
export function selfView(world: World, account: Account) {
  return {
    ...accountView(world, account),
    name: account.name,
    company: null,
    blog: "",
    location: null,
    email: account.email,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: BEGINNING,
    updated_at: BEGINNING,
  };
}

/** An organization as webhooks carry it. */
export function organizationView(world: World, account: Account): Schema<"organization-simple"> {
  const url = `${world.url}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId("O", account.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.url}/avatars/u/${account.id}?v=4`,
    description: null,
  };
}

/** `GET /orgs/{org}`. */
export function fullOrganizationView(world: World, account: Account): Schema<"organization-full"> {
  return {
    ...organizationView(world, account),
    name: account.name,
    html_url: `${world.url}/${account.login}`,
    type: "Organization",
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: world.repositories.filter((repository) => repository.owner === account && !repository.private).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    default_repository_permission: account.basePermission,
    created_at: BEGINNING,
    updated_at: BEGINNING,
    archived_at: null,
  };
}
