import { describe, expect, test } from "vitest";
import { findRedFlags } from "../../src/grade/find-red-flags.ts";
import { backendReliability } from "../../src/rubrics/backend-reliability/index.ts";
import { paymentOperations } from "../../src/rubrics/payment-operations/index.ts";

const inBody = (body: string) => findRedFlags({ title: "Orders", body, comments: [] }, [backendReliability]);

describe("a deferral of a requirement blocks", () => {
  test.each([
    ["We will add retries later.", "retry-backoff"],
    ["TODO: timeouts in a follow-up", "timeouts"],
    ["Rate limiting will come in a follow-up PR", "rate-limiting"],
    ["Circuit breaker: later", "circuit-breaker"],
    ["No idempotency for now, we add it when we scale", "idempotency"],
    ["We'll deal with error handling after launch", "error-handling"],
    ["Skipping input validation in this PR", "input-validation"],
    ["Timeouts can wait", "timeouts"],
    ["Leaving the audit log for v2", "audit-trail"],
    ["Monitoring and alerts next sprint", "dashboards-alerts"],
    ["- [ ] TODO: add a health check later", "health-checks"],
    ["Encryption at rest: TBD", "encryption"],
    ["## Follow-ups\n- retries with backoff", "retry-backoff"],
    ["Adding authorization in the next PR", "authorization"],
    ["Let's worry about retries later", "retry-backoff"],
  ])("%s", (body, requirement) => {
    expect(inBody(body)).toContainEqual(expect.objectContaining({ id: "add-reliability-later", where: "body", blocks: true, requirement }));
  });
  test("reliability as a whole, too", () => {
    expect(inBody("we'll add reliability later")).toMatchObject([{ blocks: true, requirement: null }]);
  });
  test("in the title", () => {
    const flags = findRedFlags({ title: "Orders endpoint (retries in follow-up)", body: "", comments: [] }, [backendReliability]);
    expect(flags).toMatchObject([{ where: "title", blocks: true }]);
  });
});

describe("where payments are touched, the payment requirements are read first", () => {
  const inPayments = (body: string) => findRedFlags({ title: "Berths", body, comments: [] }, [paymentOperations, backendReliability]);

  test.each([
    ["Webhook signature verification will come in a follow-up PR", "webhook-signature"],
    ["Idempotency keys for charges later", "charge-idempotency"],
    ["We'll add reconciliation after launch", "reconciliation"],
    ["Deduplicating webhook events: TBD", "payment-event-dedupe"],
    ["Skipping 3-D Secure for now", "strong-authentication"],
    ["Double-entry ledger in the next PR", "ledger-entries"],
    ["The kill switch can wait", "kill-switch"],
    ["We will handle disputes next quarter", "disputes"],
    ["Tokenising card data will be done in v2", "card-data"],
    ["Let's worry about over-refunds later", "refund-bounds"],
    ["No rounding rule for now", "rounding"],
    ["Handling charges of unknown outcome is deferred", "unknown-outcome"],
    ["We will validate the amount later", "server-side-price"],
    ["Moving keys to a secret manager next sprint", "payment-keys"],
    ["Runbook for duplicate charges in a follow-up", "payment-runbook"],
    ["Retries with backoff later", "retry-backoff"],
    ["We will add timeouts in a follow-up PR", "timeouts"],
  ])("%s", (body, requirement) => {
    expect(inPayments(body)).toContainEqual(expect.objectContaining({ id: "add-reliability-later", blocks: true, requirement }));
  });

  test.each([
    "Refunds will come in a follow-up PR",
    "Support for EUR and JPY later",
    "Adding PayPal in the next PR",
    "Annual billing in v2",
    "The payment is captured later, when the order ships",
    "Funds settle two days later",
    "The subscription renews one month later",
    "Invoice page styling next sprint",
    "Multi-currency price list in the next PR",
    "Docs for the webhook signature later",
    "Gift cards can wait",
    "More prices will be added later",
  ])("a feature that is not built yet is none: %s", (body) => {
    expect(inPayments(body).filter((flag) => flag.blocks)).toEqual([]);
  });

  test("elsewhere they are not asked for", () => {
    expect(inBody("We'll add reconciliation after launch")).toEqual([]);
  });
});

describe("what is no deferral of reliability", () => {
  test.each([
    "We will add tests later",
    "Docs later",
    "Tests for the retry logic in a follow-up",
    "The client should retry later",
    "Returns 503 so callers can try again later",
    "> we will add retries later",
    "`TODO: timeouts later`",
    "```\n// TODO: retries later\n```",
    "<!-- we will add retries later -->",
    '"we will add retries later" is what we do not want',
    "We are not deferring timeouts; they are in this PR",
    "Implements the follow-up: timeouts",
    "Purges soft-deleted rows 90 days later",
    "Refactoring the logger later",
    "The message is redelivered 5 minutes later",
    "I will update the README for rate limits later",
    "UI for the audit log will be added later",
    "Login page styling next sprint",
    "Deferred jobs run in Sidekiq with 3 retries",
    'Cannot defer reliability requirements. 80% of "later" items never get added',
  ])("%s", (body) => {
    expect(inBody(body).filter((flag) => flag.blocks)).toEqual([]);
  });
});

describe("the other thoughts are answered and do not block", () => {
  test.each([
    ["That edge case is unlikely", "edge-case-unlikely"],
    ["This should never happen in practice", "edge-case-unlikely"],
    ["A circuit breaker is overkill here", "circuit-breaker-overkill"],
    ["customer needs it in 3 days", "customer-deadline"],
    ["There is a hard deadline on Friday", "customer-deadline"],
  ])("%s", (body, id) => {
    expect(inBody(body)).toMatchObject([{ id, blocks: false }]);
  });
  test("a denial is no thought", () => {
    expect(inBody("A circuit breaker is not overkill here")).toEqual([]);
  });
});

describe("comments", () => {
  test("are answered and never block", () => {
    const comments = [{ author: "dana", body: "we can add retries later", at: "2026-01-01T00:00:00Z" }];
    expect(findRedFlags({ title: "", body: "", comments }, [backendReliability])).toMatchObject([{ where: "comment", blocks: false }]);
  });
  test.each([
    ["enforcer[bot]", "we will add retries later"],
    ["dana", "/accept-risk\nretries later"],
  ])("by %s: %s is not looked at", (author, body) => {
    expect(findRedFlags({ title: "", body: "", comments: [{ author, body, at: "2026-01-01T00:00:00Z" }] }, [backendReliability])).toEqual(
      [],
    );
  });
});
