import { notFound, Refusal } from "./refusal.ts";
import { ROLES } from "./model/account.ts";
import type { Account, Role, Team } from "./model/account.ts";
import type { Actor, App, Installation } from "./model/app.ts";
import type { Repository } from "./model/repository.ts";
import type { World } from "./model/world.ts";

/** What a request needs: a permission of an app, and the role that gives a person the same. */
export interface Need {
  /** An app's permission, as in its settings: "pull_requests". Several: any of them is enough. */
  readonly permission: string | readonly string[];
  readonly level: "read" | "write";
  /** "app": no person may. */
  readonly role: Role | "app";
}

/** The highest role that a person has in a repository, from ownership, teams, invitation or visibility; null for none. */
export function roleOf(world: World, repository: Repository, account: Account): Role | null {
  const membership = repository.owner.members.get(account.id);
  if (repository.owner === account || membership === "admin") return "admin";
  const roles: (Role | "none" | undefined)[] = [
    repository.private ? undefined : "read",
    membership === "member" ? repository.owner.basePermission : undefined,
    repository.collaborators.get(account.id),
    ...world.teams.filter((team) => isInTeam(world, team, account)).map((team) => team.repositories.get(repository.id)),
  ];
  return ROLES.findLast((role) => roles.includes(role)) ?? null;
}

/** A member of a child team is a member of its parents. */
export function isInTeam(world: World, team: Team, account: Account): boolean {
  return team.members.has(account.id) || world.teams.some((child) => child.parent === team && isInTeam(world, child, account));
}

export const hasRole = (world: World, repository: Repository, account: Account, needed: Role): boolean => {
  const role = roleOf(world, repository, account);
  return role !== null && ROLES.indexOf(role) >= ROLES.indexOf(needed);
};

/** Whether an account may touch what others wrote: by its role, or, for an app's bot, by its permission on issues. */
export function mayModerate(world: World, repository: Repository, account: Account, role: Role): boolean {
  const installation = world.installations.find((one) => one.app.bot === account && covers(one, repository));
  return installation?.permissions["issues"] === "write" || hasRole(world, repository, account, role);
}

export const covers = (installation: Installation, repository: Repository): boolean =>
  installation.account === repository.owner && (installation.repositoryIds === null || installation.repositoryIds.has(repository.id));

/** The account that an actor's deeds are shown under. */
export function accountOf(actor: Actor): Account | null {
  if (actor.kind === "user") return actor.account;
  return actor.kind === "installation" ? actor.installation.app.bot : null;
}

/** The app that an actor's deeds are shown with. */
export function viaApp(actor: Actor): App | null {
  if (actor.kind === "user") return actor.app;
  return actor.kind === "installation" ? actor.installation.app : null;
}

/** Whether the actor may know that the repository exists. */
export function canSee(world: World, actor: Actor, repository: Repository): boolean {
  if (!repository.private) return true;
  if (actor.kind === "user") return roleOf(world, repository, actor.account) !== null;
  return actor.kind === "installation" && reaches(actor, repository);
}

/** Throws 404 for what may not be seen, 403 for what may not be done. Returns the account that acts. */
export function authorize(world: World, actor: Actor, repository: Repository, need: Need): Account {
  if (!canSee(world, actor, repository)) throw notFound();
  if (actor.kind === "installation") return authorizeInstallation(actor, repository, need);
  if (actor.kind !== "user") throw new Refusal(401, "Requires authentication");
  if (need.role === "app") throw new Refusal(403, "You must authenticate via a GitHub App.");
  if (!hasRole(world, repository, actor.account, need.role)) throw new Refusal(403, refusalFor(need.role));
  return actor.account;
}

/** Throws 403 for an app without the permission. Whoever may see a repository may otherwise read all of it. */
export function authorizeRead(actor: Actor, repository: Repository, permission: string | readonly string[]): void {
  if (actor.kind === "installation") authorizeInstallation(actor, repository, { permission, level: "read", role: "read" });
}

type InstallationActor = Extract<Actor, { kind: "installation" }>;

const reaches = (actor: InstallationActor, repository: Repository): boolean =>
  covers(actor.installation, repository) && (actor.repositoryIds === null || actor.repositoryIds.has(repository.id));

function authorizeInstallation(actor: InstallationActor, repository: Repository, need: Need): Account {
  const names = typeof need.permission === "string" ? [need.permission] : need.permission;
  const enough = names.some((name) => {
    const given = name === "metadata" ? "read" : actor.permissions[name];
    return given === "write" || (given === "read" && need.level === "read");
  });
  // GitHub lets any token read what is public, but only where the app holds the permission at all.
  const within = reaches(actor, repository) || (!repository.private && need.level === "read");
  if (!enough || !within) throw new Refusal(403, "Resource not accessible by integration");
  return actor.installation.app.bot;
}

function refusalFor(role: Role): string {
  if (role === "admin") return "Must have admin rights to Repository.";
  return role === "write" || role === "maintain" ? "Must have write access to Repository." : "Must have triage access to Repository.";
}
