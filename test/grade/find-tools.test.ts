import { describe, expect, it, test } from "vitest";
import { findTools } from "../../src/grade/find-tools.ts";

describe("code and commands that name a tool", () => {
  it.each([
    ["a command of a build tool", "Smoke suite runs via `cargo test --workspace`", "cargo test --workspace"],
    ["a command of a cluster's client", "No pending rollouts: `oc get mcp`", "oc get mcp"],
    ["a command of a release tool", "`helm rollback orders 4` is rehearsed", "helm rollback orders 4"],
    ["a framework's own script", "`php artisan queue:restart` after each deploy", "php artisan queue:restart"],
    ["a type of Go's standard library", "Own http.ServeMux instead of the default one", "http.ServeMux"],
    ["a function of Python's standard library", "secrets.token_hex(32) makes the reset code", "secrets.token_hex"],
    ["a path of a Rust crate", "tokio::select! races the shutdown signal", "tokio::select"],
    ["a namespace of .NET", "System.Threading.Channels bounds the buffer at 500", "System.Threading.Channels"],
    ["a property of Spring", "spring.datasource.hikari.maximum-pool-size is 20", "spring.datasource.hikari.maximum-pool-size"],
    ["a setting of PostgreSQL", "deadlock_timeout stays at 1s", "deadlock_timeout"],
    ["a setting of Kafka", "group.instance.id keeps members static", "group.instance.id"],
    ["a field of a Kubernetes object", "revisionHistoryLimit: 5 on each workload", "revisionHistoryLimit"],
    ["a driver with a short name", "All SQL is parameterised by pg; nothing is joined", "pg"],
    ["a gem before its method", "pundit policy_scope on every hit", "pundit"],
    ["an engine of policies", "An OPA policy decides who may write", "OPA"],
    ["a middleware engine of functions", "middy wraps each handler", "middy"],
    ["a service of a cloud", "Scans go through Amazon Textract", "Amazon Textract"],
  ])("%s", (_, text, quote) => {
    expect(findTools(text, [])).toContain(quote);
  });
});

describe("words that only look like a tool", () => {
  it.each([
    ["a generic noun that a product is named after", "Secrets come from the platform's secret manager"],
    ["a gateway of one's own", "Our payment API gateway times out after 5s"],
    ["a manner called after a vendor", "AWS-style full jitter between attempts"],
    ["an interpreter that runs one's own script", "`node scripts/reconcile.js` runs nightly"],
    ["one's own method", "`orders.Submit` takes a context"],
    ["a two-part name written as two words", "The job queue is failing over when one is down"],
    ["one's own setting", "`config.timeout` is 5 seconds"],
    ["an everyday word that a program is called", "`timeout 30` and `top 5` are own scripts"],
  ])("%s", (_, text) => {
    expect(findTools(text, [])).toEqual([]);
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
