import type { Rule } from "../src/rubrics/rule.ts";

/** The module that names every rule without loading one. */
export function renderKnownRules(rules: readonly Rule[]): string {
  return `// Written by \`npm run generate\`: the rules themselves bring the compiler with them, and a command that only asks for their names need not wait for it.

/** Ids of every rule in catalogue order; a policy that names another has a mistake. */
export const KNOWN_RULES: readonly string[] = [
${rules.map(({ id }) => `  "${id}",\n`).join("")}];
`;
}
