import { describe, expect, it } from "vitest";
import { hasSameChanges, isExactInverse } from "../../src/fetch/inverse-patch.ts";
import type { ChangedFile } from "../../src/model/changed-file.ts";

const file = (patch: string, more: Partial<ChangedFile> = {}): ChangedFile => ({ path: "a.ts", status: "modified", patch, ...more });

const commit = file("@@ -8,4 +8,5 @@ function pay() {\n start();\n-charge(once);\n+charge(twice);\n+log();\n finish();");
const revert = file("@@ -20,5 +20,4 @@ function pay() {\n start();\n-charge(twice);\n-log();\n+charge(once);\n finish();");

describe("isExactInverse", () => {
  it("holds for a patch turned around, wherever it now stands", () => {
    expect(isExactInverse([revert], [commit])).toBe(true);
    expect(isExactInverse([commit], [revert])).toBe(true);
  });

  it("does not mind the order of files", () => {
    const other = file("@@ -1 +1 @@\n-x\n+y", { path: "b.ts" });
    const otherBack = file("@@ -1 +1 @@\n-y\n+x", { path: "b.ts" });
    expect(isExactInverse([revert, otherBack], [other, commit])).toBe(true);
  });

  it("turns additions, removals and renames around", () => {
    const added = file("@@ -0,0 +1 @@\n+a\n\\ No newline at end of file", { status: "added" });
    const removed = file("@@ -1 +0,0 @@\n-a\n\\ No newline at end of file", { status: "removed" });
    const there: ChangedFile = { path: "new.ts", previousPath: "old.ts", status: "renamed", additions: 0, deletions: 0 };
    const back: ChangedFile = { path: "old.ts", previousPath: "new.ts", status: "renamed", additions: 0, deletions: 0 };
    expect(isExactInverse([removed, back], [added, there])).toBe(true);
    expect(isExactInverse([removed, there], [added, there])).toBe(false);
  });

  it.each<[string, readonly ChangedFile[], readonly ChangedFile[]]>([
    ["the commit itself", [commit], [commit]],
    ["one more line", [file(`${revert.patch}\n+slipped();`)], [commit]],
    ["other surroundings", [file("@@ -1,5 +1,4 @@\n begin();\n-charge(twice);\n-log();\n+charge(once);\n finish();")], [commit]],
    ["other white space", [file("@@ -1,5 +1,4 @@\n start();\n-charge(twice);\n-log();\n+  charge(once);\n finish();")], [commit]],
    ["another path", [{ ...revert, path: "b.ts" }], [commit]],
    ["one more file", [revert, file("@@ -1 +1 @@\n-a\n+b", { path: "b.ts" })], [commit]],
    ["a file left out", [revert], [commit, file("@@ -1 +1 @@\n-a\n+b", { path: "b.ts" })]],
    ["a patch cut short", [{ ...revert, additions: 1, deletions: 9 }], [{ ...commit, additions: 9, deletions: 1 }]],
    ["a binary file", [{ path: "a.bin", status: "removed" }], [{ path: "a.bin", status: "added" }]],
    ["another status", [{ ...revert, status: "removed" }], [commit]],
    ["a last line break that differs", [file("@@ -1 +1 @@\n-b\n+a")], [file("@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file")]],
    ["nothing", [], []],
    ["a copy", [{ ...revert, status: "copied" }], [{ ...commit, status: "copied" }]],
  ])("does not hold for %s", (_, change, original) => {
    expect(isExactInverse(change, original)).toBe(false);
  });
});

describe("hasSameChanges", () => {
  it("compares lines and surroundings, not line numbers", () => {
    expect(hasSameChanges([commit], [{ ...commit, patch: (commit.patch ?? "").replace("-8,4 +8,5", "-80,4 +81,5") }])).toBe(true);
    expect(hasSameChanges([commit], [revert])).toBe(false);
  });

  it("tells a changed line from lines that trade places around it", () => {
    const one = file("@@ -1,3 +1,3 @@\n-a\n+b\n c\n d");
    const other = file("@@ -1,3 +1,3 @@\n c\n-a\n+b\n d");
    expect(hasSameChanges([one], [other])).toBe(false);
  });
});
