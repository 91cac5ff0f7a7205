import { generateKeyPairSync, randomBytes } from "node:crypto";
import { moveBranch } from "./actions/push.ts";
import type { FileChanges } from "./git/fast-import.ts";
import { ObjectStore } from "./git/object-store.ts";
import { Refusal } from "./refusal.ts";
import type { Account, Role, Team } from "./model/account.ts";
import type { App, Installation, Permissions } from "./model/app.ts";
import type { BranchProtection, Repository } from "./model/repository.ts";
import type { World } from "./model/world.ts";

/** Adds a person, or a bot when its login ends in "[bot]". */
export function addUser(world: World, login: string): Account {
  return addAccount(world, login, login.endsWith("[bot]") ? "Bot" : "User");
}

export function addOrganization(world: World, login: string): Account {
  return addAccount(world, login, "Organization");
}

function addAccount(world: World, login: string, type: Account["type"]): Account {
  const id = world.nextId();
  const account: Account = {
    id,
    login,
    type,
    name: login.replace(/\[bot\]$/, ""),
    email: `${id}+${login}@users.noreply.github.example`,
    members: new Map(),
    basePermission: "none",
  };
  world.accounts.set(login.toLowerCase(), account);
  return account;
}

export function addTeam(world: World, organization: Account, name: string, parent: Team | null): Team {
  const slug = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const team: Team = { id: world.nextId(), slug, name, organization, parent, members: new Map(), repositories: new Map() };
  world.teams.push(team);
  return team;
}

export interface RepositorySeed {
  /** "owner/name": the owner must exist. */
  readonly repo: string;
  readonly files?: FileChanges;
  readonly defaultBranch?: string;
  readonly private?: boolean;
  /** Login -> role of outside or direct collaborators. */
  readonly roles?: Readonly<Record<string, Role>>;
}

export interface NewRepository {
  readonly owner: Account;
  readonly name: string;
  readonly creator: Account;
  readonly files: FileChanges;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly roles: Readonly<Record<string, Role>>;
}

/** Adds a repository whose default branch holds the files. Nobody is told. */
export async function addRepository(world: World, asked: NewRepository): Promise<Repository> {
  const repository = newRepository(world, asked, await ObjectStore.create(), null);
  for (const [login, role] of Object.entries(asked.roles)) repository.collaborators.set(accountNamed(world, login).id, role);
  const { name, email } = asked.creator;
  const signature = { name, email, at: new Date() };
  const message = "Initial commit";
  const sha = await repository.objects.commit({ parents: [], changes: asked.files, message, author: signature, committer: signature });
  repository.branches.set(asked.defaultBranch, sha);
  world.repositories.push(repository);
  return repository;
}

/** A person's copy of a repository, with the branches that it has now. */
export function addFork(world: World, owner: Account, parent: Repository): Repository {
  const fork = newRepository(
    world,
    { owner, name: parent.name, private: parent.private, defaultBranch: parent.defaultBranch },
    parent.objects,
    parent,
  );
  for (const [name, sha] of parent.branches) fork.branches.set(name, sha);
  world.repositories.push(fork);
  return fork;
}

function newRepository(
  world: World,
  asked: Pick<Repository, "owner" | "name" | "private" | "defaultBranch">,
  objects: ObjectStore,
  parent: Repository | null,
): Repository {
  return {
    id: world.nextId(),
    owner: asked.owner,
    name: asked.name,
    formerNames: new Set(),
    private: asked.private,
    defaultBranch: asked.defaultBranch,
    objects,
    parent,
    createdAt: world.now(),
    pushedAt: world.now(),
    archived: false,
    branches: new Map(),
    tags: new Map(),
    collaborators: new Map(),
    protections: new Map<string, BranchProtection>(),
    labels: new Map(),
    issues: new Map(),
    comments: new Map(),
    checkSuites: new Map(),
    checkRuns: new Map(),
    statuses: [],
    activity: [],
  };
}

/** Makes a branch at a commit or at another branch's tip. */
export async function addBranch(world: World, creator: Account, repository: Repository, name: string, from: string): Promise<string> {
  const sha = repository.branches.get(from) ?? (await repository.objects.resolveCommit(from));
  if (sha === null) throw new Refusal(422, `Object does not exist: ${from}`);
  await moveBranch(world, creator, repository, name, sha);
  return sha;
}

// Making a key takes up to a third of a second. Worlds of one process share theirs, apps of one world do not.
const keyPairs: { readonly publicKey: string; readonly privateKey: string }[] = [];

function keyPair(index: number) {
  const known = keyPairs[index];
  if (known !== undefined) return known;
  const made = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  keyPairs[index] = made;
  return made;
}

export interface NewApp {
  readonly name: string;
  readonly owner: Account;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  readonly webhookUrl: string | null;
}

/** Registers an app with a fresh RSA key, client secret and webhook secret. */
export function addApp(world: World, asked: NewApp): App {
  const slug = asked.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const keys = keyPair(world.apps.length);
  const app: App = {
    id: world.nextId(),
    slug,
    name: asked.name,
    owner: asked.owner,
    bot: addUser(world, `${slug}[bot]`),
    clientId: `Iv23${randomBytes(8).toString("hex")}`,
    clientSecret: randomBytes(20).toString("hex"),
    privateKey: keys.privateKey,
    publicKey: keys.publicKey,
    webhookSecret: randomBytes(20).toString("hex"),
    webhookUrl: asked.webhookUrl,
    callbackUrl: null,
    permissions: asked.permissions,
    events: asked.events,
    createdAt: world.now(),
  };
  world.apps.push(app);
  return app;
}

/** Installs an app for all repositories of an account, or for some. */
export function addInstallation(world: World, app: App, account: Account, repositories: readonly Repository[] | null): Installation {
  const installation: Installation = {
    id: world.nextId(),
    app,
    account,
    repositoryIds: repositories === null ? null : new Set(repositories.map((repository) => repository.id)),
    permissions: app.permissions,
    createdAt: world.now(),
    suspendedAt: null,
  };
  world.installations.push(installation);
  return installation;
}

/** Throws for a login that nobody has. */
export function accountNamed(world: World, login: string): Account {
  const account = world.accounts.get(login.toLowerCase());
  if (account === undefined) throw new Error(`no account ${login}`);
  return account;
}
