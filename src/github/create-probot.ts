import Bottleneck from "bottleneck";
import { createProbot, ProbotOctokit, type Probot } from "probot";
import type { Environment } from "../environment.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { ClientOf, GitHubClient } from "./client.ts";

/** Longest wait for one answer of GitHub. */
const REQUEST_TIMEOUT_MS = 15_000;

/**
 * Pause between writes of one installation: 5 a second, within GitHub's 900 points a minute (a write costs
 * 5: 180 a minute) for bursts as short as a review's; comments, which notify people, at most one a second.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
const WRITE_PAUSE_MS = 200;
const NOTIFYING_WRITE_PAUSE_MS = 1000;

/** What differs from the app in production. */
export interface GitHubAppOptions {
  /** Hears every answer of GitHub: its status, and how many requests are left. */
  readonly onAnswer?: (status: number, remaining: number | null) => void;
  /** A GitHub without secondary rate limits needs no pauses. */
  readonly writePauseMs?: number;
  readonly notifyingWritePauseMs?: number;
}

/** Probot with our pace and deadlines, independent of process.env. */
export function createGitHubApp(
  environment: Environment,
  log: Logger,
  { onAnswer = () => {}, writePauseMs = WRITE_PAUSE_MS, notifyingWritePauseMs = NOTIFYING_WRITE_PAUSE_MS }: GitHubAppOptions = {},
): Probot {
  const write = new Bottleneck.Group({ id: "write", maxConcurrent: 1, minTime: writePauseMs });
  const notifications = new Bottleneck.Group({ id: "notifications", maxConcurrent: 1, minTime: notifyingWritePauseMs });
  const Octokit = ProbotOctokit.defaults((options: { throttle?: object }) => ({
    ...options,
    throttle: { ...options.throttle, write, notifications },
  }));
  return createProbot({
    env: {},
    overrides: {
      appId: environment.appId,
      privateKey: environment.privateKey,
      secret: environment.webhookSecret,
      baseUrl: environment.githubApiUrl,
      Octokit: Octokit as typeof ProbotOctokit, // defaults() keeps the plugins; its return type forgets them
      log: probotLog(log),
      request: { fetch: fetchWith(onAnswer) },
    },
  });
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

function fetchWith(onAnswer: (status: number, remaining: number | null) => void) {
  return async (url: string | URL | Request, options: RequestInit = {}): Promise<Response> => {
    const deadline = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    const answer = await fetch(url, { ...options, signal: options.signal ? AbortSignal.any([options.signal, deadline]) : deadline });
    const remaining = answer.headers.get("x-ratelimit-remaining");
    onAnswer(answer.status, remaining === null ? null : Number(remaining));
    return answer;
  };
}
