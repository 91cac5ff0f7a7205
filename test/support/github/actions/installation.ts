import type { Account } from "../model/account.ts";
import type { Installation } from "../model/app.ts";
import type { Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { covers } from "../access.ts";
import { accountView } from "../views/account.ts";
import { installationView } from "../views/app.ts";
import { fullName } from "../views/repository.ts";
import { nodeId } from "../views/schema.ts";

/** Tells the app that it was installed, removed, suspended or woken. Apps hear of it unasked. */
export function announceInstallation(
  world: World,
  sender: Account,
  installation: Installation,
  action: "created" | "deleted" | "suspend" | "unsuspend",
): void {
  const repositories = world.repositories.filter((repository) => covers(installation, repository)).map(briefView);
  send(world, sender, installation, "installation", action, { repositories, requester: null });
}

/** Gives an app more repositories, or takes some away, and tells it. */
export function changeRepositories(
  world: World,
  sender: Account,
  installation: Installation,
  added: readonly Repository[],
  removed: readonly Repository[],
): void {
  const chosen =
    installation.repositoryIds ?? new Set(world.repositories.filter((one) => covers(installation, one)).map((repository) => repository.id));
  for (const repository of added) chosen.add(repository.id);
  for (const repository of removed) chosen.delete(repository.id);
  installation.repositoryIds = chosen;
  const lists = {
    repository_selection: "selected",
    repositories_added: added.map(briefView),
    repositories_removed: removed.map(briefView),
  };
  if (added.length > 0) send(world, sender, installation, "installation_repositories", "added", { ...lists, requester: null });
  if (removed.length > 0) send(world, sender, installation, "installation_repositories", "removed", { ...lists, requester: null });
}

function send(
  world: World,
  sender: Account,
  installation: Installation,
  event: string,
  action: string,
  detail: Readonly<Record<string, unknown>>,
): void {
  const payload = { action, installation: installationView(world, installation), ...detail, sender: accountView(world, sender) };
  world.hooks.send({ app: installation.app, installation, repository: null, event, action, payload });
}

const briefView = (repository: Repository) => ({
  id: repository.id,
  node_id: nodeId("R", repository.id),
  name: repository.name,
  full_name: fullName(repository),
  private: repository.private,
});
