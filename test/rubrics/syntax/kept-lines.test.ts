import { describe, expect, test } from "vitest";
import { parseSource } from "../../../src/inspect/parse-source.ts";
import { keptLinesOf } from "../../../src/rubrics/syntax/kept-lines.ts";
import { buildSourceFacts } from "../../support/build-source-facts.ts";

/** A file of which another text is known from before the change. */
function changed(was: readonly string[], is: readonly string[]) {
  const before = buildSourceFacts(was.join("\n"));
  return parseSource("src/example.ts", is.join("\n"), "server", false, before.repository, () => before).facts;
}

function linesNow(was: readonly string[], is: readonly string[]): (number | null)[] {
  const lines = keptLinesOf(changed(was, is));
  return was.map((_, index) => lines?.now(index + 1) ?? null);
}

describe("keptLinesOf", () => {
  test.each([
    ["nothing has changed", ["a();", "b();"], ["a();", "b();"], [1, 2]],
    ["a line went", ["a();", "check();", "b();"], ["a();", "b();"], [1, null, 2]],
    ["a line came", ["a();", "b();"], ["a();", "check();", "b();"], [1, 3]],
    ["the first line went", ["check();", "a();"], ["a();"], [null, 1]],
    ["the last line went", ["a();", "check();"], ["a();"], [1, null]],
    ["only blanks and a closing sign differ", ["  a(),", "b();"], ["a();", "    b();"], [1, 2]],
    ["two places changed", ["a();", "x();", "b();", "y();", "c();"], ["a();", "b();", "z();", "c();"], [1, null, 2, null, 4]],
    [
      "more is kept in another order than line by line",
      ["x();", "a();", "b();", "c();"],
      ["a();", "b();", "c();", "x();"],
      [null, 1, 2, 3],
    ],
  ])("%s", (_, was, is, expected) => {
    expect(linesNow(was, is)).toEqual(expected);
  });

  test("names the kept lines around one that went, as they were and as they are", () => {
    const lines = keptLinesOf(changed(["a();", "x();", "y();", "b();"], ["a();", "new1();", "new2();", "new3();", "b();"]));
    expect(lines?.around(2)).toEqual({ from: 1, to: 4, after: 1, before: 5 });
    expect(lines?.around(3)).toEqual({ from: 1, to: 4, after: 1, before: 5 });
  });

  test("goes to the ends of the file where nothing around is kept", () => {
    const lines = keptLinesOf(changed(["x();", "y();"], ["a();"]));
    expect(lines?.around(1)).toEqual({ from: 0, to: 3, after: 0, before: 2 });
  });

  test("says nothing of a new file", () => {
    expect(keptLinesOf(buildSourceFacts("a();"))).toBeNull();
  });

  test("says nothing where the two differ too much to be compared", () => {
    const many = (name: string): string[] => Array.from({ length: 2_100 }, (_, index) => `${name}${index}();`);
    expect(keptLinesOf(changed(many("a"), many("b")))).toBeNull();
  });
});
