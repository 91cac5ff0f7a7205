import { ts } from "ts-morph";
import { describe, expect, test } from "vitest";
import { inspectPullRequest } from "../../src/inspect/inspect-pull-request.ts";
import type { ChangedFile } from "../../src/model/changed-file.ts";
import { DEFAULT_POLICY } from "../../src/model/policy.ts";
import type { Rule } from "../../src/rubrics/rule.ts";
import { buildPullRequest } from "../support/build-pull-request.ts";

/** Speaks on every call of `danger(...)` unless the file calls `guard()` first. */
const noDanger: Rule = {
  id: "danger-is-guarded",
  requirement: "error-handling",
  severity: "blocking",
  title: "t",
  why: "w",
  fix: "f",
  source: "s",
  examples: { bad: "", good: "" },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    look: (node, file) => {
      if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== "danger") return [];
      const isGuarded = file.nodes(ts.SyntaxKind.CallExpression).some((n) => n.pos < node.pos && n.getText(file.sourceFile) === "guard()");
      return isGuarded ? [] : [{ node, message: "danger" }];
    },
  },
};

const failing: Rule = {
  ...noDanger,
  id: "rule-fails",
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: () => {
      throw new TypeError("bug");
    },
  },
};

function inspect(files: readonly ChangedFile[], rules: readonly Rule[] = [noDanger], more = {}) {
  return inspectPullRequest(buildPullRequest(files, more), [], rules);
}

function places(files: readonly ChangedFile[]): string[] {
  return inspect(files).findings.map((f) => `${f.path}:${f.line}`);
}

describe("which lines a finding may stand on", () => {
  test("every line of an added file without a patch", () => {
    expect(places([{ path: "src/a.ts", status: "added", content: "danger();\n\ndanger();\n" }])).toEqual(["src/a.ts:1", "src/a.ts:3"]);
  });

  test("added lines only, when there is a patch", () => {
    const content = "danger();\nok();\ndanger();\n";
    expect(places([{ path: "src/a.ts", status: "modified", content, patch: "@@ -1,2 +1,3 @@\n danger();\n ok();\n+danger();" }])).toEqual([
      "src/a.ts:3",
    ]);
  });

  test("an old line that lost its safeguard is found where the safeguard was", () => {
    const content = "start();\ndanger();\n";
    expect(places([{ path: "src/a.ts", status: "modified", content, patch: "@@ -1,3 +1,2 @@\n-guard();\n start();\n danger();" }])).toEqual(
      ["src/a.ts:1"],
    );
  });

  test("a moved line is not an added line, in the same file or across files", () => {
    const within = {
      path: "src/a.ts",
      status: "modified" as const,
      content: "ok();\ndanger();\n",
      patch: "@@ -1,2 +1,2 @@\n-danger();\n ok();\n+danger();",
    };
    const from = { path: "src/b.ts", status: "modified" as const, content: "ok();\n", patch: "@@ -1,2 +1 @@\n-danger();\n ok();" };
    const to = { path: "src/c.ts", status: "added" as const, content: "danger();\n", patch: "@@ -0,0 +1 @@\n+danger();" };
    expect(places([within])).toEqual([]);
    expect(places([from, to])).toEqual([]);
  });

  test("a line moved once and written once more is added once", () => {
    const content = "ok();\ndanger();\ndanger();\n";
    expect(
      places([{ path: "src/a.ts", status: "modified", content, patch: "@@ -1,2 +1,3 @@\n-danger();\n ok();\n+danger();\n+danger();" }]),
    ).toHaveLength(1);
  });

  test("without the content the patch's lines are read at their own numbers", () => {
    expect(places([{ path: "src/a.ts", status: "modified", patch: "@@ -40,2 +40,3 @@\n before();\n+danger();\n after();" }])).toEqual([
      "src/a.ts:41",
    ]);
  });
});

describe("what is not read is named", () => {
  test("other languages, grouped, without making the verdict undetermined", () => {
    const files = ["a.go", "b.go", "c.py"].map((path) => ({ path, status: "modified" as const, patch: "@@ -1 +1 @@\n+x" }));
    expect(inspect(files).notRead).toEqual([
      { path: "2 Go files", reason: "Go is not inspected", undetermined: false },
      { path: "1 Python file", reason: "Python is not inspected", undetermined: false },
    ]);
  });

  test("a file of an inspected language whose text is not known, or does not parse", () => {
    const unknown = { path: "src/big.ts", status: "modified" as const };
    const broken = { path: "src/broken.ts", status: "added" as const, content: "function (\n  {{{ danger( \n" };
    const { notRead } = inspect([unknown, broken]);
    expect(notRead.map((n) => [n.path, n.undetermined])).toEqual([
      ["src/big.ts", true],
      ["src/broken.ts", true],
    ]);
  });

  test("not a pure rename, a removed file, a test or a browser component", () => {
    const files: ChangedFile[] = [
      { path: "src/new.ts", previousPath: "src/old.ts", status: "renamed", additions: 0, deletions: 0 },
      { path: "src/gone.ts", status: "removed" },
      { path: "src/a.test.ts", status: "modified" },
      { path: "src/components/Button.tsx", status: "added", content: "danger();" },
    ];
    expect(inspect(files)).toMatchObject({ notRead: [], findings: [] });
  });
});

describe("severity", () => {
  const file: ChangedFile = {
    path: "src/a.ts",
    status: "added",
    content: "danger(); // reliability-ignore danger-is-guarded: drained by the caller\n",
  };

  test("a policy setting changes it or switches the rule off", () => {
    const withRule = (setting: "advisory" | "off") =>
      inspect([file], [noDanger], { policy: { ...DEFAULT_POLICY, rules: { "danger-is-guarded": setting } } }).findings;
    expect(withRule("advisory").map((f) => f.severity)).toEqual(["advisory"]);
    expect(withRule("off")).toEqual([]);
  });

  test("an inline suppression cannot silence a blocking finding without the policy's leave", () => {
    expect(inspect([file]).findings[0]?.suppressed).toBeUndefined();
    expect(inspect([file], [noDanger], { policy: { ...DEFAULT_POLICY, suppressBlocking: true } }).findings[0]?.suppressed).toBe(
      "drained by the caller",
    );
  });

  test("a suppression without a reason, or of another rule, is none", () => {
    const policy = { ...DEFAULT_POLICY, suppressBlocking: true };
    for (const comment of ["// reliability-ignore danger-is-guarded", "// reliability-ignore other-rule: because"])
      expect(inspect([{ ...file, content: `${comment}\ndanger();\n` }], [noDanger], { policy }).findings[0]?.suppressed).toBeUndefined();
  });
});

test("a rule that throws becomes one undetermined finding and the others go on", () => {
  const files = ["src/a.ts", "src/b.ts"].map((path) => ({ path, status: "added" as const, content: "danger();\n" }));
  const { findings } = inspect(files, [failing, noDanger]);
  expect(findings.map((f) => [f.rule, f.severity])).toEqual([
    ["danger-is-guarded", "blocking"],
    ["danger-is-guarded", "blocking"],
    ["rule-fails", "undetermined"],
  ]);
});

describe("fingerprints", () => {
  const printsOf = (path: string, content: string) => inspect([{ path, status: "added", content }]).findings.map((f) => f.fingerprint);

  test("survive moved lines, renames and reformatting", () => {
    const before = printsOf("src/a.ts", "function pay() {\n  danger(1, 2);\n}\n");
    expect(printsOf("src/billing/b.ts", "\n\nfunction pay() {\n    danger(1,\n 2);\n}\n")).toEqual(before);
  });

  test("tell the same defect twice, and the same text in another function, apart", () => {
    const prints = printsOf("src/a.ts", "function pay() { danger(); danger(); }\nfunction refund() { danger(); }\n");
    expect(new Set(prints).size).toBe(3);
  });
});

test("paths that the policy excludes are not inspected", () => {
  const policy = { ...DEFAULT_POLICY, paths: { include: [], exclude: ["legacy/**"] } };
  expect(inspect([{ path: "legacy/src/a.ts", status: "added", content: "danger();" }], [noDanger], { policy }).findings).toEqual([]);
});

describe("a safeguard inside a call that spans lines", () => {
  const wrapped: Rule = {
    ...noDanger,
    id: "danger-has-option",
    typescript: {
      kinds: [ts.SyntaxKind.CallExpression],
      look: (node, file) => {
        if (!ts.isCallExpression(node) || node.expression.getText(file.sourceFile) !== "danger") return [];
        return node.getText(file.sourceFile).includes("safe: true")
          ? []
          : [{ node: node.expression, message: "m", alsoTouches: node.arguments }];
      },
    },
  };
  const lines = (patch: string, content: string) =>
    inspect([{ path: "src/a.ts", status: "modified", content, patch }], [wrapped]).findings.map((f) => [f.line, f.endLine]);

  test("taken away: from the call to the next surviving line", () => {
    expect(lines("@@ -1,5 +1,4 @@\n danger({\n   a: 1,\n-  safe: true,\n   b: 2,\n });", "danger({\n  a: 1,\n  b: 2,\n});\n")).toEqual([
      [1, 3],
    ]);
  });

  test("never there, and the call edited: from the call to the edited line", () => {
    expect(lines("@@ -1,3 +1,4 @@\n danger({\n   a: 1,\n+  b: 2,\n });", "danger({\n  a: 1,\n  b: 2,\n});\n")).toEqual([[1, 3]]);
  });

  test("never there, and nothing of the call touched: nothing", () => {
    expect(lines("@@ -1,3 +1,4 @@\n danger({\n   a: 1,\n });\n+ok();", "danger({\n  a: 1,\n});\nok();\n")).toEqual([]);
  });
});

describe("a path below the root of its codebase", () => {
  test("is what a file is judged by; findings keep the path as given", () => {
    const file: ChangedFile = { path: "/srv/test/fixtures/src/a.ts", pathInCodebase: "src/a.ts", status: "added", content: "danger();" };
    expect(places([file])).toEqual(["/srv/test/fixtures/src/a.ts:1"]);
  });

  test("is what rules see, and what imports between files mean", () => {
    const seen: string[] = [];
    const looking: Rule = {
      ...noDanger,
      typescript: {
        kinds: [ts.SyntaxKind.SourceFile],
        look: (_node, file) => {
          seen.push(`${file.path} ${file.repository.exportOf(file.path, "./b.ts", "b") !== null}`);
          return [];
        },
      },
    };
    const at = (root: string, name: string, content: string): ChangedFile => ({
      path: `/${root}/${name}`,
      pathInCodebase: name,
      status: "added",
      content,
    });
    inspect([at("one", "src/a.ts", 'import { b } from "./b.ts";'), at("one", "src/b.ts", "export const b = 1;")], [looking]);
    inspect(
      [at("one", "src/a.ts", ""), at("one", "src/b.ts", "export const b = 1;"), at("two", "src/b.ts", "export const b = 2;")],
      [looking],
    );
    expect(seen).toEqual(["src/a.ts true", "src/b.ts false", "src/a.ts false", "src/b.ts false", "src/b.ts false"]);
  });
});

describe("nothing hides from the rules", () => {
  const severities = (file: ChangedFile) => inspect([file]).findings.map((f) => `${f.line} ${f.severity}`);
  const advice: Rule = { ...noDanger, severity: "advisory" };

  test("a header that says generated: what would block is not decided, advice is left out, and the file is named", () => {
    const file: ChangedFile = { path: "src/a.ts", status: "added", content: "// @generated by a tool\ndanger();\n" };
    expect(severities(file)).toEqual(["2 undetermined"]);
    expect(inspect([file]).findings[0]?.message).toBe(
      "danger; but the file calls itself generated, so it could not be told whether this counts",
    );
    expect(inspect([file], [advice]).findings).toEqual([]);
    expect(inspect([file]).notRead).toEqual([
      { path: "src/a.ts", reason: "the file calls itself generated: only what would block was looked for", undetermined: false },
    ]);
  });

  test("a path that says generated is named", () => {
    const files = ["src/gen/a.ts", "src/gen/b.d.ts"].map((path): ChangedFile => ({ path, status: "added", content: "danger();" }));
    expect(inspect(files)).toMatchObject({ findings: [], notRead: [{ path: "src/gen/a.ts", undetermined: false }] });
  });

  test("an example's server is read, and what it does is advice", () => {
    const content = 'import express from "express";\ndanger();\n';
    expect(severities({ path: "examples/a/server.ts", status: "added", content })).toEqual(["2 advisory"]);
    expect(inspect([{ path: "examples/a/server.ts", status: "added", content }], [advice]).findings).toEqual([]);
    expect(severities({ path: "scripts/server.ts", status: "added", content })).toEqual(["2 blocking"]);
  });

  test.each(["\r", "\u2028", "\u2029"])("%j ends no line: lines are counted as the patch counts them", (odd) => {
    const content = `start();${odd}more();\nok();\ndanger();\n`;
    const patch = `@@ -1,2 +1,3 @@\n start();${odd}more();\n ok();\n+danger();`;
    expect(severities({ path: "src/a.ts", status: "modified", content, patch })).toEqual(["3 blocking"]);
    expect(
      severities({ path: "src/a.ts", status: "modified", content: `a();${odd}danger();`, patch: `@@ -0,0 +1 @@\n+a();${odd}danger();` }),
    ).toEqual(["1 blocking"]);
  });

  test.each<[string, Partial<ChangedFile>, string[]]>([
    ["no patch", {}, ["1 undetermined", "3 undetermined"]],
    ["a rename whose counts nobody states", { status: "renamed", previousPath: "src/b.ts" }, ["1 undetermined", "3 undetermined"]],
    ["a rename that changed no line", { status: "renamed", previousPath: "src/b.ts", additions: 0, deletions: 0 }, []],
    ["a patch of another text", { patch: "@@ -1 +1 @@\n-a();\n+b();" }, ["1 undetermined", "3 undetermined"]],
    ["a patch cut short", { patch: "@@ -1 +1 @@\n-a();\n+danger();", additions: 2 }, ["1 blocking", "3 undetermined"]],
    ["a patch with a line break at its end", { patch: "@@ -1 +1 @@\n-a();\n+danger();\n", additions: 1 }, ["1 blocking"]],
    ["a patch without the byte order mark", { content: "\uFEFFdanger();\n", patch: "@@ -1 +1 @@\n-a();\n+danger();" }, ["1 blocking"]],
    ["a new file with another text's patch", { status: "added", patch: "@@ -0,0 +1 @@\n+const a = 1;" }, ["1 blocking", "3 blocking"]],
    ["a new file whose patch is cut short", { status: "added", patch: "@@ -0,0 +1,3 @@\n+danger();" }, ["1 blocking", "3 blocking"]],
    ["a copy", { status: "copied", previousPath: "src/b.ts", additions: 0, deletions: 0 }, ["1 blocking", "3 blocking"]],
  ])("%s", (_, more, expected) => {
    expect(severities({ path: "src/a.ts", status: "modified", content: "danger();\nok();\ndanger();\n", ...more })).toEqual(expected);
  });
});
