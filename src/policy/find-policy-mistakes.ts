import { closestMatch } from "leven";
import type { z } from "zod";
import { POLICY_KEYS } from "./policy-schema.ts";
import { quoteValue } from "./quote-value.ts";

/** A mistake in a policy, at a key path. `atKey` when the key itself is wrong, not its value. */
export interface PolicyMistake {
  readonly keyPath: readonly PropertyKey[];
  readonly atKey: boolean;
  readonly message: string;
}

/** Beyond this the candidates are no longer what the writer meant. */
const MAX_EDITS = 3;

function nearest(found: string, candidates: readonly string[]): string | undefined {
  const asKey = found
    .slice(0, 100)
    .replaceAll(/([a-z])([A-Z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();
  return closestMatch(asKey, candidates, { maxDistance: Math.min(MAX_EDITS, Math.floor(asKey.length / 2)) });
}

function dotted(keyPath: readonly PropertyKey[]): string {
  return keyPath
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${quotedKey(String(key))}`))
    .join("")
    .replace(/^\./, "");
}

function quotedKey(key: string): string {
  return /^[a-z0-9-]{1,60}$/i.test(key) ? key : quoteValue(key).replaceAll("`", "");
}

function valueAt(value: unknown, keyPath: readonly PropertyKey[]): unknown {
  let current = value;
  for (const key of keyPath) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key)) return undefined;
    current = Reflect.get(current, key);
  }
  return current;
}

function unknownKey(parent: readonly PropertyKey[], key: string): PolicyMistake {
  const known = POLICY_KEYS.get(dotted(parent)) ?? [];
  const near = nearest(key, known);
  const elsewhere = [...POLICY_KEYS].find(([path, keys]) => path !== dotted(parent) && keys.includes(key))?.[0];
  const where = parent.length === 0 ? "" : ` under \`${dotted(parent)}\``;
  const hint = near
    ? ` Did you mean \`${near}\`?`
    : elsewhere === undefined
      ? ""
      : ` It belongs ${elsewhere === "" ? "at the top of the file" : `under \`${elsewhere}\``}.`;
  return {
    keyPath: [...parent, key],
    atKey: true,
    message: `unknown key ${quoteValue(key)}${where}; expected one of: ${known.join(", ")}.${hint}`,
  };
}

function mistakesOf(issue: z.core.$ZodIssue, value: unknown): readonly PolicyMistake[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(issue.path, key));
  const name = issue.path.length === 0 ? "the policy" : `\`${dotted(issue.path)}\``;
  if (issue.code === "invalid_key") {
    const expected = issue.issues[0]?.message ?? "another key";
    return [{ keyPath: issue.path, atKey: true, message: `${name} is not a key that can stand here; expected ${expected}.` }];
  }
  const found = valueAt(value, issue.path);
  const near = issue.code === "invalid_value" && typeof found === "string" ? nearest(found, issue.values.map(String)) : undefined;
  const hint = near ? ` Did you mean \`${near}\`?` : "";
  return [{ keyPath: issue.path, atKey: false, message: `${name}: found ${quoteValue(found)}; expected ${issue.message}.${hint}` }];
}

/** Puts the schema's complaints about a value into words: what was found, what was expected, and the nearest known name. */
export function findPolicyMistakes(issues: readonly z.core.$ZodIssue[], value: unknown): readonly PolicyMistake[] {
  return issues.flatMap((issue) => mistakesOf(issue, value));
}

/**
 * Rule settings whose id no rule of the catalogue has. An empty catalogue means that it is not known,
 * and nothing is reported.
 */
export function findUnknownRules(rules: Readonly<Record<string, unknown>>, knownRules: readonly string[]): readonly PolicyMistake[] {
  if (knownRules.length === 0) return [];
  const known = new Set(knownRules);
  return Object.keys(rules)
    .filter((id) => !known.has(id))
    .map((id) => {
      const near = closestMatch(id.slice(0, 100), knownRules, { maxDistance: 12 });
      return {
        keyPath: ["rules", id],
        atKey: true,
        message: `unknown rule ${quoteValue(id)} under \`rules\`; expected the id of a rule.${near ? ` Did you mean \`${near}\`?` : ""}`,
      };
    });
}
