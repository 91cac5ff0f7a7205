import { describe, expect, it } from "vitest";
import { findBlank } from "../../src/grade/find-blank.ts";
import { judgeItem } from "../../src/grade/judge-item.ts";
import { backendReliability } from "../../src/rubrics/backend-reliability/index.ts";

describe("a blank that is still to be filled in", () => {
  it.each([
    ["__", "__ failures"],
    ["___", "___ failures"],
    ["__ms", "__ms"],
    ["___", "`___` failures"],
    ["__", "\\_\\_ failures"],
    ["_", "_ failures"],
    ["<number>", "<number> failures"],
    ["<n>", "<n> failures"],
    ["<timeout>", "<timeout>"],
    ["<number>", "&lt;number&gt; failures"],
    ["[number]", "[number] failures"],
    ["{n}", "{n} failures"],
    ["{{limit}}", "{{limit}} failures"],
    ["N failures", "N failures"],
    ["X failures", "X failures"],
    ["n seconds", "n seconds"],
    ["x%", "x%"],
    ["XX", "XX ms"],
    ["xx ms", "xx ms"],
    ["NN", "NN failures"],
    ["?? failures", "?? failures"],
    ["? failures", "? failures"],
    ["... failures", "... failures"],
    ["… seconds", "… seconds"],
    ["# failures", "# failures"],
    ["[ ] failures", "[ ] failures"],
    ["%d failures", "%d failures"],
    ["TODO ms", "TODO ms"],
    ["TBD", "TBD failures"],
    ["tbc", "tbc"],
    ["to be agreed", "a count to be agreed"],
  ])("%s, so that the item is not specific in spite of its other numbers", (blank, words) => {
    const item = `- [ ] Opossum opens after ${words} within 10s, callers get 503 with {code}`;
    expect(findBlank(item)).toBe(blank);
    expect(judgeItem(item, backendReliability, []).missing).toContain("numbers");
  });

  it.each([
    "- [ ] `__init__` of the client sets 5s",
    "- [x] X-Request-Id is 1 UUID v4 per request",
    "SELECT ... FOR UPDATE holds the row for at most 2s",
    "No N+1 queries: at most 3 per request",
    "5xx above 1% pages; 2x the load for 10 min",
    "`Map<string, number>` holds 500 entries, `<id>` in the path is a UUID v4",
    "After N = 5 failures the circuit opens",
    "Payload is {count, value, time} within 200 ms",
    "`process_batch_` tables are dropped after 24h",
    "YYYY-MM-DD dates, answer 400 otherwise",
    "3 x 5 s between attempts",
  ])("none in: %s", (item) => {
    expect(findBlank(item)).toBeNull();
  });

  it("is quoted in the advice", () => {
    expect(judgeItem("axios gives up after N seconds, callers get 504", backendReliability, []).advice).toBe('fill in "N seconds"');
  });
});
