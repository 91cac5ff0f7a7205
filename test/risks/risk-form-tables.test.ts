import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { findCommands } from "../../src/risks/find-commands.ts";
import { describeCommand } from "./describe-command.ts";

interface Row {
  readonly says: string;
  readonly comment: string;
  readonly gets?: readonly string[];
}

const load = (name: string): readonly Row[] => parse(readFileSync(new URL(`../../fixtures/risk-forms/${name}`, import.meta.url), "utf8"));

describe("a wrong or hostile comment", () => {
  it.each(load("hostile-comments.yml").map((row) => [row.says, row] as const))("%s", (_, { comment, gets }) => {
    expect(findCommands(comment).map(describeCommand)).toEqual(gets);
  });

  it("is in the table at least 50 times", () => {
    expect(load("hostile-comments.yml").length).toBeGreaterThanOrEqual(50);
  });
});

describe("the same form", () => {
  it.each(load("forms-in-many-shapes.yml").map((row) => [row.says, row] as const))("is understood as %s", (_, { comment }) => {
    const understood = findCommands(comment)
      .map(describeCommand)
      .filter((line) => line.startsWith("form"));
    expect(understood).toEqual(["form: 2027-01-15, 2 engineer-weeks, @dana, 10 req/min"]);
  });
});
