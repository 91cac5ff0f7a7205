import { expect, test } from "vitest";
import { matchesGlob } from "../../src/detect/matches-glob.ts";

test.each([
  ["services/billing/api.ts", "services/billing/**", true],
  ["services/billing/a/b.ts", "services/billing/**", true],
  ["services/bill/a.ts", "services/billing/**", false],
  ["services/billing/api.ts", "services/billing/", true],
  ["a/b/c.sql", "**/*.sql", true],
  ["c.sql", "**/*.sql", true],
  ["a/b/c.sql", "*.sql", false],
  ["a/b/c.sql", "a/*/c.sql", true],
  ["a/b/x/c.sql", "a/*/c.sql", false],
  ["a/b/x/c.sql", "a/**/c.sql", true],
  ["a/c.sql", "a/**/c.sql", true],
  ["src/a.ts", "src/*.{ts,js}", true],
  ["src/a.rb", "src/*.{ts,js}", false],
  ["src/{a}.ts", "src/{a.ts", false],
  ["src/a1.ts", "src/a?.ts", true],
  ["src/a/.ts", "src/a?.ts", false],
  ["src/b.ts", "src/[a-c].ts", true],
  ["src/d.ts", "src/[a-c].ts", false],
  ["src/d.ts", "src/[!a-c].ts", true],
  ["src/[.ts", "src/[.ts", true],
  ["src/abcab.ts", "src/*ab.ts", true],
])("%s against %s: %s", (path, glob, expected) => {
  expect(matchesGlob(path, glob)).toBe(expected);
});

test("a hostile pattern takes no longer than its length allows", () => {
  const started = performance.now();
  expect(matchesGlob(`${"a".repeat(2000)}b`, `${"*a".repeat(60)}c`)).toBe(false);
  expect(matchesGlob(`${"a/".repeat(300)}b`, `${"**/a/".repeat(60)}c`)).toBe(false);
  expect(matchesGlob("a", "{a,b}".repeat(30))).toBe(false);
  expect(performance.now() - started).toBeLessThan(1000);
});
