import type { Policy } from "../model/policy.ts";

/** Who may sign for a risk, as one phrase: "@acme/architects, or a person with the role admin or maintain". */
export function describeDecisionMakers(makers: Policy["decisionMakers"]): string {
  const named = [...makers.teams, ...makers.users].map((name) => `@${name.replace(/^@/, "")}`);
  const roles = makers.roles.length > 0 ? [`a person with the role ${makers.roles.join(" or ")}`] : [];
  const all = [...named, ...roles];
  if (all.length === 0) return "nobody: set decision-makers in .github/backend-reliability.yml";
  return all.length === 1 ? all.join("") : `${all.slice(0, -1).join(", ")} or ${all.at(-1)}`;
}
