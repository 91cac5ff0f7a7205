import { RateLimited } from "./faults.ts";
import type { RequestPriority } from "./request-priority.ts";

export type Resource = "core" | "graphql";

/** This share of an hour's requests is kept for people. */
const RESERVED = 0.2;
/** After a limit without a date GitHub asks for a minute at least, and more each time (docs, rate limits for the REST API). */
const UNDATED_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 15 * 60_000;

interface Quota {
  limit: number;
  remaining: number;
  resetAtMs: number;
}

interface InstallationQuota {
  readonly resources: Map<Resource, Quota>;
  blockedUntilMs: number;
  blockedResource: RateLimited["resource"];
  undatedInARow: number;
}

/** An answer's headers, as Octokit gives them. */
export type AnswerHeaders = Readonly<Record<string, string | number | undefined>>;

/** GitHub's limits as its answers tell them, for each installation. */
export interface Quotas {
  /** How long to wait before asking, in milliseconds. Infinity never; the instant when it may be asked is in `limited`. */
  limitOf(installation: string, resource: Resource, priority: RequestPriority): RateLimited | null;
  /** Takes note of what an answer says is left. Returns the remaining requests; null where it does not say. */
  note(installation: string, headers: AnswerHeaders): number | null;
  /** Takes note of a refusal. null: it was no rate limit. */
  noteRefusal(installation: string, resource: Resource, refusal: Refusal): RateLimited | null;
}

/** An answer that refuses. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers: AnswerHeaders;
}

/** `now` in milliseconds. */
export function createQuotas(now: () => number): Quotas {
  const installations = new Map<string, InstallationQuota>();
  const quotaOf = (installation: string): InstallationQuota => {
    const known = installations.get(installation);
    if (known) return known;
    const fresh: InstallationQuota = { resources: new Map(), blockedUntilMs: 0, blockedResource: "all", undatedInARow: 0 };
    installations.set(installation, fresh);
    return fresh;
  };
  return {
    limitOf(installation, resource, priority) {
      const { resources, blockedUntilMs, blockedResource } = quotaOf(installation);
      if (blockedUntilMs > now() && (blockedResource === "all" || blockedResource === resource))
        return new RateLimited(blockedResource, new Date(blockedUntilMs));
      const quota = resources.get(resource);
      if (!quota || quota.resetAtMs <= now()) return null;
      const reserve = priority === "backfill" ? quota.limit * RESERVED : 0;
      return quota.remaining <= reserve ? new RateLimited(resource, new Date(quota.resetAtMs)) : null;
    },
    note(installation, headers) {
      const [remaining, limit, reset] = ["remaining", "limit", "reset"].map((name) => numberOf(headers[`x-ratelimit-${name}`]));
      if (typeof remaining !== "number" || typeof limit !== "number" || typeof reset !== "number") return null;
      const resource = headers["x-ratelimit-resource"] === "graphql" ? "graphql" : "core";
      quotaOf(installation).resources.set(resource, { remaining, limit, resetAtMs: reset * 1000 });
      return remaining;
    },
    noteRefusal(installation, resource, refusal) {
      const quota = quotaOf(installation);
      const isUsedUp = numberOf(refusal.headers["x-ratelimit-remaining"]) === 0;
      const retryAfter = numberOf(refusal.headers["retry-after"]);
      const isLimit = refusal.status === 429 || retryAfter !== null || isUsedUp || /rate limit|abuse/i.test(refusal.message);
      if (!isLimit) return null;
      const reset = numberOf(refusal.headers["x-ratelimit-reset"]);
      // A second over, because clocks differ.
      const dated = retryAfter !== null ? now() + retryAfter * 1000 : isUsedUp && reset !== null ? (reset + 1) * 1000 : null;
      quota.undatedInARow = dated === null ? quota.undatedInARow + 1 : 0;
      const undated = now() + Math.min(LONGEST_PAUSE_MS, UNDATED_PAUSE_MS * 2 ** (quota.undatedInARow - 1));
      quota.blockedUntilMs = Math.max(quota.blockedUntilMs, dated ?? undated);
      quota.blockedResource = isUsedUp && retryAfter === null ? resource : "all";
      return new RateLimited(quota.blockedResource, new Date(quota.blockedUntilMs));
    },
  };
}

function numberOf(value: string | number | undefined): number | null {
  const number = value === undefined || value === "" ? Number.NaN : Number(value);
  return Number.isFinite(number) && number >= 0 ? number : null;
}
