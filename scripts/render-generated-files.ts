import { buildPolicyJsonSchema } from "../src/policy/policy-json-schema.ts";
import { backendReliability } from "../src/rubrics/backend-reliability/index.ts";
import { allRules } from "../src/rubrics/all-rules.ts";
import { backendReliabilityRules } from "../src/rubrics/backend-reliability/rules.ts";
import { paymentOperations } from "../src/rubrics/payment-operations/index.ts";
import { paymentOperationsRules } from "../src/rubrics/payment-operations/rules.ts";
import { OUT_OF_SIGHT } from "./out-of-sight.ts";
import { renderExcerpt } from "./render-excerpt.ts";
import { renderKnownRules } from "./render-known-rules.ts";
import { renderRequirementsPage } from "./render-requirements-page.ts";
import { renderRulePage } from "./render-rule-page.ts";
import { renderRequirementsTable, renderRulesTable } from "./render-tables.ts";
import { replacePart } from "./replace-part.ts";

/** Folder that holds generated pages and nothing else. */
export const RULE_PAGES = "docs/rules";

/** Every generated file by its path from the root, given the README as it stands. Rejects when the README lacks its markers. */
export async function renderGeneratedFiles(readme: string): Promise<ReadonlyMap<string, string>> {
  const parts = [
    ["excerpt", await renderExcerpt()],
    ["requirements", renderRequirementsTable(backendReliability, backendReliabilityRules)],
    ["payment-requirements", renderRequirementsTable(paymentOperations, paymentOperationsRules)],
    ["rules", renderRulesTable(allRules)],
  ] as const;
  return new Map([
    ["schema/backend-reliability.schema.json", `${JSON.stringify(buildPolicyJsonSchema(), null, 2)}\n`],
    ["src/cli/known-rules.ts", renderKnownRules(allRules)],
    ["README.md", parts.reduce((text, [name, part]) => replacePart(text, name, part), readme)],
    ["docs/requirements.md", renderRequirementsPage(backendReliability, backendReliabilityRules, OUT_OF_SIGHT)],
    ...backendReliabilityRules.map((rule) => [`${RULE_PAGES}/${rule.id}.md`, renderRulePage(rule, backendReliability)] as const),
    ...paymentOperationsRules.map((rule) => [`${RULE_PAGES}/${rule.id}.md`, renderRulePage(rule, paymentOperations)] as const),
  ]);
}
