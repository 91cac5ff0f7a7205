import { describe, expect, it } from "vitest";
import { parseMitigation } from "../../src/risks/parse-mitigation.ts";

describe("an interim mitigation", () => {
  it.each([
    "10 req/min",
    "Max 50 requests per minute per tenant",
    "no more than 100 users",
    "10 req/min limit without a rota",
    "callers cannot exceed 50 per minute",
    "Rate limited to 10-20 req/min",
    "Canary at 5% until fixed",
    "opened to 5% of users",
    "only 3 merchants",
    "1k calls per tenant a minute",
    "24/7 on-call by @erin",
    "on-call: @acme/payments-sre",
    "Feature flag new-ledger, owner: Erin Miller",
    "Kill switch: Erin is called, off within 5 minutes",
    "Roll back within 10 min if p99 is over 2 s",
    "@erin watches the queue every 30 min",
    "10 req/min at the gateway; a lower limit may follow later",
  ])("is stated by %j", (text) => {
    expect(parseMitigation(text)).toEqual({ mitigation: text });
  });

  it.each([
    ["", "missing"],
    ["__", "missing"],
    ["we will be careful", "no-measure"],
    ["monitor closely", "no-measure"],
    ["none", "no-measure"],
    ["we are 100% confident", "no-measure"],
    ["2 people have reviewed it", "no-measure"],
    ["@erin knows about it", "no-measure"],
    ["no rate limit, 10 users know", "no-measure"],
    ["without any on-call by @erin", "no-measure"],
    ["we do not need a kill switch by @erin", "no-measure"],
    ["reduced traffic limits", "no-number-or-owner"],
    ["24/7 on-call", "no-number-or-owner"],
    ["kill switch, see #123", "no-number-or-owner"],
    ["flag payments-v2", "no-number-or-owner"],
    ["on-call until 2027-01-15", "no-number-or-owner"],
    ["TBD", "vague"],
    ["limits later", "vague"],
    ["10 req/min later", "vague"],
    ["on-call by @erin if needed", "vague"],
    [`10 req/min ${"x".repeat(2_000)}`, "too-long"],
  ])("is not stated by %.60j: %s", (text, problem) => {
    expect(parseMitigation(text)).toMatchObject({ problem });
  });

  it("comes back on one line", () => {
    expect(parseMitigation("10 req/min\n  at the gateway")).toEqual({ mitigation: "10 req/min at the gateway" });
  });
});
