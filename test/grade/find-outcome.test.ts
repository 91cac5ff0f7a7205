import { describe, expect, test } from "vitest";
import { findOutcome } from "../../src/grade/find-outcome.ts";

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
    "absent ou expiré : 401",
    "ohne Token 401",
    "prüft SQL Server, bei Fehler 503 und AKS nimmt den Pod heraus",
    "ungültige Zeilen werden mit Zeilennummer zurückgegeben",
    "DLQ: maxReceiveCount 5, then `orders-dlq`",
    "Sidekiq retry 7 times, then morgue",
    "5xx always `error`",
    "brakeman in CI, 0 warnings",
    "placeholders only, no interpolation",
    "exceeding gives DEADLINE_EXCEEDED",
    "traceparent travels through SQS",
    "System MUST emit metrics for request volume by endpoint and status",
    "Structured logs redact the configured API keys",
    "Structured logs with `correlationId`, `tenantId`, `jobId`",
    "Old refresh token invalidated",
    "clés changées tous les 90 jours",
    "Rohdaten nach dem Import gelöscht nach 90 Tagen",
    "10% head sampling, 100% of errors",
    "W3C traceparent, 10% Sampling, Fehler immer",
    "Datadog monitor at 2% of requests",
    "final failure moves the job to the failed set",
    "/ready fails when the pool has no connection for 15s",
    "Redis cache works properly; a miss returns 404",
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
    "Redis fallback so that users are not affected",
    "Retries with axios in order to improve stability",
    "Opossum, 5 failures in 10s to avoid cascading failures",
    "Zod, 200 characters which improves the reliability of the system",
    "Probes every 10s to keep latency low",
    "Escalation path written into the runbooks",
    "Circuit breaker prevents cascading failures",
    "Length validation (>2000 chars)",
    "Rate limit of 60/min enforced in middleware",
    "Grafana for better observability",
    "All 7 criteria met with 44 API tests passing",
    "We use Opossum with 5 failures per 10s and a reset of 30s and call it a day",
  ])("none in: %s", (text) => {
    expect(findOutcome(text).answer).toBe("no");
  });
});

describe("praise is no outcome", () => {
  test.each([
    "DOMPurify keeps everything safe",
    "Fastify returns a suitable answer",
    "Redis gives the best experience",
    "everything keeps working",
    "axios-retry never affects our users",
  ])("not surely: %s", (text) => {
    expect(findOutcome(text).answer).not.toBe("yes");
  });
  test("but a purpose with a figure stays a target", () => {
    expect(findOutcome("Cache to keep p95 < 200 ms").answer).toBe("yes");
  });
});
