import { createProbot, ProbotOctokit, type Probot } from "probot";
import type { Environment } from "../environment.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { ClientOf, GitHubClient } from "./client.ts";
import { createGitHubLink, type GitHubLink } from "./github-link.ts";
import { createEtagCache, type GuardedAnswer, type GuardedRequest, type GuardParts, guardRequest } from "./guard-requests.ts";
import { createPace } from "./pace.ts";
import { createQuotas, type Resource } from "./quotas.ts";
import { createRetryBudget } from "./retry-budget.ts";

/**
 * Pause between writes of one installation: 5 a second, within GitHub's 900 points a minute (a write costs
 * 5: 180 a minute) for bursts as short as a review's; comments, which notify people, at most one a second.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
const WRITE_PAUSE_MS = 200;
const NOTIFYING_WRITE_PAUSE_MS = 1000;

/** What differs from the app in production. */
export interface GitHubAppOptions {
  /** The way to GitHub; one of its own by default. */
  readonly link?: GitHubLink;
  /** Hears how many requests an answer says are left. */
  readonly onQuota?: (resource: Resource, remaining: number) => void;
  /** A GitHub without secondary rate limits needs no pauses. */
  readonly writePauseMs?: number;
  readonly notifyingWritePauseMs?: number;
}

/** Probot with our pace, limits, retries and deadlines in place of its own, independent of process.env. */
export function createGitHubApp(
  environment: Environment,
  log: Logger,
  {
    link = createGitHubLink({ apiUrl: environment.githubApiUrl }),
    onQuota = () => {},
    writePauseMs = WRITE_PAUSE_MS,
    notifyingWritePauseMs = NOTIFYING_WRITE_PAUSE_MS,
  }: GitHubAppOptions = {},
): Probot {
  const parts: GuardParts = {
    quotas: createQuotas(Date.now),
    pace: createPace({ writePauseMs, notifyingWritePauseMs }),
    budget: createRetryBudget(),
    etags: createEtagCache(),
    onQuota,
  };
  const Octokit = ProbotOctokit.plugin((octokit, options) => guardClient(octokit, options, parts)).defaults(
    (options: { throttle?: object; retry?: object; auth?: object }) => ({
      ...options,
      ...(options.auth ? { auth: withoutRequest(options.auth) } : {}),
      throttle: { ...options.throttle, enabled: false },
      retry: { ...options.retry, enabled: false },
    }),
  );
  return createProbot({
    env: {},
    overrides: {
      appId: environment.appId,
      privateKey: environment.privateKey,
      secret: environment.webhookSecret,
      baseUrl: environment.githubApiUrl,
      Octokit: Octokit as unknown as typeof ProbotOctokit, // defaults() keeps the plugins; its return type forgets them
      log: probotLog(log),
      request: { fetch: link.fetch },
    },
  });
}

/** Without a request of its own a strategy asks as its client does: at the configured address. */
function withoutRequest(auth: object): object {
  return Object.fromEntries(Object.entries(auth).filter(([name]) => name !== "request"));
}

/** What a plugin sees of a client that is being made. */
interface MadeClient {
  readonly hook: {
    wrap(
      name: "request",
      guard: (send: (request: GuardedRequest) => Promise<GuardedAnswer>, request: GuardedRequest) => Promise<GuardedAnswer>,
    ): void;
  };
  auth(options: object): Promise<unknown>;
}

function guardClient(made: unknown, options: { readonly auth?: unknown }, parts: GuardParts): void {
  const octokit = made as MadeClient; // Octokit's own types of its hooks are not exported
  const { installationId } = (options.auth ?? {}) as { installationId?: number }; // as Probot makes clients of installations
  const guarded = {
    installation: installationId === undefined ? "app" : String(installationId),
    renewToken: async () => void (await octokit.auth({ type: "installation", installationId, refresh: true })),
  };
  octokit.hook.wrap("request", (send, request) => guardRequest(send, request, parts, guarded));
}

/** Probot's own lines from "warn" on. Its errors carry the whole delivery, which is left out. */
function probotLog(log: Logger): Logger {
  const level = log.isLevelEnabled("warn") ? "warn" : log.level;
  return log.child({ component: "probot" }, { level, serializers: { err: withoutDelivery, error: withoutDelivery } });
}

function withoutDelivery(error: unknown): unknown {
  return error instanceof Error ? { type: error.name, message: error.message, stack: error.stack } : undefined;
}

/** A client that acts as the app itself. */
export function appClientOf(probot: Probot): () => Promise<GitHubClient> {
  return () => probot.auth();
}

/** Clients of installations, through Probot's token cache. */
export function clientsOf(probot: Probot): ClientOf {
  return (installationId) => probot.auth(installationId);
}
