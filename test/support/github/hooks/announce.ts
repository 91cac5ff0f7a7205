import { covers } from "../access.ts";
import type { Account } from "../model/account.ts";
import type { App, Installation } from "../model/app.ts";
import type { Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { accountView, organizationView } from "../views/account.ts";
import { repositoryView } from "../views/repository.ts";
import { nodeId } from "../views/schema.ts";

/** Something happened in a repository. */
export interface Happening {
  readonly event: string;
  readonly action: string | null;
  readonly repository: Repository;
  readonly sender: Account;
  /** What the payload carries besides action, repository, organization, installation and sender. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** Only this app hears of it, subscribed or not. */
  readonly onlyApp?: App;
}

/** Tells every installed app that listens. GitHub sends an app its own check suite and check run requests unasked. */
export function announce(world: World, happening: Happening): void {
  for (const installation of world.installations) {
    if (!hears(installation, happening)) continue;
    const { event, action, repository } = happening;
    world.hooks.send({
      app: installation.app,
      installation,
      repository,
      event,
      action,
      payload: payloadFor(world, installation, happening),
    });
  }
}

/** Something happened in an organization. */
export interface OrganizationHappening extends Omit<Happening, "repository" | "onlyApp"> {
  readonly organization: Account;
}

/** Tells every app of the organization that listens. */
export function announceInOrganization(world: World, { event, action, organization, sender, detail }: OrganizationHappening): void {
  for (const installation of world.installations) {
    if (installation.account !== organization || installation.suspendedAt !== null || !installation.app.events.includes(event)) continue;
    const payload = {
      action,
      ...detail,
      organization: organizationView(world, organization),
      sender: accountView(world, sender),
      installation: { id: installation.id, node_id: nodeId("MDIz", installation.id) },
    };
    world.hooks.send({ app: installation.app, installation, repository: null, event, action, payload });
  }
}

function hears(installation: Installation, happening: Happening): boolean {
  if (installation.suspendedAt !== null || !covers(installation, happening.repository)) return false;
  if (happening.onlyApp !== undefined) return happening.onlyApp === installation.app;
  return installation.app.events.includes(happening.event);
}

function payloadFor(world: World, installation: Installation, happening: Happening): Record<string, unknown> {
  const { repository, sender, action } = happening;
  const payload = {
    ...(action === null ? {} : { action }),
    ...happening.detail,
    repository: repositoryView(world, repository),
    ...(repository.owner.type === "Organization" ? { organization: organizationView(world, repository.owner) } : {}),
    sender: accountView(world, sender),
    installation: { id: installation.id, node_id: nodeId("MDIz", installation.id) },
  };
  // Webhooks carry no caller, hence no caller's permissions.
  const { permissions: _unused, ...shown } = payload.repository;
  return { ...payload, repository: shown };
}
