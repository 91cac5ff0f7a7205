import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ts } from "ts-morph";
import { describe, expect, it } from "vitest";
import { roleOf } from "../../src/inspect/classify-file.ts";
import { parseSource } from "../../src/inspect/parse-source.ts";
import { runRules } from "../../src/inspect/run-rules.ts";
import { selectRules, selectWithoutWords } from "../../src/inspect/select-rules.ts";
import { allRules } from "../../src/rubrics/all-rules.ts";
import type { Rule } from "../../src/rubrics/rule.ts";
import type { SourceFacts } from "../../src/rubrics/syntax/source-facts.ts";
import { buildSourceFacts } from "../support/build-source-facts.ts";

/** Packages that a rule wants to see in a manifest before it speaks. */
const PACKAGES = ["@opentelemetry/api", "@opentelemetry/sdk-node", "prom-client"];
const fixtures = join(import.meta.dirname, "../../fixtures/rules");
const source = join(import.meta.dirname, "../../src");

/** What the rules said about a file and where. */
function saidBy(rules: readonly Rule[], file: SourceFacts, select: typeof selectRules): readonly string[] {
  return runRules(rules, file, select).sightings.map(({ rule, line, problem }) => `${rule.id} ${line} ${problem.message}`);
}

/** The fixtures of a rule, parsed as the inspector would. */
function parseFixtures(rule: string): readonly SourceFacts[] {
  const repository = { exportOf: () => null, isAtHand: () => false, dependencies: new Set(PACKAGES) };
  const folder = join(fixtures, rule);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "package.json")
    .map((entry) => {
      const full = join(entry.parentPath, entry.name);
      const inside = full.slice(folder.length + 1);
      const path = inside.includes("/") ? inside.slice(inside.indexOf("/") + 1) : `src/${inside.replace(/^(?:bad|good)-/, "")}`;
      const text = readFileSync(full, "utf8");
      return parseSource(path, text, roleOf(path, text), false, repository).facts;
    });
}

/** A rule that speaks on every node it is shown. */
function buildRule(typescript: Partial<Rule["typescript"]>, more: Partial<Rule> = {}): Rule {
  return {
    id: "test-rule",
    requirement: "timeouts",
    severity: "advisory",
    title: "",
    why: "",
    fix: "",
    source: "",
    examples: { bad: "", good: "" },
    ...more,
    typescript: { kinds: [ts.SyntaxKind.SourceFile], look: (node) => [{ node, message: "shown" }], ...typescript },
  };
}

describe("selectRules", () => {
  it.each(readdirSync(fixtures))("leaves no rule out that has something to say about the fixtures of %s", (id) => {
    const others = parseFixtures(id); // read anew: what one way remembers may not help the other
    for (const [i, file] of parseFixtures(id).entries())
      expect(saidBy(allRules, file, selectRules), file.path).toEqual(saidBy(allRules, others[i] ?? file, selectWithoutWords));
  });

  it("leaves no rule out that has something to say about the source of this project", () => {
    const repository = { exportOf: () => null, isAtHand: () => false, dependencies: new Set(PACKAGES) };
    for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith(".ts")) continue;
      const full = join(entry.parentPath, entry.name);
      const read = (): SourceFacts =>
        parseSource(full.slice(source.length + 1), readFileSync(full, "utf8"), "server", false, repository).facts;
      expect(saidBy(allRules, read(), selectRules), full).toEqual(saidBy(allRules, read(), selectWithoutWords));
    }
  }, 30_000);

  it.each([
    ["an identifier", "wanted();"],
    ["a member", "this.wanted;"],
    ["a private member", "class A { #wanted = 1; }", "#wanted"],
    ["a property", "f({ wanted: 1 });"],
    ["a quoted property", 'f({ "wanted": 1 });'],
    ["an element by a quoted name", 'a["wanted"];'],
    ["a type", "let a: wanted;"],
    ["a name with an escape", "w\\u0061nted();"],
    ["the module of an import", 'import a from "wanted";'],
    ["the module of an export", 'export * from "wanted";'],
    ["a module that is required", 'f(require("wanted").a);'],
    ["a module that is imported while the program runs", 'await import("wanted");'],
  ])("asks a rule when the file writes one of its words: %s", (_, text, name = "wanted") => {
    for (const words of [["other", name], /wan/, (written: string) => written === name, { allOf: [[name], /wan/] }])
      expect(selectRules([buildRule({ words })], buildSourceFacts(text))).toHaveLength(1);
  });

  it.each([
    ["another name", "unwantedly();"],
    ["a comment", "f(); // wanted"],
    ["a text", 'f("wanted");'],
  ])("does not ask it because of %s", (_, text) => {
    expect(selectRules([buildRule({ words: ["wanted"] })], buildSourceFacts(text))).toEqual([]);
  });

  it("asks a rule only about files that write a name of each list", () => {
    const rule = buildRule({ words: { allOf: [["one", "other"], /^two$/] } });
    const isAsked = (text: string): boolean => selectRules([rule], buildSourceFacts(text)).length > 0;
    expect([isAsked("one(two);"), isAsked("other(two);"), isAsked("one(other);"), isAsked("two();")]).toEqual([true, true, false, false]);
  });

  it("asks a rule only about files of which its condition is true", () => {
    const rule = buildRule({ when: (file) => file.nodes(ts.SyntaxKind.AwaitExpression).length > 0, words: ["f"] });
    expect(selectRules([rule], buildSourceFacts("f();"))).toEqual([]);
    expect(selectRules([rule], buildSourceFacts("await g();"))).toEqual([]);
    expect(selectRules([rule], buildSourceFacts("await f();"))).toHaveLength(1);
  });

  it("asks no rule about a file that holds no node of its kinds", () => {
    const rule = buildRule({ kinds: [ts.SyntaxKind.CatchClause, ts.SyntaxKind.ThrowStatement] });
    expect(selectRules([rule], buildSourceFacts("f();"))).toEqual([]);
    expect(selectRules([rule], buildSourceFacts("throw f();"))).toHaveLength(1);
  });

  it("asks a rule without words about every file, and one about named calls where such a name is written", () => {
    const always = buildRule({});
    const named = buildRule({ callees: ["wanted"], kinds: [ts.SyntaxKind.CallExpression] });
    const mixed = buildRule({ callees: ["wanted"], kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.SourceFile] });
    const rules = [named, always, mixed];
    const asked = (text: string): readonly Rule[] => selectRules(rules, buildSourceFacts(text)).map(({ rule }) => rule);
    expect(asked("f();")).toEqual([always, mixed]);
    expect(asked("wanted();")).toEqual(rules);
  });

  it("shows a rule with callees the calls and the `new` of these names alone", () => {
    const kinds = [ts.SyntaxKind.CallExpression, ts.SyntaxKind.NewExpression];
    const text = "(b as any)(1); x.a(2); c(); new b(3); new y.c();";
    for (const callees of [["a", "b"], /^[ab]$/]) {
      const { sightings } = runRules([buildRule({ callees, kinds })], buildSourceFacts(text));
      expect(sightings.map((sighting) => sighting.text)).toEqual(["(b as any)(1)", "x.a(2)", "new b(3)"]);
    }
  });

  it("leaves rules of other roles out", () => {
    expect(selectRules([buildRule({}, { roles: ["script"] })], buildSourceFacts("f();"))).toEqual([]);
  });
});
