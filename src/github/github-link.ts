import { CircuitState, circuitBreaker, CountBreaker, ExponentialBackoff, handleAll, isBrokenCircuitError } from "cockatiel";
import { GitHubAway } from "./faults.ts";

/** Longest wait for one answer of GitHub, its body included. */
const TIMEOUT_MS = 15_000;
/** Of the last twenty answers half are faults, ten at least: GitHub is left alone. */
const BREAKER = { threshold: 0.5, size: 20, minimumNumberOfCalls: 10 };
/** It is asked again after five seconds, then after longer pauses, at most a minute. */
const LEFT_ALONE = { initialDelay: 5_000, maxDelay: 60_000 };
/** Redirects that are followed: GitHub sends one for a renamed repository. */
const MOST_REDIRECTS = 3;

/** How GitHub stands: "away" while it is left alone, "key refused" while it does not take the app's private key. */
export type GitHubState = "ok" | "away" | "key refused";

/** What became of a request: GitHub's status, or why there is none. */
export type RequestOutcome = number | "timeout" | "unreachable" | "not sent";

/** The one way to GitHub. */
export interface GitHubLink {
  /** `fetch` with a deadline, to the configured host alone: another host, also by redirect, is a TypeError. */
  readonly fetch: (url: string | URL | Request, options?: RequestInit) => Promise<Response>;
  readonly state: () => GitHubState;
}

export interface LinkOptions {
  /** Base address of the API. */
  readonly apiUrl: string;
  readonly onOutcome?: (outcome: RequestOutcome) => void;
  /** Shorter in tests. */
  readonly timeoutMs?: number;
  readonly leftAlone?: { readonly initialDelay: number; readonly maxDelay: number };
}

/** A fault of GitHub's or of the way there, kept from the client only until the breaker has seen it. */
class ServerFault extends Error {
  readonly answer: Response;
  constructor(answer: Response) {
    super(`GitHub answered ${answer.status}`);
    this.answer = answer;
  }
}

/** Opens the way to GitHub, with a circuit breaker for its host. */
export function createGitHubLink({
  apiUrl,
  onOutcome = () => {},
  timeoutMs = TIMEOUT_MS,
  leftAlone = LEFT_ALONE,
}: LinkOptions): GitHubLink {
  const { origin, host } = new URL(apiUrl);
  const breaker = circuitBreaker(handleAll, { breaker: new CountBreaker(BREAKER), halfOpenAfter: new ExponentialBackoff(leftAlone) });
  let isKeyRefused = false;
  const send = async (url: URL, options: RequestInit): Promise<Response> => {
    const deadline = AbortSignal.timeout(timeoutMs);
    const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
    const answer = await follow(url, { ...options, signal }, origin).catch((error: unknown) => {
      onOutcome(deadline.aborted ? "timeout" : "unreachable");
      throw error;
    });
    onOutcome(answer.status);
    if (/\/access_tokens$|\/app(?:\/|$)/.test(url.pathname)) isKeyRefused = answer.status === 401;
    if (answer.status >= 500) throw new ServerFault(answer);
    return answer;
  };
  return {
    async fetch(url, options = {}) {
      const target = new URL(url instanceof Request ? url.url : url);
      if (target.origin !== origin) throw new TypeError(`refused to ask ${target.origin}: only ${origin} is asked`);
      try {
        return await breaker.execute(() => send(target, options));
      } catch (error) {
        if (error instanceof ServerFault) return error.answer;
        if (!isBrokenCircuitError(error)) throw error;
        onOutcome("not sent");
        throw new GitHubAway(host, { cause: error });
      }
    },
    state: () => (breaker.state === CircuitState.Open ? "away" : isKeyRefused ? "key refused" : "ok"),
  };
}

/** Follows redirects within the host, which keep the method; everything else is refused. */
async function follow(url: URL, options: RequestInit, origin: string): Promise<Response> {
  let target = url;
  for (let redirects = 0; ; redirects++) {
    const answer = await fetch(target, { ...options, redirect: "manual" });
    const location = answer.headers.get("location");
    if (answer.status < 300 || answer.status > 399 || answer.status === 304 || location === null) return answer;
    const isSafe = options.method === undefined || options.method === "GET" || answer.status === 307 || answer.status === 308;
    target = new URL(location, target);
    if (target.origin !== origin || !isSafe || redirects >= MOST_REDIRECTS)
      throw new TypeError(`refused a redirect to ${target.origin}${isSafe ? "" : ", which would change the request"}`);
  }
}
