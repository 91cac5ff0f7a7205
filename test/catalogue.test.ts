import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BACKEND_REQUIREMENTS, BACKEND_SECTIONS, PAYMENT_REQUIREMENTS, PAYMENT_SECTIONS } from "../src/model/requirement-id.ts";
import { parsePolicyObject } from "../src/policy/parse-policy-object.ts";
import { backendReliability } from "../src/rubrics/backend-reliability/index.ts";
import { allRules } from "../src/rubrics/all-rules.ts";
import { paymentOperations } from "../src/rubrics/payment-operations/index.ts";

const root = join(import.meta.dirname, "..");
const rubrics = [backendReliability, paymentOperations];
const requirements = rubrics.flatMap((rubric) => rubric.requirements);
const sections = rubrics.flatMap((rubric) => rubric.sections);
const ruleIds = allRules.map(({ id }) => id);

/** The folder of a section, in that of its rubric. */
function folderOf(section: string): string {
  const rubric = rubrics.find((each) => each.sections.some(({ id }) => id === section));
  return join(root, "src/rubrics", rubric?.id ?? "", section);
}

/** `http-call-has-timeout` -> `httpCallHasTimeout`. */
const exportName = (id: string) => id.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const namesIn = (folder: string) => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : []);

async function exportsOf(section: string, requirement: string, file: string): Promise<Record<string, unknown>> {
  return (await import(join(folderOf(section), requirement, `${file}.ts`))) as Record<string, unknown>; // a module is a record of its exports
}

describe("the catalogue of requirements", () => {
  it("has the sections and the 25 and 21 requirements in reading order, each once", () => {
    expect(sections.map(({ id }) => id)).toEqual([...BACKEND_SECTIONS, ...PAYMENT_SECTIONS]);
    expect(requirements.map(({ id }) => id)).toEqual([...BACKEND_REQUIREMENTS, ...PAYMENT_REQUIREMENTS]);
  });

  it.each(requirements.map((requirement) => [requirement.id, requirement] as const))(
    "%s is its file and its export",
    async (id, requirement) => {
      expect((await exportsOf(requirement.section, id, id))[exportName(id)]).toBe(requirement);
    },
  );

  it("has no folder of a requirement that is not in it", () => {
    const folders = sections.flatMap(({ id }) =>
      readdirSync(folderOf(id), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name),
    );
    expect(folders.toSorted()).toEqual([...BACKEND_REQUIREMENTS, ...PAYMENT_REQUIREMENTS].toSorted());
  });
});

describe("the catalogue of rules", () => {
  it("names each rule once, in words of lower case joined by dashes", () => {
    expect(new Set(ruleIds).size).toBe(ruleIds.length);
    for (const id of ruleIds) expect(id).toMatch(/^[a-z]+(?:-[a-z0-9]+)+$/);
  });

  it("lists rules by section, and within it by requirement, in reading order", () => {
    const order = allRules.map(({ requirement }) => requirements.findIndex(({ id }) => id === requirement));
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(order).not.toContain(-1);
  });

  it.each(allRules.map((rule) => [rule.id, rule] as const))("%s has one name in all places", async (id, rule) => {
    const section = requirements.find((requirement) => requirement.id === rule.requirement)?.section ?? "";
    expect((await exportsOf(section, rule.requirement, id))[exportName(id)], "its file and its export").toBe(rule);
    const fixtures = namesIn(`fixtures/rules/${id}`);
    expect([fixtures.some((name) => name.startsWith("bad")), fixtures.some((name) => name.startsWith("good"))], "its fixtures").toEqual([
      true,
      true,
    ]);
    expect(namesIn("docs/rules"), "its page: npm run generate writes it").toContain(`${id}.md`);
    expect(readFileSync(join(root, "docs/rules", `${id}.md`), "utf8")).toContain(`\n# ${id}\n`);
    expect(readFileSync(join(root, "README.md"), "utf8"), "its row in the README").toContain(`[${id}](docs/rules/${id}.md)`);
    expect(parsePolicyObject({ rules: { [id]: "off" } }, "policy", ruleIds).problems, "its policy key").toEqual([]);
  });

  it("is all there is: no rule is written and not listed", async () => {
    const written: string[] = [];
    for (const { id: requirement, section } of requirements)
      for (const name of readdirSync(join(folderOf(section), requirement)))
        for (const exported of Object.values(await exportsOf(section, requirement, name.replace(/\.ts$/, ""))))
          if (typeof exported === "object" && exported !== null && "typescript" in exported && "id" in exported)
            written.push(String(exported.id));
    expect(written.toSorted()).toEqual(ruleIds.toSorted());
  });

  it("leaves no fixtures and no page of a rule that is gone", () => {
    expect(namesIn("fixtures/rules").filter((name) => !ruleIds.includes(name))).toEqual([]);
    expect(namesIn("docs/rules").filter((name) => !ruleIds.includes(name.replace(/\.md$/, "")))).toEqual([]);
  });
});
