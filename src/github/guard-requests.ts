import { setTimeout as delay } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import { statusOf } from "./client.ts";
import { GitHubAway, RateLimited, rootOf } from "./faults.ts";
import type { Pace, Turn } from "./pace.ts";
import type { AnswerHeaders, Quotas, Resource } from "./quotas.ts";
import { currentPriority } from "./request-priority.ts";
import type { RetryBudget } from "./retry-budget.ts";

/** Tries of one request that is safe to repeat. */
const MOST_TRIES = 3;
/** Pause before the second try, doubled for the third; a random share of it. */
const PAUSE_MS = 400;
/** A limit that ends this soon is waited for; a later one is left to the job's next try. */
const SHORT_WAIT_MS = 5_000;
/** Answers kept to be asked for again by their ETag, which costs no quota. */
const ETAG_CACHE_BYTES = 16 * 1024 * 1024;
const NOTIFYING = /\/comments$/;

/** A request as Octokit's hooks see it. */
export interface GuardedRequest {
  readonly method: string;
  /** The route's template: "/repos/{owner}/{repo}". */
  readonly url: string;
  headers: Record<string, string | number | undefined>;
  readonly [parameter: string]: unknown;
}

/** An answer as Octokit's hooks see it. */
export interface GuardedAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly data: unknown;
}

/** What the guards of all installations share. */
export interface GuardParts {
  readonly quotas: Quotas;
  readonly pace: Pace;
  readonly budget: RetryBudget;
  readonly etags: LRUCache<string, GuardedAnswer & { readonly etag: string }>;
  readonly onQuota: (resource: Resource, remaining: number) => void;
}

/** Whose requests are guarded. */
export interface Guarded {
  /** Installation id, or "app". */
  readonly installation: string;
  /** Gets a new token where GitHub no longer takes the one that we hold. */
  readonly renewToken: () => Promise<void>;
}

export function createEtagCache(): GuardParts["etags"] {
  return new LRUCache({ maxSize: ETAG_CACHE_BYTES, sizeCalculation: (answer) => JSON.stringify(answer.data)?.length + 500 });
}

/**
 * Sends a request: within the installation's limits, in its turn, again where that is safe and may help, with a new token
 * where the old one is refused. Rejects with RateLimited where GitHub's limit ends later than in five seconds.
 */
export async function guardRequest<Answer extends GuardedAnswer>(
  send: (request: GuardedRequest) => Promise<Answer>,
  request: GuardedRequest,
  parts: GuardParts,
  guarded: Guarded,
): Promise<Answer> {
  let hasNewToken = false;
  for (let attempt = 1; ; attempt++) {
    try {
      return await sendOnce(send, request, parts, guarded);
    } catch (error) {
      if (statusOf(error) === 401 && !hasNewToken && guarded.installation !== "app") {
        hasNewToken = true;
        await guarded.renewToken();
      } else if (attempt >= MOST_TRIES || !mayTryAgain(error, request) || !parts.budget.take()) throw error;
      else await delay(pauseBefore(error, attempt));
    }
  }
}

/** A refused request was not carried out; others are repeated only where twice is the same as once. */
function mayTryAgain(error: unknown, request: GuardedRequest): boolean {
  const cause = rootOf(error);
  if (cause instanceof GitHubAway) return false;
  if (cause instanceof RateLimited) return cause.retryAt.getTime() - Date.now() <= SHORT_WAIT_MS;
  const status = statusOf(error);
  return isSafeToRepeat(request) && (status === null || status >= 500);
}

function isSafeToRepeat({ method, url, query }: GuardedRequest): boolean {
  return method === "GET" || (url === "/graphql" && typeof query === "string" && !/^\s*mutation\b/.test(query));
}

function pauseBefore(error: unknown, attempt: number): number {
  const cause = rootOf(error);
  if (cause instanceof RateLimited) return Math.max(0, cause.retryAt.getTime() - Date.now());
  return PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random());
}

async function sendOnce<Answer extends GuardedAnswer>(
  send: (request: GuardedRequest) => Promise<Answer>,
  request: GuardedRequest,
  { quotas, pace, budget, etags, onQuota }: GuardParts,
  { installation }: Guarded,
): Promise<Answer> {
  const priority = currentPriority();
  const resource: Resource = request.url === "/graphql" ? "graphql" : "core";
  const limited = quotas.limitOf(installation, resource, priority);
  if (limited) throw limited;
  const note = (headers: AnswerHeaders) => {
    const remaining = quotas.note(installation, headers);
    if (remaining !== null) onQuota(resource, remaining);
  };
  budget.onRequest();
  const key = request.method === "GET" ? keyOf(installation, request) : null;
  const known = key === null ? undefined : etags.get(key);
  // In place: Octokit's hooks hand the request on as they got it, not as it is passed.
  if (known) request.headers = { ...request.headers, "if-none-match": known.etag };
  try {
    const answer = await pace.run(installation, { priority, kind: kindOf(request) }, () => send(request));
    note(answer.headers);
    refuseLimitedQuestion(answer, quotas, installation, resource);
    const etag = answer.headers.etag;
    if (key !== null && typeof etag === "string")
      etags.set(key, { status: answer.status, headers: answer.headers, data: answer.data, etag });
    return answer;
  } catch (error) {
    const response = responseOf(error);
    if (response) note(response.headers);
    if (known && statusOf(error) === 304) return structuredClone(known) as unknown as Answer; // the answer that this request had
    const refusal = {
      status: statusOf(error) ?? 0,
      message: error instanceof Error ? error.message : "",
      headers: response?.headers ?? {},
    };
    const isRefused = refusal.status === 403 || refusal.status === 429;
    throw (isRefused && quotas.noteRefusal(installation, resource, refusal)) || error;
  }
}

/** GraphQL tells of its limit in an answer of status 200. */
function refuseLimitedQuestion(answer: GuardedAnswer, quotas: Quotas, installation: string, resource: Resource): void {
  if (resource !== "graphql") return;
  const { errors } = (answer.data ?? {}) as { errors?: readonly { readonly type?: unknown }[] }; // GraphQL's envelope
  if (!Array.isArray(errors) || !errors.some((error) => error?.type === "RATE_LIMITED")) return;
  const refusal = { status: 429, message: "rate limit", headers: { ...answer.headers, "x-ratelimit-remaining": 0 } };
  const limited = quotas.noteRefusal(installation, resource, refusal);
  if (limited) throw limited;
}

function kindOf({ method, url }: GuardedRequest): Turn["kind"] {
  if (method === "GET" || url === "/graphql") return "read";
  return NOTIFYING.test(url) ? "notify" : "write";
}

function keyOf(
  installation: string,
  { url, headers, method: _method, request: _request, baseUrl: _baseUrl, mediaType, ...parameters }: GuardedRequest,
) {
  return JSON.stringify([installation, url, headers.accept, mediaType, parameters]);
}

function responseOf(error: unknown): { readonly headers: AnswerHeaders } | null {
  if (typeof error !== "object" || error === null || !("response" in error)) return null;
  const { response } = error as { response?: { headers?: AnswerHeaders } }; // shape of Octokit's RequestError
  return response?.headers ? { headers: response.headers } : null;
}
