import { DEFAULT_POLICY } from "../model/policy.ts";
import { completePolicy } from "./complete-policy.ts";
import type { PolicyMistake } from "./find-policy-mistakes.ts";
import { findPolicyMistakes, findUnknownRules } from "./find-policy-mistakes.ts";
import type { ParsedPolicy } from "./parse-policy.ts";
import { policyFileSchema } from "./policy-schema.ts";

const MAX_PROBLEMS = 20;
const REFUSED_KEYS = new Set(["__proto__", "prototype", "constructor"]);
const MAX_DEPTH = 8;

/** The first key that reaches a prototype, or null. Looks 8 levels deep, which is more than a valid policy has. */
function findRefusedKey(value: unknown, keyPath: readonly PropertyKey[]): PolicyMistake | null {
  if (typeof value !== "object" || value === null || keyPath.length > MAX_DEPTH) return null;
  for (const key of Reflect.ownKeys(value)) {
    const path = [...keyPath, key];
    if (REFUSED_KEYS.has(String(key))) {
      return { keyPath: path, atKey: true, message: `found the key \`${String(key)}\`, which is refused everywhere in a policy.` };
    }
    const inner = findRefusedKey(Reflect.get(value, key), path);
    if (inner) return inner;
  }
  return null;
}

function findMistakes(
  value: unknown,
  knownRules: readonly string[],
): { file?: ParsedPolicy["policy"]; mistakes: readonly PolicyMistake[] } {
  const refusedKey = findRefusedKey(value, []);
  if (refusedKey) return { mistakes: [refusedKey] };
  const parsed = policyFileSchema.safeParse(value);
  if (!parsed.success) return { mistakes: findPolicyMistakes(parsed.error.issues, value) };
  return { file: completePolicy(parsed.data), mistakes: findUnknownRules(parsed.data.rules, knownRules) };
}

/**
 * Reads the `policy` key of a JSON input: the same kebab-case shape as the policy file, as an object.
 * `undefined` is the default policy. Expects plain JSON values.
 *
 * Never throws on JSON values. With any problem `policy` is `DEFAULT_POLICY`. Lines and columns are 1:
 * the message names the key.
 *
 * @param path what the object is called towards the reader.
 * @param knownRules as in `parsePolicy`.
 */
export function parsePolicyObject(value: unknown, path = "policy", knownRules: readonly string[] = []): ParsedPolicy {
  if (value === undefined) return { policy: DEFAULT_POLICY, problems: [] };
  const { file, mistakes } = findMistakes(value, knownRules);
  if (file && mistakes.length === 0) return { policy: file, problems: [] };
  return {
    policy: DEFAULT_POLICY,
    problems: mistakes.slice(0, MAX_PROBLEMS).map(({ message }) => ({ path, line: 1, column: 1, message })),
  };
}
