import { describe, expect, it } from "vitest";
import { parseAcceptedBy } from "../../src/risks/parse-accepted-by.ts";

describe("who accepts the risk", () => {
  it.each([
    ["@dana", ["dana"]],
    ["dana", ["dana"]],
    ["`@dana` (CTO).", ["dana"]],
    ["[@dana](https://github.com/dana)", ["dana"]],
    ["@dana and @erin_acme", ["dana", "erin_acme"]],
    ["@Dana, @dana", ["dana"]],
  ])("is read from %j", (text, logins) => {
    expect(parseAcceptedBy(text)).toEqual({ logins });
  });

  it.each([
    ["@__", "missing"],
    ["", "missing"],
    ["Dana Miller", "not-a-login"],
    ["dana@example.com", "not-a-login"],
    ["https://github.com/dana", "not-a-login"],
    ["@login", "not-a-login"],
    ["me", "not-a-login"],
    ["everyone except @dana", "not-a-login"],
    ["@d\u0430na", "not-a-login"],
    ["@-dana", "not-a-login"],
    ["@acme/architects", "team"],
    ["@dana and @acme/architects", "team"],
    ["@dependabot[bot]", "bot"],
    ["@dana @erin @finn", "several"],
  ])("is not read from %j: %s", (text, problem) => {
    expect(parseAcceptedBy(text)).toEqual({ problem });
  });
});
