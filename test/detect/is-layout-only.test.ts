import { describe, expect, test } from "vitest";
import { isLayoutOnly } from "../../src/detect/is-layout-only.ts";
import { languageOf } from "../../src/detect/languages.ts";
import type { ChangedFile } from "../../src/model/changed-file.ts";

function buildChange(path: string, lines: readonly string[], counts: Partial<ChangedFile> = {}): ChangedFile {
  const old = lines.filter((line) => !line.startsWith("+")).length;
  const now = lines.filter((line) => !line.startsWith("-")).length;
  return { path, status: "modified", patch: [`@@ -5,${old} +5,${now} @@`, ...lines].join("\n"), ...counts };
}

const isLayout = (path: string, lines: readonly string[], counts?: Partial<ChangedFile>) =>
  isLayoutOnly(buildChange(path, lines, counts), languageOf(path));

describe("comments and layout alone", () => {
  test.each([
    ["a line comment", "a.ts", [" const a = 1;", "+// why"]],
    ["a comment behind code", "a.go", ["-	x := 1", "+	x := 1 // once"]],
    ["a block comment", "A.java", ["+/* one", "+   two */", " int a;"]],
    ["inside a long block comment", "a.php", [" * Saves.", "- * Twice.", "+ * Once.", " * @return int"]],
    ["indentation of braces", "A.cs", ["-if (a) { b(); }", "+if (a)", "+{", "+    b();", "+}"]],
    ["a Python comment", "a.py", ["-# old", "+# new", " x = 1"]],
    ["a Ruby comment", "a.rb", ["+# Sends it.", " def send; end"]],
    ["an SQL comment", "a.sql", ["+-- keeps the old rows", " SELECT 1;"]],
    ["an Elixir comment", "a.ex", ["-  # one", "+  # two", "   def a, do: 1"]],
    ["blank lines", "a.py", ["+", " x = 1", "+"]],
    ["spaces around an operator", "a.rs", ["-let a=1;", "+let a = 1;"]],
  ])("%s", (_name, path, lines) => {
    expect(isLayout(path, lines)).toBe(true);
  });
});

describe("more than comments and layout", () => {
  test.each([
    ["a changed number", "a.ts", ["-const a = 1; // one", "+const a = 2; // one"]],
    ["a call taken into a comment", "a.go", ["-	save(x)", "+	// save(x)"]],
    ["what looks like a comment in a string", "a.ts", ['-const a = "http://a";', '+const a = "http://b";']],
    ["spaces in a string", "a.py", ['-a = "x  y"', '+a = "x y"']],
    ["Python indentation", "a.py", [" if a:", "-    b()", "+b()"]],
    ["words joined", "A.java", ["-return x;", "+returnx;"]],
    ["a return cut off from its value", "a.js", ["-return x;", "+return", "+x;"]],
    ["a line joined in Ruby", "a.rb", ["-a", "--b", "+a -b"]],
    ["a build constraint of Go", "a.go", ["+//go:build linux", " package a"]],
    ["an attribute of PHP", "a.php", ["+#[Deprecated]", " function a() {}"]],
    ["a hint that MySQL obeys", "a.sql", ["-SELECT 1;", "+SELECT /*+ INDEX(a) */ 1;"]],
    ["two minus signs drawn together", "a.js", ["-a = b - -c;", "+a = b --c;"]],
    ["a multiplication over lines", "A.java", [" int a = b", "- * 2", "+ * 3", " ;"]],
    ["what follows the slashes of a regular expression", "a.js", ['-a.replace(/\\//g, "x");', '+a.replace(/\\//g, "y");']],
    ["a hunk that ends inside a comment", "a.ts", ["+/* begins", " here"]],
    ["a language that is not read", "a.yaml", ["+# why", " a: 1"]],
  ])("%s", (_name, path, lines) => {
    expect(isLayout(path, lines)).toBe(false);
  });
});

test("a patch that was cut short could hide code, so nothing is claimed of it", () => {
  const lines = ["+// why", " const a = 1;"];
  expect(isLayout("a.ts", lines, { additions: 1, deletions: 0 })).toBe(true);
  expect(isLayout("a.ts", lines, { additions: 9, deletions: 0 })).toBe(false);
  expect(isLayoutOnly({ path: "a.ts", status: "modified", patch: "@@ -5,9 +5,10 @@\n+// why\n const a = 1;" }, languageOf("a.ts"))).toBe(
    false,
  );
  expect(isLayoutOnly({ path: "a.ts", status: "modified" }, languageOf("a.ts"))).toBe(false);
});

describe("code that dresses as a comment", () => {
  test.each([
    ["code behind a comment that closes", ["+/* a */ run();", "+/* b */ drop();", "+/* c */ remove();"]],
    ["generator methods", ["+* run() { yield 1; }", "+* stop() { yield 2; }", "+* drop() { yield 3; }"]],
    ["code behind a carriage return", ["+// why\rrun();"]],
    ["code behind a line separator", ["+// why\u2028run();"]],
  ])("%s is code", (_name, lines) => {
    expect(isLayout("a.ts", lines)).toBe(false);
  });
});
