import type { Requirement } from "../src/rubrics/requirement.ts";
import type { Rubric } from "../src/rubrics/rubric.ts";
import type { Rule } from "../src/rubrics/rule.ts";

function cell(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|").trim();
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(" | ")} |\n`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(header), `|${"---|".repeat(header.length)}\n`, ...rows.map(row)].join("");
}

/** A rule's id as a link to its page, seen from the repository's root. */
function ruleLink({ id }: Rule): string {
  return `[${id}](docs/rules/${id}.md)`;
}

/** The title of a requirement's section. */
export function sectionTitleOf(rubric: Rubric, { section }: Requirement): string {
  return rubric.sections.find(({ id }) => id === section)?.title ?? section;
}

/** Every requirement of a rubric in reading order: what it is, the reference the template shows, the rules that read the diff for it. */
export function renderRequirementsTable(rubric: Rubric, rules: readonly Rule[]): string {
  const rows = rubric.requirements.map((requirement) => [
    sectionTitleOf(rubric, requirement),
    `\`${requirement.id}\``,
    requirement.reference,
    rules
      .filter((rule) => rule.requirement === requirement.id)
      .map(ruleLink)
      .join(", "),
  ]);
  return table(["section", "requirement", "reference in the template", "rules on the diff"], rows);
}

/** Every rule in catalogue order: what must hold, for which requirement, and whether it blocks. */
export function renderRulesTable(rules: readonly Rule[]): string {
  return table(
    ["rule", "requirement", "severity", "what must hold"],
    rules.map((rule) => [ruleLink(rule), `\`${rule.requirement}\``, rule.severity, rule.title]),
  );
}
