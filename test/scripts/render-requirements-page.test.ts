import { describe, expect, test } from "vitest";
import { OUT_OF_SIGHT } from "../../scripts/out-of-sight.ts";
import { renderRequirementsPage } from "../../scripts/render-requirements-page.ts";
import { backendReliability } from "../../src/rubrics/backend-reliability/index.ts";
import { backendReliabilityRules } from "../../src/rubrics/backend-reliability/rules.ts";

const page = renderRequirementsPage(backendReliability, backendReliabilityRules, OUT_OF_SIGHT);

/** The part of the page about one requirement. */
function partOf(id: string): string {
  return page.split("\n### ").find((part) => part.split("\n")[0]?.endsWith(`(\`${id}\`)`)) ?? "";
}

describe.each(backendReliability.requirements.map((requirement) => [requirement.id, requirement] as const))("%s", (id, requirement) => {
  test("has the example of a plan, what the plan is asked for, and what neither shows", () => {
    const part = partOf(id);
    expect(part).toContain(`> ${requirement.goodExample}`);
    expect(part).toContain(requirement.hints?.numbers.ask ?? requirement.question);
    expect(part).toContain(`**Neither can show.** ${OUT_OF_SIGHT[id] ?? "missing"}`);
  });

  test("links every rule that reads the diff for it, or says that none does", () => {
    const part = partOf(id);
    const own = backendReliabilityRules.filter((rule) => rule.requirement === id);
    expect([...part.matchAll(/\(rules\/([\w-]+)\.md\) \(\w+\)/g)].map(([, rule]) => rule)).toEqual(own.map((rule) => rule.id));
    expect(part.includes("this is not in the code")).toBe(own.length === 0);
  });
});

test("stands in reading order, section by section", () => {
  const titles = [...page.matchAll(/^##+ (.*)$/gm)].map(([, title]) => title);
  const expected = backendReliability.sections.flatMap((section) => [
    section.title,
    ...backendReliability.requirements.filter((r) => r.section === section.id).map((r) => `${r.title} (\`${r.id}\`)`),
  ]);
  expect(titles).toEqual(expected);
});

test("refuses a requirement of which nothing says what cannot be shown", () => {
  const { runbook: _, ...others } = OUT_OF_SIGHT;
  expect(() => renderRequirementsPage(backendReliability, [], others)).toThrow("runbook");
});

test("speaks of no requirement that there is not", () => {
  const ids = new Set<string>(backendReliability.requirements.map(({ id }) => id));
  expect(Object.keys(OUT_OF_SIGHT).filter((id) => !ids.has(id))).toEqual([]);
});
