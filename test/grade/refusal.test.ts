import { describe, expect, test } from "vitest";
import { isQuestion, refusal } from "../../src/grade/refusal.ts";

describe("items that refuse or put off their work", () => {
  test.each([
    ["N/A", "it says that this is not done"],
    ["Not needed for this endpoint", "it says that this is not done"],
    ["Circuit breaker: not needed", "it says that this is not done"],
    ["Tracing is not implemented yet", "it says that this is not done"],
    ["We don't need retries", "it says that this is not done"],
    ["A breaker is overkill", "it says that this is not done"],
    ["TBD", "it puts the work off"],
    ["Retries: TBD", "it puts the work off"],
    ["Rate limiting: later", "it puts the work off"],
    ["Axios timeout of 10s will be added later", "it puts the work off"],
    ["Runbook in a follow-up PR", "it puts the work off"],
    ["Dashboards out of scope", "it puts the work off"],
    ["Encryption deferred to v2", "it puts the work off"],
    ["Add alerts later", "it puts the work off"],
    ["Alerts go to Slack, and somebody adds the dashboard later", "it puts the work off"],
    ["p-retry with 3 tries, so we can tune the delays later", "it puts the work off"],
    ["Tracing after launch", "it puts the work off"],
  ])("%s", (text, why) => {
    expect(refusal(text)).toBe(why);
  });
});

describe("items that only use the same words", () => {
  test.each([
    "Skip retries on 4xx",
    "Will not log passwords",
    "Nothing is logged about cards",
    "Future timestamps are rejected with 400",
    "Later duplicates are dropped",
    "Events not yet processed are replayed after a restart",
    "A backlog above 1000 pages the on-call",
    "A token is not required on /health, every other route answers 401",
    "Media types that are not supported get 415",
    "The password is not included in any response",
    "Callers get 503 and try again later",
    "On timeout the record is marked UNKNOWN so the reconciler asks the bank later",
    "The job runs again 5 minutes later",
    "Foreign keys are DEFERRABLE INITIALLY DEFERRED",
    "Out-of-scope requests get 403",
    "Eventually consistent reads are retried once",
    "Optional fields default to null, unknown ones are rejected",
    "The next request over the limit gets 429",
  ])("%s", (text) => {
    expect(refusal(text)).toBeNull();
  });
});

test("questions are told from statements", () => {
  expect(isQuestion("Should we retry?")).toBe(true);
  expect(isQuestion("Retry on 503 (ok?)")).toBe(true);
  expect(isQuestion("When the queue is full, callers get 503")).toBe(false);
});
