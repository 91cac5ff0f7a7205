import type { Team } from "../model/account.ts";
import type { World } from "../model/world.ts";
import { BEGINNING, fullOrganizationView } from "./account.ts";
import { isInTeam } from "../access.ts";
import type { Schema } from "./schema.ts";
import { nodeId } from "./schema.ts";

export function teamView(world: World, team: Team): Schema<"team"> {
  return { ...simpleTeamView(world, team), parent: team.parent === null ? null : simpleTeamView(world, team.parent) };
}

/** One team alone. Members of child teams count. */
export function fullTeamView(world: World, team: Team): Schema<"team-full"> {
  const { privacy: _privacy, notification_setting: _setting, ...view } = teamView(world, team);
  return {
    ...view,
    members_count: [...world.accounts.values()].filter((account) => isInTeam(world, team, account)).length,
    repos_count: team.repositories.size,
    created_at: BEGINNING,
    updated_at: BEGINNING,
    organization: fullOrganizationView(world, team.organization),
  };
}

function simpleTeamView(world: World, team: Team): Schema<"team-simple"> {
  const url = `${world.url}/organizations/${team.organization.id}/team/${team.id}`;
  return {
    id: team.id,
    node_id: nodeId("T", team.id),
    name: team.name,
    slug: team.slug,
    description: null,
    privacy: "closed",
    notification_setting: "notifications_enabled",
    permission: "pull",
    url,
    html_url: `${world.url}/orgs/${team.organization.login}/teams/${team.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: "organization",
    organization_id: team.organization.id,
  };
}
