import { announce, announceInOrganization } from "./hooks/announce.ts";
import type { Account, Role, Team } from "./model/account.ts";
import type { Repository } from "./model/repository.ts";
import type { World } from "./model/world.ts";
import { notFound } from "./refusal.ts";
import { findRepository } from "./routes/api.ts";
import { accountNamed } from "./seed.ts";
import { accountView, organizationView } from "./views/account.ts";
import { fullName, repositoryView } from "./views/repository.ts";
import { teamView } from "./views/team.ts";

/** An owner at the settings: who may do what, teams, and repositories as wholes. Apps that listen are told of each change. */
export class Administration {
  readonly #world: World;
  readonly #sender: Account;

  constructor(world: World, sender: Account) {
    this.#world = world;
    this.#sender = sender;
  }

  /** Gives a role in a repository, another one, or takes it away with null. */
  setRole(repo: string, login: string, role: Role | null): void {
    const repository = this.#repository(repo);
    const member = accountNamed(this.#world, login);
    const before = repository.collaborators.get(member.id);
    if (before === (role ?? undefined)) return;
    if (role === null) repository.collaborators.delete(member.id);
    else repository.collaborators.set(member.id, role);
    const action = role === null ? "removed" : before === undefined ? "added" : "edited";
    const permission = before === undefined ? { to: role } : { from: before, to: role };
    const changes = action === "removed" ? {} : { changes: { permission } };
    announce(this.#world, this.#in(repository, "member", action, { member: accountView(this.#world, member), ...changes }));
  }

  joinTeam(org: string, slug: string, login: string): void {
    const team = this.#team(org, slug);
    const member = accountNamed(this.#world, login);
    team.members.set(member.id, "member");
    this.#announceMembership(team, member, "added");
  }

  leaveTeam(org: string, slug: string, login: string): void {
    const team = this.#team(org, slug);
    const member = accountNamed(this.#world, login);
    team.members.delete(member.id);
    this.#announceMembership(team, member, "removed");
  }

  /** Takes somebody out of an organization, its teams included. */
  leaveOrganization(org: string, login: string): void {
    const organization = accountNamed(this.#world, org);
    const user = accountNamed(this.#world, login);
    const role = organization.members.get(user.id) ?? "member";
    organization.members.delete(user.id);
    for (const team of this.#world.teams) if (team.organization === organization) team.members.delete(user.id);
    const { url: organization_url } = organizationView(this.#world, organization);
    const url = `${organization_url}/memberships/${login}`;
    const membership = { url, state: "inactive", role, organization_url, user: accountView(this.#world, user) };
    this.#announceIn(organization, "organization", "member_removed", { membership });
  }

  /** Puts a team below another, or with null below none. */
  moveTeam(org: string, slug: string, parent: string | null): void {
    const team = this.#team(org, slug);
    team.parent = parent === null ? null : this.#team(org, parent);
    this.#announceIn(team.organization, "team", "edited", { team: teamView(this.#world, team), changes: {} });
  }

  deleteTeam(org: string, slug: string): void {
    const team = this.#team(org, slug);
    this.#world.teams.splice(this.#world.teams.indexOf(team), 1);
    this.#announceIn(team.organization, "team", "deleted", { team: teamView(this.#world, team) });
  }

  /** Gives a team a role in a repository, or takes it away with null. */
  setTeamRole(org: string, slug: string, repo: string, role: Role | null): void {
    const team = this.#team(org, slug);
    const repository = this.#repository(repo);
    if (role === null) team.repositories.delete(repository.id);
    else team.repositories.set(repository.id, role);
    const action = role === null ? "removed_from_repository" : "added_to_repository";
    const views = { team: teamView(this.#world, team), repository: repositoryView(this.#world, repository) };
    this.#announceIn(team.organization, "team", action, views);
  }

  /** The old address leads to the repository, until another takes that name. */
  renameRepository(repo: string, name: string): void {
    const repository = this.#repository(repo);
    const from = repository.name;
    repository.formerNames.add(fullName(repository).toLowerCase());
    repository.name = name;
    announce(this.#world, this.#in(repository, "repository", "renamed", { changes: { repository: { name: { from } } } }));
  }

  /** Another branch becomes the default: what is read from it, is read from there. */
  setDefaultBranch(repo: string, branch: string): void {
    const repository = this.#repository(repo);
    const from = repository.defaultBranch;
    repository.defaultBranch = branch;
    announce(this.#world, this.#in(repository, "repository", "edited", { changes: { default_branch: { from } } }));
  }

  /** Gives a repository to another account. Only an app that is installed there is told. */
  transferRepository(repo: string, newOwner: string): void {
    const repository = this.#repository(repo);
    const old = repository.owner;
    repository.formerNames.add(fullName(repository).toLowerCase());
    repository.owner = accountNamed(this.#world, newOwner);
    for (const team of this.#world.teams) team.repositories.delete(repository.id);
    const from =
      old.type === "Organization" ? { organization: organizationView(this.#world, old) } : { user: accountView(this.#world, old) };
    announce(this.#world, this.#in(repository, "repository", "transferred", { changes: { owner: { from } } }));
  }

  async deleteRepository(repo: string): Promise<void> {
    const repository = this.#repository(repo);
    announce(this.#world, this.#in(repository, "repository", "deleted", {}));
    const { repositories } = this.#world;
    repositories.splice(repositories.indexOf(repository), 1);
    if (repositories.every((other) => other.objects !== repository.objects)) await repository.objects.close();
  }

  #in(repository: Repository, event: string, action: string, detail: Readonly<Record<string, unknown>>) {
    return { event, action, repository, sender: this.#sender, detail };
  }

  #announceIn(organization: Account, event: string, action: string, detail: Readonly<Record<string, unknown>>): void {
    announceInOrganization(this.#world, { event, action, organization, sender: this.#sender, detail });
  }

  #announceMembership(team: Team, member: Account, action: "added" | "removed"): void {
    const detail = { scope: "team", member: accountView(this.#world, member), team: teamView(this.#world, team) };
    this.#announceIn(team.organization, "membership", action, detail);
  }

  #repository(repo: string): Repository {
    const found = findRepository(this.#world, repo);
    if (found === null) throw notFound();
    return found;
  }

  #team(org: string, slug: string): Team {
    const organization = accountNamed(this.#world, org);
    const found = this.#world.teams.find((team) => team.organization === organization && team.slug === slug);
    if (found === undefined) throw notFound();
    return found;
  }
}
