import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readChanges } from "../../src/inspect/read-change.ts";
import type { ChangedFile } from "../../src/model/changed-file.ts";

const read = (file: Omit<ChangedFile, "path"> & { path?: string }) => {
  const [change] = readChanges([{ path: "src/a.ts", ...file }]);
  if (!change) throw new Error("no change");
  return change;
};

describe("what the base said", () => {
  test("is the head with the patch undone", () => {
    const change = read({
      status: "modified",
      content: "one\nTWO\nthree\nfour\n",
      patch: "@@ -1,4 +1,4 @@\n one\n-two\n+TWO\n three\n-quatre\n+four",
    });
    expect(change.base).toBe("one\ntwo\nthree\nquatre\n");
  });

  test("is unknown where the patch does not fit the head", () => {
    expect(read({ status: "modified", content: "one\nother\n", patch: "@@ -1,2 +1,2 @@\n one\n-two\n+TWO" }).base).toBeNull();
  });

  test("survives a patch cut short and one that ends with a newline", () => {
    const content = "one\nTWO\nthree\n";
    expect(read({ status: "modified", content, patch: "@@ -1,3 +1,3 @@\n one\n-two\n+TWO\n" }).base).toBe("one\ntwo\nthree\n");
    expect(read({ status: "modified", content, patch: "@@ -1,3 +1,3 @@\n one\n-two" }).base).toBe("one\ntwo\nTWO\nthree\n");
  });
});

describe("where a line at the head came from", () => {
  test("counts the lines that were added and removed above it", () => {
    const { origin } = read({ status: "modified", content: "a\nnew\nb\nc\n", patch: "@@ -1,4 +1,4 @@\n a\n+new\n b\n-gone\n c" });
    expect([1, 2, 3, 4].map((line) => origin.get(line)?.line)).toEqual([1, undefined, 2, 4]);
  });

  test("is the place it was moved from", () => {
    const [from, to] = readChanges([
      { path: "src/a.ts", status: "modified", content: "x\n", patch: "@@ -1,2 +1 @@\n x\n-const moved = 1;" },
      { path: "src/b.ts", status: "added", content: "const moved = 1;\n", patch: "@@ -0,0 +1 @@\n+const moved = 1;" },
    ]);
    expect(to?.origin.get(1)).toEqual({ path: "src/a.ts", line: 2 });
    expect([to?.added.size, from?.removedAt]).toEqual([0, []]);
  });

  test("is known after the last hunk, and for every line between two", () => {
    const content = Array.from({ length: 20 }, (_, i) => `line ${i + 1}`).join("\n");
    const { origin } = read({ status: "modified", content, patch: "@@ -1,1 +1,2 @@\n line 1\n+line 2\n@@ -14,1 +15,1 @@\n line 15" });
    expect([10, 15, 20].map((line) => origin.get(line)?.line)).toEqual([9, 14, 19]);
  });
});

test("an added or removed blank line is no change", () => {
  const { added, removedAt } = read({ status: "modified", content: "a\n\nb\n", patch: "@@ -1,3 +1,3 @@\n a\n+\n b\n-\n" });
  expect([added.size, removedAt.length]).toEqual([0, 0]);
});

test("never throws, whatever the patch and the content", () => {
  const line = fc.constantFrom(
    "@@ -1,2 +1,2 @@",
    "@@ -0,0 +1 @@",
    "@@ -9 +99999999 @@",
    " a",
    "+b",
    "-c",
    "",
    "\\ No newline at end of file",
    "+",
    "-",
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), fc.option(fc.string(), { nil: undefined }), (lines, content) => {
      readChanges([{ path: "src/a.ts", status: "modified", patch: lines.join("\n"), ...(content === undefined ? {} : { content }) }]);
    }),
    { numRuns: 300 },
  );
});
