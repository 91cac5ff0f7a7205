import { describe, expect, test } from "vitest";
import { findNumbers } from "../../src/grade/find-numbers.ts";

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
    ["5xx always error", ["5xx"]],
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
    ["a violation is a 422 listing the fields", ["422"]],
    ["403 for the 4 roles without it", ["403"]],
    ["call 101 is rejected", ["101"]],
    ["0 warnings in CI", ["0 warnings"]],
    ["zero critical CVEs in the image", ["zero critical CVEs"]],
    ["1 in 20 sampled", ["1 in 20"]],
    ["rolled back in ~3 minutes", ["3 minutes"]],
    ["öffnet nach 6 Fehlern", ["6 Fehlern"]],
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
    "zero downtime in 4 roles",
  ])("none in: %s", (text) => {
    expect(findNumbers(text)).toEqual([]);
  });
});

test("a number is quoted without the words of the next clause", () => {
  expect(findNumbers("process ends with exit code 1 and Kubernetes restarts it")).toEqual(["1"]);
  expect(findNumbers("429 with Retry-After")).toEqual(["429"]);
});
