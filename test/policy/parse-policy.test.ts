import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "../../src/model/policy.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";

const fixture = (name: string): string => readFileSync(new URL(`../../fixtures/policies/${name}`, import.meta.url), "utf8");

function problemsOf(yaml: string, knownRules: readonly string[] = []): readonly string[] {
  return parsePolicy(yaml, "policy.yml", knownRules).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe("a valid policy file", () => {
  it("gives every key its value", () => {
    expect(parsePolicy(fixture("complete.yml"), "policy.yml")).toEqual({
      problems: [],
      policy: {
        mode: "observe",
        thresholds: {
          totalItems: 30,
          sectionItems: 6,
          numbersPercent: 90,
          toolsPercent: 70,
          outcomesPercent: 95,
          unsurePercent: 10,
          passing: 8,
        },
        paymentThresholds: {
          totalItems: 20,
          sectionItems: 4,
          numbersPercent: 85,
          toolsPercent: 75,
          outcomesPercent: 90,
          unsurePercent: 5,
          passing: 6,
        },
        openItems: "block",
        paths: { include: ["infra/lambda/**", "apps/*/server/**"], exclude: ["**/__generated__/**", "tools/**"] },
        words: { backend: ["fleet gateway"], payments: ["wallet top-up"] },
        tools: ["Quillstream", "@acme/outbox"],
        rules: { "http-call-has-timeout": "blocking", "catch-is-not-empty": "off" },
        suppressBlocking: true,
        decisionMakers: { users: ["dana"], teams: ["acme/architects", "sre"], roles: ["admin"] },
        horizonDays: 30,
        exemptAuthors: ["dependabot[bot]"],
        comment: "none",
      },
    });
  });

  it.each([[""], ["# nothing yet\n"], ["---\n"], ["{}"], ["\uFEFFmode: enforce"], ["mode: enforce\r\nopen-items: show\r\n"]])(
    "is the default policy when %j says nothing else",
    (yaml) => {
      expect(parsePolicy(yaml, "policy.yml")).toEqual({ policy: DEFAULT_POLICY, problems: [] });
    },
  );

  it("keeps the other thresholds when one is given", () => {
    expect(parsePolicy("thresholds: {passing: 8}", "policy.yml").policy).toEqual({
      ...DEFAULT_POLICY,
      thresholds: { ...DEFAULT_POLICY.thresholds, passing: 8 },
    });
  });

  it("lets only those sign whom it names, once it names anyone", () => {
    const named = parsePolicy("decision-makers: {teams: ['@acme/architects']}", "policy.yml").policy.decisionMakers;
    expect(named).toEqual({ users: [], teams: ["acme/architects"], roles: [] });
  });

  it("reads `off` as the word, not as false", () => {
    expect(parsePolicy("rules: {catch-is-not-empty: off}", "policy.yml").policy.rules).toEqual({ "catch-is-not-empty": "off" });
  });
});

describe("a policy file with mistakes", () => {
  it("is the default policy, and every mistake is named with its place, what was found and what was expected", () => {
    const { policy, problems } = parsePolicy(fixture("mistakes.yml"), ".github/backend-reliability.yml", ["http-call-has-timeout"]);
    expect(policy).toEqual(DEFAULT_POLICY);
    expect(problems.map(({ path, line, column, message }) => `${path}:${line}:${column} ${message}`)).toMatchSnapshot();
  });

  it.each([
    ["a: &x 1", "1:7 found an anchor"],
    ["tools: [*x]", "1:9 "],
    ["mode: observe\nmode: enforce", '2:1 found the key `"mode"` twice'],
    ["thresholds: {passing: 7, passing: 8}", '1:26 found the key `"passing"` twice'],
    ["%YAML 1.1\n---\nsuppress-blocking: yes\n", "1:1 found a `%YAML` directive"],
    ["mode: observe\n---\nmode: enforce", "2:1 found a second document"],
    ["mode: !!str observe", "1:13 found the tag"],
    ["mode: [", "1:8 not valid YAML"],
    ["\tmode: observe", "1:1 not valid YAML"],
    ["- mode", "1:1 the policy: found a list; expected a map"],
    ["observe", '1:1 the policy: found `"observe"`; expected a map'],
    ["1: 2", "1:1 found a key that is not a word"],
    ["<<: {mode: observe}", '1:1 unknown key `"<<"`'],
    ["suppress-blocking: yes", '1:20 `suppress-blocking`: found `"yes"`; expected true or false'],
    ["thresholds:", "1:12 `thresholds`: found nothing; expected a map"],
    ["horizon-days: 366", "1:15 `horizon-days`: found `366`; expected a whole number from 1 to 365"],
    ["horizon-days: 0", "1:15 "],
    ["thresholds: {passing: 3}", "1:23 "],
    ["thresholds: {total-items: 0}", "1:27 "],
    ["paths: {exclude: ['**']}", "1:19 `paths.exclude[0]`"],
    ["paths: {exclude: ['!src/**']}", "1:19 "],
    ["paths: {include: ['../other/**']}", "1:19 "],
    ["paths: {include: ['{1..9999999}']}", "1:19 "],
    ["paths: {include: ['+(a|aa)+(a|aa)b']}", "1:19 "],
    ["paths: {include: ['/src/**']}", "1:19 "],
    [`paths: {include: ['${"*a".repeat(13)}']}`, "1:19 "],
    ["decision-makers: {roles: [read]}", "1:27 "],
    ["decision-makers: {users: ['ci[bot]']}", "1:27 "],
    ["words: {backend: [ab]}", "1:19 "],
    ["tools: [7]", "1:9 "],
    ["rules: {timeouts: off}", "1:9 "],
    ["rules: {http-call-has-timeout: false}", "1:32 "],
    ["mode: |\n  observe\n  \u202Egnol", '1:7 `mode`: found `"observe??gnol'],
  ])("says of %j that %j", (yaml, expected) => {
    expect(problemsOf(yaml)[0]?.slice(0, expected.length)).toBe(expected);
  });

  it.each([
    ["mod: enforce", "`mode`"],
    ["openItems: show", "`open-items`"],
    ["decision_makers: {}", "`decision-makers`"],
    ["thresholds: {section-item: 4}", "`section-items`"],
    ["mode: enforced", "`enforce`"],
    ["rules: {htp-call-has-timeout: off}", "`http-call-has-timeout`"],
  ])("offers the nearest name for %j", (yaml, near) => {
    expect(problemsOf(yaml, ["http-call-has-timeout", "catch-is-not-empty"])).toEqual([expect.stringContaining(`Did you mean ${near}?`)]);
  });

  it("does not guess when nothing is near", () => {
    expect(problemsOf("colour: red")[0]).not.toContain("Did you mean");
  });

  it("says where a key belongs that stands in the wrong map", () => {
    expect(problemsOf("total-items: 30")[0]).toContain("It belongs under `thresholds`.");
    expect(problemsOf("paths: {mode: observe}")[0]).toContain("It belongs at the top of the file.");
  });

  it.each([["__proto__: {mode: observe}"], ["rules: {constructor: off}"], ["thresholds: {prototype: 1}"], ['"__proto__": 1']])(
    "refuses %j, which reaches a prototype",
    (yaml) => {
      expect(problemsOf(yaml)).toEqual([expect.stringContaining("refused everywhere")]);
      expect(Object.hasOwn(Object.prototype, "mode")).toBe(false);
    },
  );

  it("names at most 20 mistakes", () => {
    const yaml = Array.from({ length: 50 }, (_, index) => `key-${index}: 1`).join("\n");
    expect(problemsOf(yaml)).toHaveLength(20);
  });
});

describe("a hostile policy file", () => {
  it("of more than 64 KB is refused, counted in bytes", () => {
    expect(problemsOf(`# ${"é".repeat(33_000)}`)).toEqual(["1:1 found more than 64 KB; expected a policy of at most 64 KB."]);
    expect(problemsOf(`# ${"e".repeat(64_000)}`)).toEqual([]);
  });

  it.each([
    ["[".repeat(60_000)],
    ["{".repeat(60_000)],
    ["- ".repeat(30_000)],
    ["? ".repeat(30_000)],
    [`tools: [${"ab,".repeat(20_000)}]`],
    [`{${Array.from({ length: 8_000 }, (_, index) => `${index.toString(36)}a:`).join(",")}}`],
    ["%YAML\n".repeat(10_000)],
    [`paths: {include: ["${"*".repeat(60_000)}"]}`],
    [`words: {backend: ["${"a ".repeat(30_000)}"]}`],
    [`decision-makers: {users: ["${"a-".repeat(30_000)}"]}`],
  ])("ends with a problem in bounded time: %.20s", (yaml) => {
    const started = performance.now();
    expect(problemsOf(yaml).length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it("never throws, and with a problem is the default policy, whatever the text", () => {
    const keys = fc.constantFrom(
      "mode",
      "thresholds",
      "passing",
      "rules",
      "paths",
      "include",
      "tools",
      "__proto__",
      "a-b",
      "decision-makers",
    );
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      keys.map((key) => `${key}: `),
      fc.constantFrom(
        "\n",
        "\n  ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "&a ",
        "*a",
        "!!x ",
        "|\n",
        ">\n",
        '"',
        "'",
        "# ",
        "---\n",
        "...\n",
        "%TAG ",
        "<<: ",
        "7",
        "observe",
        ",",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const yaml = pieces.join("");
        const { policy, problems } = parsePolicy(yaml, "policy.yml");
        if (problems.length > 0) expect(policy).toBe(DEFAULT_POLICY);
        const lines = yaml.split("\n").length;
        for (const problem of problems) {
          expect(problem.line).toBeGreaterThanOrEqual(1);
          expect(problem.line).toBeLessThanOrEqual(lines + 1);
          expect(problem.column).toBeGreaterThanOrEqual(1);
          expect(problem.message).not.toMatch(/[\p{Cc}\p{Cf}\n]/u);
        }
      }),
      { numRuns: 1_500 },
    );
  });
});
