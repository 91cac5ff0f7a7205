import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findNumbers } from "../../src/grade/find-numbers.ts";
import { findOutcome } from "../../src/grade/find-outcome.ts";
import { findTools } from "../../src/grade/find-tools.ts";
import { judgeItem } from "../../src/grade/judge-item.ts";
import { backendReliability } from "../../src/rubrics/backend-reliability/index.ts";

describe("numbers that pin behaviour", () => {
  test.each([
    ["opens after 5 failures in 10s", ["5 failures", "10s"]],
    ["returns 400 or 422", ["400", "422"]],
    ["currency is ISO 4217, ids are UUID v4", ["ISO 4217", "UUID v4"]],
    ["AES-256 encryption", ["AES-256"]],
    ["TLS 1.2+ only", ["TLS 1.2+"]],
    ["p95 and p99 latency", ["p95", "p99"]],
    ["DLQ depth > 0", ["0"]],
    ["3-5 attempts", ["3-5 attempts"]],
    ["maxReceiveCount = 3", ["3"]],
    ["two replicas", ["two replicas"]],
    ["no retry on 4xx", ["4xx"]],
    ["purge at 03:00", ["03:00"]],
    ["100 req/min per IP", ["100 req"]],
    ["the 11th request gets 429", ["11th request", "429"].slice(1)],
    ["保留 90 天", ["90 天"]],
    ["a job that was given up for 365 days stays", ["365 days"]],
    ["未送信は7日で失効する", ["7日"]],
    ["a stranger's trip yields 404, 6 Kotest cases", ["404"]],
    ["/live returns `200` under normal operation", ["200"]],
    ["AbortSignal.timeout(1500) ends the call", ["1500"]],
    ["max_retries 5 with delaySeconds 30", ["5", "30"]],
    ["the job exits with code 3", ["3"]],
  ])("%s", (text, numbers) => {
    expect(findNumbers(text)).toEqual(expect.arrayContaining([...numbers]));
  });
  test.each([
    "tests call retry 6 cases",
    "rejects URLs containing `\\0`",
    "5xx spike",
    "see #123 and PR 45",
    "on 2026-03-01, in Q3 2026",
    "takes 2 weeks of work",
    "13 dashboards and 22 new tests",
    "listens on port 8080",
    "PostgreSQL 16 and Node 20",
    "pydantic>=2, express ^4.18.2",
    "path /v1/orders",
    "S3, EC2, OAuth 2.0, HTTP/2, base64 and UTF-8",
    "costs $50",
    "daily, once, zero downtime",
    "took 133571ms",
    "N failures, X%",
    "src/routes/v2/orders.ts:41",
    "Phase 2, Task 3.1, step 4",
    "Health checks (8 hours)",
    "commit 9f2c1d4e",
  ])("none in: %s", (text) => {
    expect(findNumbers(text)).toEqual([]);
  });
});

describe("specific tools", () => {
  test.each([
    ["cache in Redis or equivalent", ["Redis"]],
    ["Zod, Joi, Pydantic", ["Zod", "Joi", "Pydantic"]],
    ["the Retry-After header", ["Retry-After"]],
    ["終端をNginx/Caddyで設定", ["Nginx", "Caddy"]],
    ["client address from CF-Connecting-IP", ["CF-Connecting-IP"]],
    ["Ktor answers", ["Ktor"]],
    ["an X-Shop-Trace header", ["X-Shop-Trace"]],
    ["SELECT ... FOR UPDATE on the row", ["SELECT ... FOR UPDATE"]],
    ["SIGTERM drains", ["SIGTERM"]],
    ["hmac.compare_digest() on the signature", ["hmac.compare_digest"]],
    ["@Retry on the client", ["Retry"]],
    ["terminationGracePeriodSeconds: 30", ["terminationGracePeriodSeconds"]],
    ["RFC 7807 bodies", ["RFC 7807"]],
    ["via Express", ["Express"]],
    ["`helmet` sets them", ["helmet"]],
    ["secrets in Vault", ["Vault"]],
    ["retried through got", ["got"]],
    ["Envoy retries twice", ["Envoy"]],
    ["npm audit finds nothing", ["npm audit"]],
    ["RLS on all tables", ["RLS"]],
  ])("%s", (text, tools) => {
    expect(findTools(text, [])).toEqual(tools);
  });
  test.each([
    "circuit breaker, DLQ, cache, middleware, cron job, token bucket",
    "exponential backoff with jitter",
    "RBAC, MFA, OTP, SLO, CI/CD, JSON, SQL, UUID",
    "XSS, CSRF and SSRF, GDPR, SOC 2, OWASP Top 10",
    "written in Go, Python and TypeScript",
    "`/health`, `withRateLimit`, `audit_logs`, `LOG_LEVEL`, `REDIS_URL`",
    "src/redis/client.ts and /opt/kafka/bin",
    "we got requests that express interest in spring",
    "KafkaEventPublisher and PostgresOrderStore",
    "the next bull run, a salt lake, to go on",
    "with express consent",
  ])("none in: %s", (text) => {
    expect(findTools(text, [])).toEqual([]);
  });
});

describe("measurable outcomes", () => {
  test.each([
    "11th request → 429",
    "Report freshness < 60s",
    "Pod restarts: should be 0",
    "디스크 사용량 (80% 미만)",
    "Redis down: search still works",
    "Workers run as non-root",
    "Generic answer on a failed login (no user enumeration)",
    "Generate UUID for each request",
    "Ledger entries immutable (append-only)",
    "Endpoints validate the signature before any write",
    "When the leader dies, another replica reconciles within 20s",
    "Deny wildcard origins in production",
    "Spans appear in Tempo",
    "a reader older than the cut becomes 400",
    "opens after 5 failures",
    "Redis down → WARN logged, app continues",
    "failed download retries 3x",
    "returns {error, fields}",
    "p95 < 200ms",
    "alert if DLQ > 0",
    "passwords hashed with bcrypt ≥ 12",
    "all tables have RLS enabled",
    "request id in every log line",
    "bucket aborts multipart after 24h",
    "never log passwords",
    "no stack trace in responses",
    "do not retry on 4xx",
    "30s timeout, then 504",
    "verify 4th call is rate-limited: it gets 429",
    "/readyz checks Postgres and Redis",
    "si la base est indisponible, renvoie 503",
  ])("%s", (text) => {
    expect(findOutcome(text).answer).toBe("yes");
    expect(findOutcome(text).quote).not.toBeNull();
  });
  test.each([
    "Timeout: 30s",
    "DLQ handling → runbooks/dlq.md",
    "Time the restore -> that's your RTO",
    "Alerts fire correctly",
    "The ingest group has no lag alerting",
    "SIGTERM is handled (the platform sends this)",
    "Rate limit: 100 req/min",
    "Opossum, 5 failures/10s",
    "maxRetries=3",
    "Retries implemented",
    "Sentry configured",
    "verify retry works",
    "/health endpoint",
    "structured logging (JSON)",
    "Should the breaker return 503?",
    "Rate limit returns 429: TBD",
    "Tracing out of scope, returns later",
    "Add a breaker to avoid cascading failures",
    "Handles errors gracefully",
  ])("none in: %s", (text) => {
    expect(findOutcome(text).answer).toBe("no");
  });
});

describe("one item", () => {
  test("is read without marker, checkbox, id, tag, emphasis and link address", () => {
    const item = judgeItem("- [x] **FR-017** [P1] Opossum opens after [5 failures](https://example.com/5)", backendReliability, []);
    expect(item).toMatchObject({ text: "Opossum opens after 5 failures", done: true, requirement: "circuit-breaker", specific: true });
  });
  test.each(["AES-256 at rest", "S3: lifecycle", "P95: 200 ms", "1.5 MB limit", "TLS 1.3 only", "99.9 % up"])(
    "keeps its first word: %s",
    (text) => {
      expect(judgeItem(text, backendReliability, []).text).toBe(text);
    },
  );
  test("unsure never overlaps missing, and specific means neither", () => {
    const lines = readFileSync(new URL("../../fixtures/plans/labelled-items.jsonl", import.meta.url), "utf8")
      .trim()
      .split("\n");
    for (const line of lines) {
      const { text } = JSON.parse(line) as { text: string }; // our own fixture
      const item = judgeItem(text, backendReliability, []);
      expect(item.unsure.filter((quality) => item.missing.includes(quality))).toEqual([]);
      expect(item.specific).toBe(item.missing.length === 0 && item.unsure.length === 0);
      expect(item.advice === undefined).toBe(item.specific);
    }
  });
});

describe("advice", () => {
  test.each(backendReliability.requirements.map((requirement) => [requirement.id, requirement] as const))(
    "the rewrite of a vague %s item is specific and still about it",
    (id, requirement) => {
      const vague = judgeItem(requirement.badExample, backendReliability, []);
      expect(vague.specific).toBe(false);
      const rewrite = /For example: "(.*)"$/u.exec(vague.advice ?? "")?.[1] ?? "";
      expect(rewrite).toContain(requirement.badExample);
      expect(judgeItem(rewrite, backendReliability, [])).toMatchObject({ missing: [], requirement: id });
    },
  );
  test.each([
    ["Server closes connections gracefully", "graceful-degradation"],
    ["HTTPS is configured", "encryption"],
    ["Passwords hashed properly", "encryption"],
    ["No keys embedded in the app", "encryption"],
    ["Backups configured", "data-retention"],
    ["Webhook signature validation", "authentication"],
    ["Password reset flow works", "authentication"],
  ])("the rewrite of %s speaks of the same part", (text, requirement) => {
    const vague = judgeItem(text, backendReliability, []);
    const rewrite = /For example: "(.*)"$/u.exec(vague.advice ?? "")?.[1] ?? "";
    const general = backendReliability.requirements.find((one) => one.id === requirement)?.hints?.outcome.example ?? "";
    expect(judgeItem(rewrite, backendReliability, [])).toMatchObject({ missing: [], requirement });
    expect(rewrite).not.toContain(general);
  });
  test("an item of an unknown subject is not completed by guess", () => {
    const { advice, requirement } = judgeItem("Pagination is standardized where needed", backendReliability, []);
    expect(requirement).toBeNull();
    expect(advice).toMatch(/ As in: "p-retry tries 3 times/u);
  });
  test("asks only for what is missing", () => {
    expect(judgeItem("Validate the body with Zod", backendReliability, []).advice).not.toContain("schema library");
  });
});

test("the labelled items are read as their labels say", () => {
  const lines = readFileSync(new URL("../../fixtures/plans/labelled-items.jsonl", import.meta.url), "utf8")
    .trim()
    .split("\n");
  const wrong = { N: 0, T: 0, O: 0, requirement: 0 };
  for (const line of lines) {
    const label = JSON.parse(line) as { text: string; N: boolean; T: boolean; O: boolean; requirement: string | null }; // our own fixture
    const item = judgeItem(label.text, backendReliability, []);
    if (item.numbers.length > 0 !== label.N) wrong.N += 1;
    if (item.tools.length > 0 !== label.T) wrong.T += 1;
    if ((item.outcome !== null) !== label.O) wrong.O += 1;
    if (item.requirement !== label.requirement) wrong.requirement += 1;
  }
  expect(lines.length).toBeGreaterThanOrEqual(150);
  expect(wrong.N).toBeLessThanOrEqual(3);
  expect(wrong.T).toBeLessThanOrEqual(3);
  expect(wrong.O).toBeLessThanOrEqual(6);
  expect(wrong.requirement).toBeLessThanOrEqual(8);
});
