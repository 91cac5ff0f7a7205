import type { Policy, Thresholds } from "../model/policy.ts";
import type { PolicyFile } from "./policy-schema.ts";

function thresholdsOf(file: PolicyFile["thresholds"]): Thresholds {
  return {
    totalItems: file["total-items"],
    sectionItems: file["section-items"],
    numbersPercent: file["numbers-percent"],
    toolsPercent: file["tools-percent"],
    outcomesPercent: file["outcomes-percent"],
    unsurePercent: file["unsure-percent"],
    passing: file.passing,
  };
}

function withoutAt(names: readonly string[]): readonly string[] {
  return names.map((name) => name.replace(/^@/, ""));
}

/** Turns a valid policy file into the record the stages know. A leading `@` of logins and teams is dropped. */
export function completePolicy(file: PolicyFile): Policy {
  const makers = file["decision-makers"];
  return {
    mode: file.mode,
    thresholds: thresholdsOf(file.thresholds),
    paymentThresholds: thresholdsOf(file["payment-thresholds"]),
    openItems: file["open-items"],
    paths: file.paths,
    words: file.words,
    tools: file.tools,
    rules: file.rules,
    suppressBlocking: file["suppress-blocking"],
    decisionMakers: { users: withoutAt(makers.users), teams: withoutAt(makers.teams), roles: makers.roles },
    horizonDays: file["horizon-days"],
    exemptAuthors: withoutAt(file["exempt-authors"]),
    comment: file.comment,
  };
}
