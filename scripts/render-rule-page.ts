import type { Rubric } from "../src/rubrics/rubric.ts";
import type { Rule } from "../src/rubrics/rule.ts";
import { sectionTitleOf } from "./render-tables.ts";

const ROLES = {
  server: "server code",
  script: "scripts and configuration",
  browser: "browser code",
  test: "tests",
  generated: "generated code",
};

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A code block whose fence is longer than any in the code. */
function codeBlock(language: string, code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${code.trimEnd()}\n${fence}`;
}

function whenWrong({ id, severity }: Rule): string {
  const comment = `In the code, on the line or above it, with a reason that a reviewer can read: \`// reliability-ignore ${id}: <reason>\`.`;
  const limit =
    severity === "blocking" ? " As the rule blocks, the comment counts only where the policy says `suppress-blocking: true`." : "";
  const policy = `For a whole repository, in its policy: \`rules: { ${id}: ${severity === "blocking" ? "advisory" : "off"} }\`.`;
  return `${comment}${limit}\n\n${policy}`;
}

/** The documentation page of a rule, made from the rule alone. */
export function renderRulePage(rule: Rule, rubric: Rubric): string {
  const requirement = rubric.requirements.find(({ id }) => id === rule.requirement);
  const section = requirement ? ` (${sectionTitleOf(rubric, requirement)})` : "";
  const looksAt = (rule.roles ?? ["server"]).map((role) => ROLES[role]).join(", ");
  return [
    "<!-- Made from the rule by `npm run generate`: edit the rule, not this page. -->",
    `# ${rule.id}`,
    sentence(rule.title),
    [
      `- Requirement: \`${rule.requirement}\`${section}`,
      `- Severity: ${rule.severity}`,
      `- Reads: ${looksAt} in TypeScript and JavaScript`,
      ...(rule.comparesWithBase
        ? ["- Compares the file with what it was before the change: in the samples, lines marked `removed` stood there"]
        : []),
      ...(rule.needsWholeFile ? ["- Needs the whole file; silent where only a patch is known"] : []),
    ].join("\n"),
    "## Why",
    sentence(rule.why),
    "## Fix",
    sentence(rule.fix),
    "## Found",
    codeBlock("ts", rule.examples.bad),
    "## Not found",
    codeBlock("ts", rule.examples.good),
    "## When it is wrong here",
    whenWrong(rule),
    `Source: ${sentence(rule.source)}\n`,
  ].join("\n\n");
}
