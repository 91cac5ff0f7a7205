import type { HookQueue } from "../hooks/hook-queue.ts";
import type { Account, Team } from "./account.ts";
import type { Actor, App, Installation } from "./app.ts";
import type { Repository } from "./repository.ts";

/** Everything that the stand-in knows. */
export interface World {
  url: string;
  readonly accounts: Map<string, Account>;
  readonly teams: Team[];
  readonly repositories: Repository[];
  readonly apps: App[];
  readonly installations: Installation[];
  readonly tokens: Map<string, { readonly actor: Actor; expiresAt: number | null }>;
  readonly hooks: HookQueue;
  readonly limits: Limits;
  nextId(): number;
  /** The moment in GitHub's form: ISO 8601, UTC, whole seconds. */
  now(): string;
}

/** Sizes above which GitHub leaves a patch out, and how long an installation token lives. */
export interface Limits {
  readonly patchBytes: number;
  readonly patchLines: number;
  readonly tokenLifetimeMs: number;
  readonly deliveryTimeoutMs: number;
}
