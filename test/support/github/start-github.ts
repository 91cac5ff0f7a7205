import { HookQueue } from "./hooks/hook-queue.ts";
import { signInPages } from "./routes/sign-in.ts";
import { EVENTS, LIMITS, PERMISSIONS } from "./defaults.ts";
import { LocalGitHub } from "./local-github.ts";
import { addApp, addUser } from "./seed.ts";
import { buildApi, listen } from "./serve-api.ts";
import { Traffic } from "./traffic.ts";
import { isoSeconds } from "./views/commit.ts";
import type { Permissions } from "./model/app.ts";
import type { Limits, World } from "./model/world.ts";

export interface GitHubOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly appName?: string;
  readonly permissions?: Permissions;
  readonly events?: readonly string[];
  readonly webhookUrl?: string;
  readonly limits?: Partial<Limits>;
}

/** Starts a GitHub with one registered app and nobody in it. */
export async function startGitHub(options: GitHubOptions = {}): Promise<LocalGitHub> {
  let lastId = 1000;
  const nextId = () => (lastId += 1);
  const now = () => isoSeconds(new Date());
  const limits = { ...LIMITS, ...options.limits };
  const world: World = {
    url: "",
    accounts: new Map(),
    teams: [],
    repositories: [],
    apps: [],
    installations: [],
    tokens: new Map(),
    hooks: new HookQueue(limits, nextId, now),
    limits,
    nextId,
    now,
  };
  const traffic = new Traffic();
  const { url, close } = await listen(buildApi(world, traffic), signInPages(world), options.port ?? 0);
  world.url = url;
  const { appName = "Backend Reliability Enforcer", permissions = PERMISSIONS, events = EVENTS, webhookUrl = null } = options;
  const app = addApp(world, { name: appName, owner: addUser(world, "app-owner"), permissions, events, webhookUrl });
  return new LocalGitHub(world, traffic, app, close);
}
