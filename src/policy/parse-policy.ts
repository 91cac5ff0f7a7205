import type { Policy, PolicyProblem } from "../model/policy.ts";
import { DEFAULT_POLICY } from "../model/policy.ts";
import { completePolicy } from "./complete-policy.ts";
import { findPolicyMistakes, findUnknownRules } from "./find-policy-mistakes.ts";
import { policyFileSchema } from "./policy-schema.ts";
import { readYaml } from "./read-yaml.ts";

/** A policy and what is wrong with its source. */
export interface ParsedPolicy {
  readonly policy: Policy;
  /** In the order of the text. Empty when the source is valid. */
  readonly problems: readonly PolicyProblem[];
}

const MAX_PROBLEMS = 20;

/**
 * Reads a policy file. An empty file is the default policy.
 *
 * Never throws. With any problem the whole file counts for nothing: `policy` is then `DEFAULT_POLICY`,
 * and a caller that has a last good version keeps that one in its place. At most 20 problems are named.
 *
 * @param path where the file is, as a reader may see it; echoed in every problem.
 * @param knownRules ids of the catalogue's rules; a setting for any other id is a problem. Empty: ids are only looked at for their form.
 */
export function parsePolicy(yaml: string, path: string, knownRules: readonly string[] = []): ParsedPolicy {
  const reading = readYaml(yaml);
  if (reading.mistakes.length > 0) {
    return { policy: DEFAULT_POLICY, problems: reading.mistakes.map(({ line, column, message }) => ({ path, line, column, message })) };
  }
  const value = reading.value ?? {};
  const parsed = policyFileSchema.safeParse(value);
  const mistakes = parsed.success ? findUnknownRules(parsed.data.rules, knownRules) : findPolicyMistakes(parsed.error.issues, value);
  if (parsed.success && mistakes.length === 0) return { policy: completePolicy(parsed.data), problems: [] };
  const problems = mistakes
    .map((mistake) => ({ path, ...reading.locate(mistake.keyPath, mistake.atKey), message: mistake.message }))
    .toSorted((one, other) => one.line - other.line || one.column - other.column);
  return { policy: DEFAULT_POLICY, problems: problems.slice(0, MAX_PROBLEMS) };
}
