import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { analyse } from "scslre";
import { ts } from "ts-morph";
import { describe, expect, test } from "vitest";

const source = new URL("../src/", import.meta.url).pathname;

/** Every regular-expression literal of a TypeScript file. */
function literalsIn(file: string): readonly RegExp[] {
  const tree = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2024);
  const found: RegExp[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      found.push(new RegExp(node.text.slice(1, end), node.text.slice(end + 1)));
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .toSorted();

/** Only reports that repeat within one attempt or between two quantifiers; a scan that starts anew at each place is bounded by the callers. */
function superLinear(literal: RegExp): readonly string[] {
  return analyse(literal, { reportTypes: { Move: false, Self: true, Trade: true } }).reports.map(
    (report) => `${literal.source.slice(0, 100)} (${report.type}, repeats ${JSON.stringify(report.character.pick)})`,
  );
}

describe("regular expressions take linear time on any text", () => {
  test("the check itself refuses what it must", () => {
    expect(superLinear(/^(?:a+)+$/u)).not.toEqual([]);
    expect(superLinear(/^\s*a?\s*$/u)).not.toEqual([]);
    expect(superLinear(/^[a-z]+$/u)).toEqual([]);
  });
  test.each(files)("%s", (file) => {
    expect(literalsIn(path.join(source, file)).flatMap(superLinear)).toEqual([]);
  });
});
