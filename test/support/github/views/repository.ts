import { roleOf } from "../access.ts";
import { ROLES } from "../model/account.ts";
import type { Account, Role } from "../model/account.ts";
import type { Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { accountView } from "./account.ts";
import type { Schema } from "./schema.ts";
import { nodeId } from "./schema.ts";

/** "owner/name". */
export const fullName = (repository: Repository): string => `${repository.owner.login}/${repository.name}`;

export const repositoryUrl = (world: World, repository: Repository): string => `${world.url}/repos/${fullName(repository)}`;

/** `reader` decides `permissions`. */
export function repositoryView(world: World, repository: Repository, reader: Account | null = null) {
  const url = repositoryUrl(world, repository);
  const html = `${world.url}/${fullName(repository)}`;
  const forks = world.repositories.filter((other) => other.parent === repository).length;
  const open = [...repository.issues.values()].filter((issue) => issue.state === "open").length;
  return {
    id: repository.id,
    node_id: nodeId("R", repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
    owner: accountView(world, repository.owner),
    html_url: html,
    description: null,
    fork: repository.parent !== null,
    ...links(url),
    created_at: repository.createdAt,
    updated_at: repository.pushedAt,
    pushed_at: repository.pushedAt,
    git_url: html.replace(/^https?/, "git") + ".git",
    ssh_url: `git@localhost:${fullName(repository)}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    homepage: null,
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: forks,
    mirror_url: null,
    archived: repository.archived,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? "private" : "public",
    forks,
    open_issues: open,
    watchers: 0,
    default_branch: repository.defaultBranch,
    permissions: permissionsOf(reader === null ? null : roleOf(world, repository, reader)),
  } satisfies Schema<"repository">;
}

/** `GET /repos/{owner}/{repo}`. */
export function fullRepositoryView(world: World, repository: Repository, reader: Account | null): Schema<"full-repository"> {
  const view = repositoryView(world, repository, reader);
  return {
    ...view,
    network_count: view.forks_count,
    subscribers_count: 0,
    allow_merge_commit: true,
    allow_squash_merge: true,
    allow_rebase_merge: true,
    allow_auto_merge: false,
    delete_branch_on_merge: false,
    ...(repository.owner.type === "Organization" ? { organization: accountView(world, repository.owner) } : {}),
    ...(repository.parent === null ? {} : { parent: repositoryView(world, repository.parent, reader) }),
  };
}

function permissionsOf(role: Role | null) {
  const has = (needed: Role) => role !== null && ROLES.indexOf(role) >= ROLES.indexOf(needed);
  return { admin: has("admin"), maintain: has("maintain"), push: has("write"), triage: has("triage"), pull: has("read") };
}

function links(url: string) {
  return {
    url,
    forks_url: `${url}/forks`,
    keys_url: `${url}/keys{/key_id}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    teams_url: `${url}/teams`,
    hooks_url: `${url}/hooks`,
    issue_events_url: `${url}/issues/events{/number}`,
    events_url: `${url}/events`,
    assignees_url: `${url}/assignees{/user}`,
    branches_url: `${url}/branches{/branch}`,
    tags_url: `${url}/tags`,
    blobs_url: `${url}/git/blobs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    trees_url: `${url}/git/trees{/sha}`,
    statuses_url: `${url}/statuses/{sha}`,
    languages_url: `${url}/languages`,
    stargazers_url: `${url}/stargazers`,
    contributors_url: `${url}/contributors`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    commits_url: `${url}/commits{/sha}`,
    git_commits_url: `${url}/git/commits{/sha}`,
    comments_url: `${url}/comments{/number}`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    contents_url: `${url}/contents/{+path}`,
    compare_url: `${url}/compare/{base}...{head}`,
    merges_url: `${url}/merges`,
    archive_url: `${url}/{archive_format}{/ref}`,
    downloads_url: `${url}/downloads`,
    issues_url: `${url}/issues{/number}`,
    pulls_url: `${url}/pulls{/number}`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    labels_url: `${url}/labels{/name}`,
    releases_url: `${url}/releases{/id}`,
    deployments_url: `${url}/deployments`,
  };
}
