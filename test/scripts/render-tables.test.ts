import { expect, it } from "vitest";
import { renderRequirementsTable, renderRulesTable } from "../../scripts/render-tables.ts";
import { backendReliability } from "../../src/rubrics/backend-reliability/index.ts";
import { backendReliabilityRules } from "../../src/rubrics/backend-reliability/rules.ts";

const [rule] = backendReliabilityRules;

it("has a row for each requirement, with its section and its rules", () => {
  const rows = renderRequirementsTable(backendReliability, rule ? [rule] : [])
    .trimEnd()
    .split("\n");
  expect(rows).toHaveLength(2 + 25);
  const own = rows.find((row) => row.includes(`\`${rule?.requirement}\``));
  expect(own).toContain(`[${rule?.id}](docs/rules/${rule?.id}.md)`);
  expect(rows.filter((row) => row.includes("docs/rules/"))).toHaveLength(1);
});

it("keeps a cell in its cell", () => {
  const table = renderRulesTable(rule ? [{ ...rule, title: "a | b\nc" }] : []);
  expect(table.split("\n")[2]).toMatch(/\| a \\\| b c \|$/);
});
