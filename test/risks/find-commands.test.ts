import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCommands } from "../../src/risks/find-commands.ts";
import { parseRiskForm } from "../../src/risks/parse-risk-form.ts";
import { WRITTEN } from "./describe-command.ts";

const kinds = (comment: string): readonly string[] => findCommands(comment).map((command) => command.kind);

const line = fc.oneof(
  fc.constantFrom(
    "/accept-risk",
    "/accept-risk sign ABC",
    "/accept-risk withdraw",
    "/reliability plan",
    "/acceptrisk",
    "retrofit date: 2027-01-15",
  ),
  fc.constantFrom(
    "> ",
    "```",
    "~~~",
    "    ",
    "- a",
    "<!--",
    "-->",
    "<div>",
    "",
    "| a |",
    "|---|",
    "`",
    "~~",
    "# h",
    "---",
    "1. x",
    "[a]: b",
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
);
const comment = fc.array(line, { maxLength: 15 }).map((lines) => lines.join("\n"));

describe("commands of a comment", () => {
  it.each([
    ["/accept-risk status", ["status"]],
    ["/accept-risk help me, please", ["help"]],
    ["/Accept-Risk Withdraw.", ["withdraw"]],
    ["   /accept-risk status  \r\nthanks", ["status"]],
    ["/reliability recheck", ["recheck"]],
    ["/reliability plan", ["plan"]],
    ["/reliability", ["reliability-help"]],
    ["/reliability help", ["reliability-help"]],
    ["Dear bot\n/reliability recheck\nand then\n/accept-risk status", ["recheck", "status"]],
    ["/accept-risk: retrofit date: 2027-01-15", ["accept-risk"]],
    ["/accept-risk because\nretrofit date: 2027-01-15", ["accept-risk"]],
    ["> quoted\n\n/accept-risk status", ["status"]],
    ["```\nlog\n```\n/accept-risk status", ["status"]],
    ["| a |\n|---|\n| b |\n\n/accept-risk status", ["status"]],
  ])("%j are %j", (text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });

  it("keep their line, and the form ends where the next command starts", () => {
    expect(findCommands("Hello\n\n/accept-risk\nbudget: 2 ew\n\n> not mine\n\n```\ndate: Friday\n```\n/accept-risk sign `ab-12`.")).toEqual(
      [
        { kind: "accept-risk", line: 3, form: "budget: 2 ew\n\n\n\n```\ndate: Friday\n```" },
        { kind: "sign", line: 11, code: "ab-12" },
      ],
    );
  });

  it("are at most 20", () => {
    expect(findCommands("/reliability plan\n".repeat(100))).toHaveLength(20);
  });

  it("are none when the whole comment is quoted", () => {
    fc.assert(
      fc.property(comment, (text) => {
        const quoted = text.split(/\r\n?|\n/).map((each) => `> ${each}`);
        expect(findCommands(quoted.join("\n"))).toEqual([]);
      }),
    );
  });

  it("are none when the whole comment is in a code fence", () => {
    fc.assert(
      fc.property(comment, (text) => {
        expect(findCommands(`\`\`\`\`\`text\n${text.replaceAll("`", "'")}\n\`\`\`\`\``)).toEqual([]);
      }),
    );
  });

  it("and the forms behind them are read without an exception, whatever the comment", () => {
    fc.assert(
      fc.property(comment, (text) => {
        for (const command of findCommands(text)) {
          expect(text.split(/\r\n?|\n/)[command.line - 1]).toMatch(/^ {0,3}\//);
          if (command.kind === "accept-risk") parseRiskForm(command.form, WRITTEN);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["["],
    [">"],
    ["> "],
    ["- "],
    ["1. "],
    ["`"],
    ["]("],
    ["**a"],
    ["*a "],
    ["~~a "],
    ["a\n"],
    ["=\n"],
    ["-\n"],
    ["|a"],
    ["<!--"],
    ["<!-- > "],
    ["<!A"],
    ["<?"],
    [" <"],
    ["<a "],
    ["&"],
    ["[a]: b\n"],
    ["/accept-risk\n"],
    ["   - "],
    ["retrofit date: "],
    [" "],
    ["(("],
    ["2027-01-15 "],
    ["@a "],
    ["10 req/min, "],
    ["\uFDFA"],
  ])("are found in bounded time among %j without end", (unit) => {
    const text = `/accept-risk\nmitigation: ${unit.repeat(Math.ceil(60_000 / unit.length))}`;
    const started = performance.now();
    for (const command of findCommands(text)) if (command.kind === "accept-risk") parseRiskForm(command.form, WRITTEN);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
