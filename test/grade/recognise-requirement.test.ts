import { describe, expect, test } from "vitest";
import { recogniseRequirement } from "../../src/grade/recognise-requirement.ts";
import { backendReliability } from "../../src/rubrics/backend-reliability/index.ts";

const read = (text: string) => recogniseRequirement(text, backendReliability).requirement;

describe("what an item is about", () => {
  test.each([
    ["a label outweighs the header in it", "Error bodies: 400, 404, 409 with `type`, `traceId`", "error-responses"],
    [
      "a body that carries an id is not about the id",
      "Error body is always { code, message, requestId } with status 400, 404, 500",
      "error-responses",
    ],
    ["nor is a log line", "JSON, one line per request: status, duration, request_id, user_id in the log", "structured-logging"],
    ["an id on its own is", "X-Request-ID is taken from the caller and put on every line", "correlation-ids"],
    ["several statuses are about answers", "Every failure is JSON: 400 for zod errors, 404 ORDER_NOT_FOUND, 502, 504", "error-responses"],
    [
      "one statement is a transaction",
      "The upsert is one SQL statement, so a crash leaves the old or the new row, never half",
      "transactions",
    ],
    ["a checked token is authentication", "The webhook validates the Authorization header", "authentication"],
    ["a refused token too", "Guard rejects invalid and expired tokens", "authentication"],
    ["a refused value is validation", "Invalid email format rejected", "input-validation"],
    ["a rate per caller is a limit", "Login endpoints: 5/min per IP", "rate-limiting"],
    ["a second request with the same id", "The queue ignores a second add with the same id, so a double POST sends 1 mail", "idempotency"],
    ["a probe that answers 503", "System returns HTTP 503 on `GET /ready` when PostgreSQL is unreachable", "health-checks"],
    ["who wrote what", "Log all administrative write operations with user identity and timestamp", "audit-trail"],
    ["a subscriber that is named after traces", "tracing-subscriber JSON: target, level, host, elapsed", "structured-logging"],
    ["who is logged in is no log", "Who may call POST /orders: logged-in users", "authentication"],
    ["the thresholds of a probe are no breaker", "Kubernetes: periodSeconds 10, failureThreshold 3", "health-checks"],
    ["log rotation is no key rotation", "Logs configured and rotating", "structured-logging"],
  ])("%s", (_, text, requirement) => {
    expect(read(text)).toBe(requirement);
  });
});
