import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBudget } from "../../src/risks/parse-budget.ts";

describe("a budget", () => {
  it.each([
    ["2 engineer-weeks", 2],
    ["1.5 ew", 1.5],
    ["1,5 engineer weeks", 1.5],
    ["10 person-days", 2],
    ["3 dev days", 0.6],
    ["80 engineer-hours", 2],
    ["two engineer weeks", 2],
    ["half an engineer-week", 0.5],
    ["an engineer-week", 1],
    ["2 engineers for 3 weeks", 6],
    ["one engineer, 2 weeks", 2],
    ["2 engineer-weeks (10 person-days)", 2],
    ["about 2 man-weeks, see PROJ-123", 2],
    ["52 engineer-weeks", 52],
    ["0.1 ew", 0.1],
  ])("of %j is %d engineer-weeks", (text, engineerWeeks) => {
    expect(parseBudget(text, "budget")).toEqual({ engineerWeeks });
  });

  it.each([
    ["", "missing"],
    ["__ engineer-weeks", "missing"],
    ["a few engineer-weeks", "vague"],
    ["as needed", "vague"],
    ["enough", "vague"],
    ["Infinity engineer-weeks", "no-number"],
    ["2", "no-unit"],
    ["2 weeks", "no-unit"],
    ["1 person-month", "no-unit"],
    ["8 story points", "no-unit"],
    ["2 to 3 engineer-weeks", "several"],
    ["2 engineer-weeks + 3 person-days", "several"],
    ["1/2 engineer-week", "several"],
    ["1,500 engineer-weeks", "ambiguous"],
    ["0 engineer-weeks", "too-small"],
    ["0.05 ew", "too-small"],
    ["-1 ew", "too-small"],
    ["53 engineer-weeks", "too-large"],
    ["20 engineers for 3 weeks", "too-large"],
  ])("of %j is refused as %s", (text, problem) => {
    expect(parseBudget(text, "budget")).toMatchObject({ problem });
  });

  it.each(["Budget (engineer-weeks)", "engineer_weeks", "Person-weeks"])(
    "may be a bare number or plain weeks under the label %j",
    (label) => {
      expect(parseBudget("2", label)).toEqual({ engineerWeeks: 2 });
      expect(parseBudget("2 weeks", label)).toEqual({ engineerWeeks: 2 });
    },
  );

  it("is within its bounds whatever the text, and never throws", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.constantFrom("2", "-", "1e9", ".", ",", " engineer-weeks", " ew", " days", "engineers for "),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.constantFrom("budget", "engineer-weeks"), (pieces, label) => {
        const result = parseBudget(pieces.join("").slice(0, 300), label);
        if ("problem" in result) return;
        expect(result.engineerWeeks >= 0.1 && result.engineerWeeks <= 52).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
