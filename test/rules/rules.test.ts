import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inspectPullRequest } from "../../src/inspect/inspect-pull-request.ts";
import type { ChangedFile } from "../../src/model/changed-file.ts";
import type { Manifest } from "../../src/model/pull-request.ts";
import type { Rule } from "../../src/rubrics/rule.ts";
import { allRules } from "../../src/rubrics/all-rules.ts";
import { buildPullRequest } from "../support/build-pull-request.ts";

const root = join(import.meta.dirname, "../../fixtures/rules");

/** The manifest of the codebase that a rule's fixtures stand in: `package.json` in its fixture folder. */
function manifestsOf(rule: Rule): readonly Manifest[] {
  const path = join(root, rule.id, "package.json");
  return existsSync(path) ? [{ path: "package.json", text: readFileSync(path, "utf8") }] : [];
}

const MARK = / *\/\/ (added|removed)$/;

/** A new file; or, where lines are marked `// added` and `// removed`, a file that was changed so. */
function changedFile(path: string, text: string): ChangedFile {
  const lines = text.replace(/\n$/, "").split("\n");
  if (!lines.some((line) => MARK.test(line))) return { path, status: "added", content: text };
  const signs = lines.map((line) => ({
    sign: { added: "+", removed: "-" }[MARK.exec(line)?.[1] ?? ""] ?? " ",
    text: line.replace(MARK, ""),
  }));
  const [head, base] = [signs.filter(({ sign }) => sign !== "-"), signs.filter(({ sign }) => sign !== "+")];
  const patch = [`@@ -1,${base.length} +1,${head.length} @@`, ...signs.map((line) => line.sign + line.text)].join("\n");
  return { path, status: "modified", content: head.map((line) => `${line.text}\n`).join(""), patch };
}

/** Lines on which the rule speaks about a fixture. */
function linesOf(rule: Rule, path: string, content: string): number[] {
  const change = buildPullRequest([changedFile(path, content)], { manifests: manifestsOf(rule) });
  const { findings } = inspectPullRequest(change, [], [rule]);
  expect(findings.filter((f) => f.severity === "undetermined")).toEqual([]);
  return findings.map((f) => f.line).toSorted((a, b) => a - b);
}

/** Lines marked `// expect: <rule-id>` in a fixture, as they are numbered after the change. */
function expectedLines(id: string, content: string): number[] {
  const lines = content.split("\n").filter((line) => !line.endsWith("// removed"));
  return lines.flatMap((line, i) => (new RegExp(`// expect: (?:.*\\b)?${id}(?![\\w-])`).test(line) ? [i + 1] : []));
}

/**
 * Fixture `bad-cart.route.ts` stands for `src/cart.route.ts`; a folder inside the fixture folder is kept, and
 * `bad-` or `good-` is dropped, so that `bad-1/pages/api/x.ts` is inspected as `pages/api/x.ts`.
 */
function inspectedPath(relative: string): string {
  const [first, ...rest] = relative.split("/");
  return rest.length > 0 ? rest.join("/") : `src/${(first ?? "").replace(/^(?:bad|good)-/, "")}`;
}

describe.each(allRules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  const folder = join(root, id);
  const fixtures = existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== "package.json")
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .toSorted()
    : [];

  test("has at least three bad and three good fixtures", () => {
    expect(fixtures.filter((f) => f.startsWith("bad")).length).toBeGreaterThanOrEqual(3);
    expect(fixtures.filter((f) => f.startsWith("good")).length).toBeGreaterThanOrEqual(3);
  });

  test.each(fixtures)("%s: speaks on the marked lines and on no other", (fixture) => {
    const content = readFileSync(join(folder, fixture), "utf8").replace(/\n+$/, "\n");
    const expected = expectedLines(id, content);
    expect(expected.length > 0, "bad fixtures mark a line, good ones none").toBe(fixture.startsWith("bad"));
    expect(linesOf(rule, inspectedPath(fixture), content.replace(/ *\/\/ expect: .*/g, ""))).toEqual(expected);
  });

  test("speaks on its bad example and is silent on its good one", () => {
    const path = exampleRole(rule);
    expect(linesOf(rule, path, rule.examples.bad).length).toBeGreaterThan(0);
    expect(linesOf(rule, path, rule.examples.good)).toEqual([]);
  });
});

/** A path of the role that the rule looks at. */
function exampleRole(rule: Rule): string {
  return (rule.roles ?? ["server"]).includes("server") ? "src/example.ts" : "scripts/example.ts";
}

test("ids are unique", () => {
  const ids = allRules.map((rule) => rule.id);
  expect(new Set(ids).size).toBe(ids.length);
});
