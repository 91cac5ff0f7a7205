import type { App, Installation } from "../model/app.ts";
import type { World } from "../model/world.ts";
import { accountView } from "./account.ts";
import { nodeId } from "./schema.ts";
import type { Schema } from "./schema.ts";

export function appView(world: World, app: App): NonNullable<Schema<"integration">> {
  return {
    id: app.id,
    slug: app.slug,
    client_id: app.clientId,
    node_id: nodeId("A", app.id),
    owner: accountView(world, app.owner),
    name: app.name,
    description: null,
    external_url: `${world.url}/apps/${app.slug}`,
    html_url: `${world.url}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: { ...app.permissions },
    events: [...app.events],
  };
}

export function installationView(world: World, installation: Installation): Schema<"installation"> {
  const { app, account } = installation;
  return {
    id: installation.id,
    account: accountView(world, account),
    repository_selection: installation.repositoryIds === null ? "all" : "selected",
    access_tokens_url: `${world.url}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${world.url}/installation/repositories`,
    html_url: `${world.url}/organizations/${account.login}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    client_id: app.clientId,
    target_id: account.id,
    target_type: account.type,
    permissions: { ...installation.permissions },
    events: [...app.events],
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: installation.suspendedAt,
  };
}
