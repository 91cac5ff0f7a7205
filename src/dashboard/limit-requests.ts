import { getConnInfo } from "@hono/node-server/conninfo";
import type { MiddlewareHandler } from "hono";
import { LRUCache } from "lru-cache";

/** Enough for every probe and scraper behind one proxy, and too little to keep the database busy. */
const MOST_A_MINUTE = 600;
const MINUTE_MS = 60_000;
/** Addresses remembered at a time; the least recent are forgotten first. */
const MOST_ADDRESSES = 10_000;

/** What differs from the running site. */
export interface RequestLimit {
  readonly mostAMinute?: number;
  /** Milliseconds; the system's clock by default. */
  readonly now?: () => number;
}

/**
 * Answers 429 with `Retry-After` (seconds) to an address that asked more than 600 times within its minute. Counts by the
 * address of the connection: what a header claims is anybody's to write. Never for webhooks, which GitHub would not repeat.
 */
export function limitRequests({ mostAMinute = MOST_A_MINUTE, now = Date.now }: RequestLimit = {}): MiddlewareHandler {
  const windows = new LRUCache<string, { readonly startedAt: number; count: number }>({ max: MOST_ADDRESSES });
  return async (context, next) => {
    const address = getConnInfo(context).remote.address ?? "";
    const at = now();
    const known = windows.get(address);
    const window = known && at - known.startedAt < MINUTE_MS ? known : { startedAt: at, count: 0 };
    window.count++;
    windows.set(address, window);
    if (window.count <= mostAMinute) return next();
    const seconds = Math.ceil((window.startedAt + MINUTE_MS - at) / 1000);
    return context.json({ error: `more than ${mostAMinute} requests in a minute` }, 429, { "retry-after": String(seconds) });
  };
}
