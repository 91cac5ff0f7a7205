import type { Requirement } from "../src/rubrics/requirement.ts";
import type { Rubric } from "../src/rubrics/rubric.ts";
import type { Rule } from "../src/rubrics/rule.ts";

/** Shown where no rule reads the diff for a requirement. */
const NO_RULE = "Nothing: this is not in the code. The plan alone speaks of it.";

/**
 * The page that says, for every requirement in reading order, what a plan must show, what code can show and what neither can.
 * `outOfSight` holds the last by requirement id; throws when one is missing.
 */
export function renderRequirementsPage(rubric: Rubric, rules: readonly Rule[], outOfSight: Readonly<Record<string, string>>): string {
  const sections = rubric.sections.map(({ id, title }) => {
    const own = rubric.requirements.filter((requirement) => requirement.section === id);
    return [`## ${title}`, ...own.map((requirement) => renderRequirement(requirement, rules, outOfSight[requirement.id]))].join("\n\n");
  });
  return [
    "<!-- Made from the requirements and the rules by `npm run generate`: edit those, not this page. -->",
    `# The ${rubric.requirements.length} requirements`,
    "A plan is a promise and a diff is code. Some things only the plan can say, some only the code, and some neither: those are named here so that nobody takes a green check for a proof of them.",
    "Rules read TypeScript and JavaScript. A finding marked *blocking* is sure from the syntax; an *advisory* one is an inference, and says what it did not follow. Code in other languages is named in the check, not read.",
    ...sections,
  ]
    .join("\n\n")
    .concat("\n");
}

function renderRequirement(requirement: Requirement, rules: readonly Rule[], beyond: string | undefined): string {
  if (beyond === undefined) throw new Error(`nothing says what plan and code cannot show of ${requirement.id}`);
  const own = rules.filter((rule) => rule.requirement === requirement.id);
  return [
    `### ${requirement.title} (\`${requirement.id}\`)`,
    requirement.question,
    `**The plan must show** a number, a tool and an outcome${asksOf(requirement)}. Reference: ${requirement.reference}. For example:`,
    `> ${requirement.goodExample}`,
    `**Code can show**${own.length === 0 ? `: ${NO_RULE}` : ""}`,
    ...(own.length === 0 ? [] : [own.map((rule) => `- ${rule.title}: [${rule.id}](rules/${rule.id}.md) (${rule.severity})`).join("\n")]),
    `**Neither can show.** ${beyond}`,
  ].join("\n\n");
}

/** The three questions that an author is asked when a part is missing. */
function asksOf({ hints }: Requirement): string {
  return hints ? `: ${hints.numbers.ask}; ${hints.tools.ask}; ${hints.outcome.ask}` : "";
}
