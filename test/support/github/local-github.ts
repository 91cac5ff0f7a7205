import { announceInstallation, changeRepositories } from "./actions/installation.ts";
import { refuseViolations } from "./conformance/violations.ts";
import { Administration } from "./administration.ts";
import { notFound } from "./refusal.ts";
import type { Delivery } from "./hooks/delivery.ts";
import { PERMISSIONS } from "./defaults.ts";
import type { RepositorySeed } from "./seed.ts";
import { Person } from "./person.ts";
import { findRepository } from "./routes/api.ts";
import { issueToken } from "./routes/app.ts";
import { accountNamed, addApp, addInstallation, addOrganization, addRepository, addTeam, addUser } from "./seed.ts";
import type { Fault, RecordedRequest, Traffic } from "./traffic.ts";
import type { Account, Role, Team } from "./model/account.ts";
import type { App, Installation, Permissions } from "./model/app.ts";
import type { CheckRun } from "./model/check.ts";
import type { IssueComment } from "./model/issue.ts";
import type { Repository, RequiredCheck } from "./model/repository.ts";
import type { World } from "./model/world.ts";

/** A GitHub of one's own on loopback: a real API over HTTP, real git data, signed webhooks, and people to drive it. */
export class LocalGitHub {
  /** Base of the API: `baseUrl` of Octokit. */
  readonly url: string;
  /** Base of the pages: sign-in. */
  readonly webUrl: string;
  /** The registered app: id, private key, secrets, webhook address. */
  readonly app: App;
  readonly #world: World;
  readonly #traffic: Traffic;
  readonly #closeServer: () => Promise<void>;

  constructor(world: World, traffic: Traffic, app: App, closeServer: () => Promise<void>) {
    this.url = world.url;
    this.webUrl = world.url;
    this.app = app;
    this.#world = world;
    this.#traffic = traffic;
    this.#closeServer = closeServer;
  }

  /** Stops sending and listening and removes the git data. Rejects when something departed from GitHub's description and no test took it. */
  async close(): Promise<void> {
    await this.#world.hooks.close();
    await this.#closeServer();
    await Promise.all([...new Set(this.#world.repositories.map((repository) => repository.objects))].map((objects) => objects.close()));
    refuseViolations();
  }

  /** Adds a person, or a bot for a login that ends in "[bot]". */
  createUser(login: string): Person {
    return new Person(this.#world, addUser(this.#world, login));
  }

  /** Acts as someone who exists. */
  as(login: string): Person {
    return new Person(this.#world, accountNamed(this.#world, login));
  }

  /** Login -> "admin" (an owner) or "member". People who are new are added. */
  createOrganization(
    login: string,
    members: Readonly<Record<string, "admin" | "member">> = {},
    basePermission: Role | "none" = "none",
  ): Account {
    const organization = addOrganization(this.#world, login);
    organization.basePermission = basePermission;
    for (const [member, role] of Object.entries(members)) organization.members.set(this.#ensureUser(member).id, role);
    return organization;
  }

  /** `parent` is a slug. Members join the organization. */
  createTeam(
    org: string,
    name: string,
    members: readonly string[],
    options: { parent?: string; repos?: Readonly<Record<string, Role>> } = {},
  ): Team {
    const organization = accountNamed(this.#world, org);
    const parent = this.#world.teams.find((team) => team.organization === organization && team.slug === options.parent) ?? null;
    const team = addTeam(this.#world, organization, name, parent);
    for (const login of members) {
      const { id } = this.#ensureUser(login);
      if (!organization.members.has(id)) organization.members.set(id, "member");
      team.members.set(id, "member");
    }
    for (const [repo, role] of Object.entries(options.repos ?? {})) team.repositories.set(this.repository(repo).id, role);
    return team;
  }

  /** A repository with its first commit. Collaborators who are new are added. */
  async createRepository(seed: RepositorySeed): Promise<Repository> {
    const [login = "", name = ""] = seed.repo.split("/");
    const owner = accountNamed(this.#world, login);
    for (const collaborator of Object.keys(seed.roles ?? {})) this.#ensureUser(collaborator);
    const { files = { "README.md": `# ${name}\n` }, defaultBranch = "main", roles = {} } = seed;
    return addRepository(this.#world, { owner, name, creator: owner, files, private: seed.private ?? false, defaultBranch, roles });
  }

  /** Changes roles, teams and whole repositories as this person, and apps are told. */
  administer(login: string): Administration {
    return new Administration(this.#world, accountNamed(this.#world, login));
  }

  /** Gives a role, or takes it away with null. Nobody is told. */
  setRole(repo: string, login: string, role: Role | null): void {
    const { id } = this.#ensureUser(login);
    if (role === null) this.repository(repo).collaborators.delete(id);
    else this.repository(repo).collaborators.set(id, role);
  }

  /** Requires checks before a merge. Administrators are held to them unless `enforceAdmins` is false. */
  protectBranch(
    repo: string,
    branch: string,
    checks: readonly RequiredCheck[],
    options: { strict?: boolean; enforceAdmins?: boolean } = {},
  ): void {
    const { strict = false, enforceAdmins = true } = options;
    this.repository(repo).protections.set(branch, { requiredChecks: checks, strict, enforceAdmins });
  }

  /** Installs the app for an account: all its repositories, or some. */
  installApp(login: string, repos: readonly string[] | null = null, app: App = this.app): Installation {
    const repositories = repos?.map((repo) => this.repository(repo)) ?? null;
    const installation = addInstallation(this.#world, app, accountNamed(this.#world, login), repositories);
    announceInstallation(this.#world, this.app.owner, installation, "created");
    return installation;
  }

  /** Its tokens stop working at once. */
  uninstallApp(installation: Installation): void {
    announceInstallation(this.#world, this.app.owner, installation, "deleted");
    this.#world.installations.splice(this.#world.installations.indexOf(installation), 1);
  }

  suspendApp(installation: Installation): void {
    installation.suspendedAt = this.#world.now();
    announceInstallation(this.#world, this.app.owner, installation, "suspend");
  }

  unsuspendApp(installation: Installation): void {
    installation.suspendedAt = null;
    announceInstallation(this.#world, this.app.owner, installation, "unsuspend");
  }

  /** Gives an installation more repositories, or takes some away. */
  changeInstallation(installation: Installation, change: { readonly add?: readonly string[]; readonly remove?: readonly string[] }): void {
    const find = (repos: readonly string[] = []) => repos.map((repo) => this.repository(repo));
    changeRepositories(this.#world, this.app.owner, installation, find(change.add), find(change.remove));
  }

  /** A second app, to see that it cannot act for the first. */
  createApp(name: string, permissions: Permissions = PERMISSIONS, events: readonly string[] = []): App {
    return addApp(this.#world, { name, owner: this.app.owner, permissions, events, webhookUrl: null });
  }

  /** A fresh token of an app's installation, with all its permissions. */
  actAsApp(app: App, login: string): string {
    const installation = this.#world.installations.find((one) => one.app === app && one.account.login === login);
    if (installation === undefined) throw notFound();
    return issueToken(this.#world, installation, installation.permissions, null).token;
  }

  /** Where deliveries go from now on; null: nowhere. */
  setWebhookUrl(url: string | null): void {
    this.app.webhookUrl = url;
  }

  /** Where signing in returns to from now on. */
  setCallbackUrl(url: string): void {
    this.app.callbackUrl = url;
  }

  /** Makes every installation token worthless now. */
  expireTokens(): void {
    for (const token of this.#world.tokens.values()) if (token.actor.kind === "installation") token.expiresAt = 0;
  }

  repository(repo: string): Repository {
    const repository = findRepository(this.#world, repo);
    if (repository === null) throw notFound();
    return repository;
  }

  /** The commit a pull request proposes now. */
  headSha(repo: string, number: number): string {
    const pull = this.repository(repo).issues.get(number)?.pull;
    if (pull === undefined || pull === null) throw notFound();
    return pull.head.sha;
  }

  /** The check runs of a commit with output and annotations, oldest first, superseded ones included. */
  checkRuns(repo: string, headSha: string): CheckRun[] {
    return [...this.repository(repo).checkRuns.values()].filter((run) => run.headSha === headSha);
  }

  comments(repo: string, number: number): IssueComment[] {
    return [...this.repository(repo).comments.values()].filter((comment) => comment.issueNumber === number);
  }

  /** Every delivery so far, oldest first. */
  deliveries(): readonly Delivery[] {
    return this.#world.hooks.deliveries;
  }

  /** Sends a delivery again, with its id. */
  redeliver(delivery: Delivery): Delivery {
    return this.#world.hooks.redeliver(delivery);
  }

  /** Keeps deliveries back, to send them later, late, out of order or not at all. */
  holdDeliveries(): void {
    this.#world.hooks.hold();
  }

  /** Sends what was held, in the order that `arrange` gives; what it leaves out is lost. */
  releaseDeliveries(arrange?: (held: readonly Delivery[]) => readonly Delivery[]): void {
    this.#world.hooks.release(arrange);
  }

  /** Resolves when every delivery was answered; those held back do not count. */
  settled(): Promise<void> {
    return this.#world.hooks.settled();
  }

  /** Every request that reached the API, oldest first. */
  requests(): readonly RecordedRequest[] {
    return this.#traffic.requests;
  }

  /** Makes coming requests fail or wait. */
  failNext(fault: Fault): void {
    this.#traffic.failNext(fault);
  }

  /** Ends every fault that is left. The seed decides which requests faults with a chance meet from now on. */
  forgetFaults(seed = 1): void {
    this.#traffic.forgetFaults(seed);
  }

  #ensureUser(login: string): Account {
    return this.#world.accounts.get(login.toLowerCase()) ?? addUser(this.#world, login);
  }
}
