import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { judgeItem } from "../../../src/grade/judge-item.ts";
import { BACKEND_REQUIREMENTS, BACKEND_SECTIONS } from "../../../src/model/requirement-id.ts";
import { backendReliability } from "../../../src/rubrics/backend-reliability/index.ts";

describe("the catalogue", () => {
  test("has the 25 requirements in reading order, five a section", () => {
    expect(backendReliability.requirements.map((one) => one.id)).toEqual([...BACKEND_REQUIREMENTS]);
    expect(backendReliability.sections.map((one) => one.id)).toEqual([...BACKEND_SECTIONS]);
    for (const section of BACKEND_SECTIONS)
      expect(backendReliability.requirements.filter((one) => one.section === section)).toHaveLength(5);
  });
  test.each(backendReliability.requirements.map((one) => [one.id, one] as const))("%s has its own file under its section", (id, one) => {
    const file = new URL(`../../../src/rubrics/backend-reliability/${one.section}/${id}/${id}.ts`, import.meta.url);
    expect(readFileSync(file, "utf8")).toContain(`id: "${id}"`);
  });
  test.each(backendReliability.requirements.map((one) => [one.id, one] as const))(
    "%s: its good example is specific and about it, its bad one is not specific",
    (id, one) => {
      expect(judgeItem(one.goodExample, backendReliability, [])).toMatchObject({ specific: true, requirement: id });
      expect(judgeItem(one.badExample, backendReliability, [])).toMatchObject({ specific: false, requirement: id });
    },
  );
  test.each(backendReliability.requirements.map((one) => [one.id, one] as const))("%s asks a question and says why", (_, one) => {
    expect(one.question).toMatch(/\?$/u);
    expect(one.label.split(" ").length).toBeLessThanOrEqual(3);
    for (const text of [one.title, one.reference, one.why, one.fix, one.source]) expect(text.length).toBeGreaterThan(2);
    expect(one.hints).toBeDefined();
  });
  test("no two sections share a synonym", () => {
    const names = backendReliability.sections.flatMap((section) => [section.title.toLowerCase(), ...section.synonyms]);
    expect(names.length).toBe(new Set(names).size);
  });
});
