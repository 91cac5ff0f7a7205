import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { accountOf } from "./access.ts";
import type { Api, ApiContext } from "./routes/api.ts";
import type { Actor } from "./model/app.ts";

/** A request that reached the API. */
export interface RecordedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly status: number;
  /** The login that asked, the app's bot for an installation; null for an app or for nobody. */
  readonly login: string | null;
  readonly kind: Actor["kind"];
  /** Length of the bodies. */
  readonly bytesSent: number;
  readonly bytesAnswered: number;
}

export interface Fault {
  /** Which requests: "METHOD /path" is tested, the query included. */
  readonly match: RegExp | string | ((request: { readonly method: string; readonly path: string }) => boolean);
  /** Answered in place of the real answer; absent to answer really, after the delay. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Milliseconds, or between two. */
  readonly delayMs?: number | readonly [number, number];
  /** The request is carried out at once, and answered so much later. */
  readonly answerDelayMs?: number;
  /** When true the request is carried out and its answer lost: the connection breaks off. */
  readonly loseAnswer?: boolean;
  /** 1 by default, with `chance` any number. */
  readonly times?: number;
  /** Share of the matching requests that it meets, 0 to 1; all by default. */
  readonly chance?: number;
}

const HOURLY = 5000;

/** Sees every request: counts it, spends its rate limit and answers as a fault says. */
export class Traffic {
  readonly requests: RecordedRequest[] = [];
  readonly #faults: { readonly fault: Fault; left: number }[] = [];
  #random = randomFrom(1);
  readonly #spent = new Map<string, number>();
  readonly #resetAt = Math.floor(Date.now() / 1000) + 3600;

  failNext(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? (fault.chance === undefined ? 1 : Number.POSITIVE_INFINITY) });
  }

  /** No fault is left. `seed` decides which requests later ones meet. */
  forgetFaults(seed: number): void {
    this.#faults.length = 0;
    this.#random = randomFrom(seed);
  }

  /** Registered before every other layer. */
  route(api: Api): void {
    api.use("*", async (c, next) => {
      const path = pathOf(c);
      const fault = this.#takeFault(c.req.method, path);
      if (fault?.delayMs !== undefined) await delay(this.#pick(fault.delayMs));
      if (fault?.status === undefined) await next();
      else c.res = faultResponse(fault, fault.status);
      this.#addHeaders(c, fault);
      // A route that refused the token never named an actor.
      const actor: Actor | undefined = c.get("actor");
      this.requests.push({
        method: c.req.method,
        path,
        status: c.res.status,
        login: actor === undefined ? null : (accountOf(actor)?.login ?? null),
        kind: actor?.kind ?? "anonymous",
        bytesSent: Number(c.req.header("content-length") ?? 0),
        bytesAnswered: (await c.res.clone().arrayBuffer()).byteLength,
      });
      if (fault?.answerDelayMs !== undefined) await delay(fault.answerDelayMs);
      if (fault?.loseAnswer === true) c.env.incoming.socket.destroy();
    });
  }

  /** What the caller has left, as `GET /rate_limit` tells. */
  rateLimit(c: ApiContext) {
    const used = this.#spent.get(callerOf(c)) ?? 0;
    const rate = { limit: HOURLY, used, remaining: Math.max(0, HOURLY - used), reset: this.#resetAt };
    return { resources: { core: rate, search: rate, graphql: rate }, rate };
  }

  #takeFault(method: string, path: string): Fault | null {
    const found = this.#faults.find(
      ({ fault, left }) => left > 0 && matches(fault.match, method, path) && (fault.chance === undefined || this.#random() < fault.chance),
    );
    if (found === undefined) return null;
    found.left -= 1;
    return found.fault;
  }

  #pick(delayMs: NonNullable<Fault["delayMs"]>): number {
    if (typeof delayMs === "number") return delayMs;
    const [least, most] = delayMs;
    return least + this.#random() * (most - least);
  }

  #addHeaders(c: ApiContext, fault: Fault | null): void {
    const caller = callerOf(c);
    const used = (this.#spent.get(caller) ?? 0) + (c.res.status === 304 ? 0 : 1);
    this.#spent.set(caller, used);
    const headers = {
      "x-github-request-id": randomUUID(),
      "x-github-media-type": "github.v3; format=json",
      "x-github-api-version-selected": "2022-11-28",
      "x-ratelimit-limit": String(HOURLY),
      "x-ratelimit-remaining": String(Math.max(0, HOURLY - used)),
      "x-ratelimit-reset": String(this.#resetAt),
      "x-ratelimit-used": String(used),
      "x-ratelimit-resource": "core",
      ...fault?.headers,
    };
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
  }
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const callerOf = (c: ApiContext): string => c.req.header("authorization") ?? "anonymous";

/** Path and query, without the prefix of an enterprise server. */
function pathOf(c: ApiContext): string {
  const url = new URL(c.req.url);
  return url.pathname.replace(/^\/api\/v3(?=\/)/, "") + url.search;
}

function matches(match: Fault["match"], method: string, path: string): boolean {
  if (typeof match === "function") return match({ method, path });
  const line = `${method} ${path}`;
  return typeof match === "string" ? line.includes(match) : match.test(line);
}

const faultResponse = (fault: Fault, status: number): Response =>
  Response.json(fault.body ?? { message: "Fault on demand", documentation_url: "https://docs.github.com/rest" }, { status });
