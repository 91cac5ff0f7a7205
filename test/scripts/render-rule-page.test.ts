import { expect, it } from "vitest";
import { renderRulePage } from "../../scripts/render-rule-page.ts";
import { backendReliability } from "../../src/rubrics/backend-reliability/index.ts";
import { backendReliabilityRules } from "../../src/rubrics/backend-reliability/rules.ts";
import type { Rule } from "../../src/rubrics/rule.ts";

const [first] = backendReliabilityRules;
if (!first) throw new Error("the catalogue has no rule");
const rule: Rule = {
  ...first,
  severity: "blocking",
  roles: ["server", "script"],
  examples: { bad: "const a = `x`;\n", good: "const md = '````';\n" },
};

it("says all a reader needs to agree, disagree or silence it", () => {
  const page = renderRulePage(rule, backendReliability);
  for (const text of [rule.why, rule.fix, rule.examples.bad, rule.source, "Reads: server code, scripts and configuration"])
    expect(page).toContain(text.trim());
  expect(page).toContain(`// reliability-ignore ${rule.id}: <reason>`);
  expect(page).toContain("suppress-blocking: true");
  expect(page.endsWith("\n")).toBe(true);
});

it("fences code that has fences of its own", () => {
  expect(renderRulePage(rule, backendReliability)).toContain("`````ts\nconst md = '````';\n`````");
});

it("says less of a rule that does not block", () => {
  const page = renderRulePage({ ...rule, severity: "advisory", needsWholeFile: true }, backendReliability);
  expect(page).not.toContain("suppress-blocking");
  expect(page).toContain(`rules: { ${rule.id}: off }`);
  expect(page).toContain("Needs the whole file");
});
