import { describe, expect, it } from "vitest";
import { planKey, plansOfOtherChanges } from "../../src/grade/earned-plans.ts";
import { gradePlan } from "../../src/grade/grade-plan.ts";
import { DEFAULT_POLICY } from "../../src/model/policy.ts";
import { backendReliability } from "../../src/rubrics/backend-reliability/index.ts";
import { readStoryText } from "../support/demo/story-files.ts";

const PLAN = readStoryText("carrier-quotes", "specific-plan.md");
const grade = (body: string, earnedPlans: Parameters<typeof gradePlan>[0]["earnedPlans"] = []) =>
  gradePlan({
    body,
    identity: "acme/api#9",
    rubric: backendReliability,
    thresholds: DEFAULT_POLICY.thresholds,
    openItems: "show",
    tools: [],
    earnedPlans,
  });
const items = grade(PLAN).items.filter(({ counted }) => counted);
const earned = { number: 7, paths: ["src/rates.ts"], keys: items.map(planKey) };
const countedIn = (body: string) => grade(body, [earned]).items.filter(({ counted }) => counted).length;
const file = (path: string) => ({ path, status: "modified" as const, additions: 1, deletions: 0 });

describe("a plan that stands word for word in another pull request's", () => {
  it("counts no item of it, and names the other", () => {
    const again = grade(PLAN, [earned]).items.filter(({ whyNot }) => whyNot?.includes("#7"));
    expect(again).toHaveLength(items.length);
  });

  it("is recognised with other marks, case and list signs", () => {
    expect(
      countedIn(
        PLAN.replaceAll("- [ ]", "*")
          .replaceAll("- [x]", "*")
          .replaceAll(/(?<=\* )(\w)/g, (letter) => letter.toUpperCase()),
      ),
    ).toBe(0);
  });

  it("counts whole once a good part of it is about this change", () => {
    let place = 0;
    const own = PLAN.replaceAll(/^(\s*[-*] (?:\[[ x]\] )?)(.+)$/gm, (line, mark: string, text: string) =>
      (place += 1) % 2 === 0 ? `${mark}For refunds: ${text}` : line,
    );
    expect(countedIn(own)).toBe(grade(own).items.filter(({ counted }) => counted).length);
  });
});

describe("the earned plans that may not serve again", () => {
  it.each([
    ["are those of a change of other files", ["src/a.ts", "src/b.ts"], ["src/c.ts"], true],
    ["are those of a change that has one file of many in common", ["src/a.ts", "src/b.ts"], ["src/b.ts", "src/c.ts"], true],
    ["are not the first of a backport", ["src/a.ts", "src/b.ts"], ["src/a.ts", "src/b.ts"], false],
    ["are not the first of a change that goes on in the same files", ["src/a.ts"], ["src/a.ts", "src/b.ts", "src/c.ts"], false],
  ])("%s", (_name, paths, own, isOther) => {
    const found = plansOfOtherChanges({ files: own.map(file), earnedPlans: [{ number: 7, paths, keys: [] }] });
    expect(found.length === 1).toBe(isOther);
  });
});
