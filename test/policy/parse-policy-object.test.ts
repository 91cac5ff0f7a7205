import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { DEFAULT_POLICY } from "../../src/model/policy.ts";
import { parsePolicyObject } from "../../src/policy/parse-policy-object.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";

const complete = readFileSync(new URL("../../fixtures/policies/complete.yml", import.meta.url), "utf8");

describe("a policy given as an object", () => {
  it("means the same as the file with the same content", () => {
    expect(parsePolicyObject(parse(complete))).toEqual(parsePolicy(complete, "policy"));
  });

  it.each([[undefined], [{}]])("is the default policy when it is %j", (value) => {
    expect(parsePolicyObject(value)).toEqual({ policy: DEFAULT_POLICY, problems: [] });
  });

  it("names the key that is wrong", () => {
    expect(parsePolicyObject({ thresholds: { passing: 9 } })).toEqual({
      policy: DEFAULT_POLICY,
      problems: [{ path: "policy", line: 1, column: 1, message: "`thresholds.passing`: found `9`; expected a whole number from 4 to 8." }],
    });
  });

  it.each([[null], [7], ["observe"], [[]], [{ totalItems: 3 }], [{ mode: { toString: "x" } }]])("refuses %j", (value) => {
    expect(parsePolicyObject(value).problems).toHaveLength(1);
  });

  it.each([
    ['{"__proto__":{"mode":"observe"}}'],
    ['{"rules":{"constructor":"off"}}'],
    ['{"paths":{"__proto__":[]}}'],
    ['{"tools":[{"prototype":1}]}'],
  ])("refuses %s, which reaches a prototype", (json) => {
    expect(parsePolicyObject(JSON.parse(json)).problems).toEqual([
      expect.objectContaining({ message: expect.stringContaining("refused everywhere") }),
    ]);
  });

  it("reports a rule that the catalogue does not have", () => {
    const rules = { "routes-are-authentic": "off" };
    expect(parsePolicyObject({ rules }, "policy", ["routes-are-authenticated"]).problems[0]?.message).toContain(
      "`routes-are-authenticated`",
    );
    expect(parsePolicyObject({ rules }).problems).toEqual([]);
  });

  it("never throws on a JSON value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { policy, problems } = parsePolicyObject(value);
        if (problems.length > 0) expect(policy).toBe(DEFAULT_POLICY);
      }),
      { numRuns: 500 },
    );
  });
});
