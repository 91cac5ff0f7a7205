import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { DEFAULT_POLICY } from "../../src/model/policy.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import { buildPolicyJsonSchema } from "../../src/policy/policy-json-schema.ts";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const validate = new Ajv({ strict: false }).compile(buildPolicyJsonSchema());
const reference = read("docs/policy.md");

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly default?: unknown;
  readonly description?: string;
}

/** Every key that holds a value, dotted, with its default. */
function leavesOf(node: Node, prefix: string): readonly [string, unknown][] {
  return Object.entries(node.properties ?? {}).flatMap(([key, inner]) =>
    inner.properties ? leavesOf(inner, `${prefix}${key}.`) : [[`${prefix}${key}`, inner.default]],
  );
}

describe("the JSON Schema of the policy", () => {
  it("accepts a complete policy and an empty one", () => {
    expect(validate(parse(read("fixtures/policies/complete.yml"))), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({})).toBe(true);
  });

  it.each([
    [{ mode: "off" }],
    [{ modes: "observe" }],
    [{ thresholds: { passing: 9 } }],
    [{ paths: { exclude: ["/src/**"] } }],
    [{ rules: { "catch-is-not-empty": "warn" } }],
    [{ rules: { timeouts: "off" } }],
    [{ "decision-makers": { roles: ["read"] } }],
    [{ "horizon-days": 400 }],
  ])("refuses %j", (policy) => {
    expect(validate(policy)).toBe(false);
  });

  it("describes every key", () => {
    const undescribed = (node: Node, name: string): readonly string[] => [
      ...(node.description ? [] : [name]),
      ...Object.entries(node.properties ?? {}).flatMap(([key, inner]) => undescribed(inner, `${name}.${key}`)),
    ];
    expect(undescribed(buildPolicyJsonSchema(), "policy")).toEqual([]);
  });
});

describe("docs/policy.md", () => {
  const rows = [...reference.matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|/gm)].map(([, key, , preset]) => [
    key,
    preset?.trim().replaceAll("`", ""),
  ]);

  it("lists every key of the schema with its default, in the same order, and no other", () => {
    const makers: Readonly<Record<string, unknown>> = { ...DEFAULT_POLICY.decisionMakers };
    const shown = (key: string, preset: unknown): string => {
      const value = key.startsWith("decision-makers.") ? makers[key.slice("decision-makers.".length)] : preset;
      return Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
    };
    const expected = leavesOf(buildPolicyJsonSchema(), "").map(([key, preset]) =>
      key === "rules" ? ["rules.<rule-id>", "the rule's own"] : [key, shown(key, preset)],
    );
    expect(rows).toEqual(expected);
  });

  it("has an example that is valid and changes something", () => {
    const example = /## Example\n\n```yaml\n([\s\S]*?)```/.exec(reference)?.[1] ?? "";
    const { policy, problems } = parsePolicy(example, "docs/policy.md");
    expect(problems).toEqual([]);
    expect(policy).not.toEqual(DEFAULT_POLICY);
  });
});
