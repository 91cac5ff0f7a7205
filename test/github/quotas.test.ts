import { beforeEach, describe, expect, test } from "vitest";
import { createQuotas, type Quotas } from "../../src/github/quotas.ts";

const START = Date.UTC(2027, 0, 1);
let now: number;
let quotas: Quotas;

beforeEach(() => {
  now = START;
  quotas = createQuotas(() => now);
});

const left = (remaining: number, resource = "core") => ({
  "x-ratelimit-limit": "5000",
  "x-ratelimit-remaining": String(remaining),
  "x-ratelimit-reset": String(START / 1000 + 600),
  "x-ratelimit-resource": resource,
});
const refusal = (headers: Record<string, string>, message = "You have exceeded a secondary rate limit", status = 403) => ({
  status,
  message,
  headers,
});
const limit = (resource: "core" | "graphql" = "core", priority: "people" | "backfill" = "people", installation = "1") =>
  quotas.limitOf(installation, resource, priority)?.retryAt.getTime() ?? null;

describe("what is left of the hour", () => {
  test("is unlimited until an answer tells", () => {
    expect(limit()).toBeNull();
  });

  test("ends for people at none, for what nobody waits for at a fifth, and starts anew at the reset", () => {
    expect(quotas.note("1", left(1000))).toBe(1000);
    expect([limit("core", "people"), limit("core", "backfill")]).toEqual([null, START + 600_000]);
    quotas.note("1", left(1001));
    expect(limit("core", "backfill")).toBeNull();
    quotas.note("1", left(0));
    expect(limit()).toBe(START + 600_000);
    now = START + 600_000;
    expect(limit()).toBeNull();
  });

  test("is counted for REST and GraphQL apart, and for each installation", () => {
    quotas.note("1", left(0, "graphql"));
    expect([limit("graphql"), limit("core"), limit("graphql", "people", "2")]).toEqual([START + 600_000, null, null]);
  });

  test("is not told by an answer without these headers", () => {
    expect(quotas.note("1", {})).toBeNull();
    expect(quotas.note("1", { ...left(5), "x-ratelimit-remaining": "soon" })).toBeNull();
  });
});

describe("a refusal", () => {
  test("with retry-after holds back everything of the installation until then", () => {
    expect(quotas.noteRefusal("1", "core", refusal({ "retry-after": "30" }))).toMatchObject({ resource: "all" });
    expect([limit("core"), limit("graphql"), limit("core", "people", "2")]).toEqual([START + 30_000, START + 30_000, null]);
    now += 30_000;
    expect(limit()).toBeNull();
  });

  test("with nothing left holds back that resource until a second past the reset", () => {
    quotas.noteRefusal("1", "core", refusal(left(0), "API rate limit exceeded"));
    expect([limit("core"), limit("graphql")]).toEqual([START + 601_000, null]);
  });

  test("without a date holds back a minute, twice as long each time, a quarter of an hour at most", () => {
    const pauses = Array.from({ length: 6 }, () => {
      quotas.noteRefusal("1", "core", refusal({}));
      const until = limit() ?? 0;
      const pause = until - now;
      now = until;
      return pause / 60_000;
    });
    expect(pauses).toEqual([1, 2, 4, 8, 15, 15]);
  });

  test("of another kind is no limit", () => {
    expect(quotas.noteRefusal("1", "core", refusal(left(3000), "Resource not accessible by integration"))).toBeNull();
    expect(limit()).toBeNull();
  });

  test("with status 429 is a limit whatever it says", () => {
    expect(quotas.noteRefusal("1", "core", refusal({}, "slow down", 429))).not.toBeNull();
  });
});
