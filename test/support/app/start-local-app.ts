import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Environment, readEnvironment } from "../../../src/environment.ts";
import { startApp, type StartOptions } from "../../../src/start-app.ts";
import { createLogger, type Logger } from "../../../src/telemetry/logger.ts";
import type { LocalGitHub } from "../github/local-github.ts";
import { startGitHub } from "../github/start-github.ts";
import type { CheckRun } from "../github/model/check.ts";
import { readAppManifest } from "./read-app-manifest.ts";

/** The name that branch protection requires. */
export const CHECK_NAME = "Backend reliability";

/** The app and a GitHub of its own, both on loopback, with a database in a new directory. */
export interface LocalApp {
  readonly github: LocalGitHub;
  readonly url: string;
  readonly environment: Environment;
  /** The newest completed run of that name on the commit, once there is one newer than `after` (a run's completion time is not enough: its address). */
  readonly completedRun: (
    repo: string,
    headSha: string,
    options?: { name?: string; until?: (run: CheckRun) => boolean },
  ) => Promise<CheckRun>;
  /** Resolves when every delivery was answered and no job waits or runs. */
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface LocalAppOptions {
  readonly log?: Logger;
  /** Variables besides the app's identity: DATABASE_URL, REVIEW_CONCURRENCY, ... */
  readonly variables?: Readonly<Record<string, string>>;
  /** The app's clock. */
  readonly now?: () => Date;
  /** How long `idle` and `completedRun` wait; 45 seconds by default. */
  readonly patienceMs?: number;
  /** How the app asks GitHub. */
  readonly link?: StartOptions["link"];
}

const PATIENCE_MS = 45_000;

/** Starts both, the app with the permissions and events of app.yml, and tells the GitHub where to deliver. */
export async function startLocalApp({
  log = createLogger("silent"),
  variables = {},
  now,
  patienceMs = PATIENCE_MS,
  link,
}: LocalAppOptions = {}): Promise<LocalApp> {
  const github = await startGitHub(await readAppManifest());
  const dataDir = await mkdtemp(join(tmpdir(), "enforcer-"));
  const reading = readEnvironment({
    APP_ID: String(github.app.id),
    PRIVATE_KEY: github.app.privateKey,
    WEBHOOK_SECRET: github.app.webhookSecret,
    GITHUB_API_URL: github.url,
    DATA_DIR: dataDir,
    HOST: "127.0.0.1",
    PORT: "0",
    ...variables,
  });
  if (reading.kind !== "ready") throw new Error(`the settings were refused: ${JSON.stringify(reading)}`);
  const app = await startApp(reading.environment, log, {
    pauses: { writePauseMs: 0, notifyingWritePauseMs: 0 },
    ...(now ? { now } : {}),
    ...(link ? { link } : {}),
  });
  github.setWebhookUrl(`${app.url}/api/github/webhooks`);

  const completedRun: LocalApp["completedRun"] = (repo, headSha, { name = CHECK_NAME, until = () => true } = {}) =>
    eventually(patienceMs, `a completed run "${name}" on ${headSha.slice(0, 7)}`, () =>
      github.checkRuns(repo, headSha).findLast((run) => run.name === name && run.status === "completed" && until(run)),
    );

  return {
    github,
    url: app.url,
    environment: reading.environment,
    completedRun,
    idle: async () => {
      await github.settled();
      await eventually(patienceMs, "an idle queue", async () =>
        (await app.depth()).waiting + (await app.depth()).running === 0 ? true : undefined,
      );
    },
    stop: async () => {
      await app.stop();
      await rm(dataDir, { recursive: true, force: true });
      await github.close();
    },
  };
}

async function eventually<Value>(
  patienceMs: number,
  what: string,
  look: () => Value | undefined | Promise<Value | undefined>,
): Promise<Value> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const value = await look();
    if (value !== undefined) return value;
    if (Date.now() > until) throw new Error(`waited ${patienceMs / 1000} s for ${what}`);
    await delay(25);
  }
}
