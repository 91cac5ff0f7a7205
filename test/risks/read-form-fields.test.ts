import { describe, expect, it } from "vitest";
import { readFormFields } from "../../src/risks/read-form-fields.ts";

const read = (text: string): readonly string[] =>
  readFormFields(text).map(({ field, value }) => `${field}: ${value.replaceAll("\n", " / ")}`);

describe("the fields of a form", () => {
  it.each<[string, string, readonly string[]]>([
    ["skip what stands in front of them", "We talked.\nbudget: 2 ew", ["budget: 2 ew"]],
    ["end at a blank line", "budget: 2 ew\n\nThanks all", ["budget: 2 ew"]],
    ["take the lines up to it", "budget: 2 ew\nmore or less", ["budget: 2 ew / more or less"]],
    ["may start after a blank line", "budget:\n\n2 ew\n\nThanks", ["budget: 2 ew"]],
    ["take nothing after they ended", "budget: 2 ew\n\nThanks\nall", ["budget: 2 ew"]],
    [
      "go on over blank lines for the mitigation",
      "mitigation: 10 req/min\n\n- on-call: @erin",
      ["mitigation: 10 req/min / on-call: @erin"],
    ],
    ["come more than once", "budget: 2 ew\nbudget: 3 ew", ["budget: 2 ew", "budget: 3 ew"]],
    ["share a line", "date: Friday, budget: 2 ew; signer: @dana", ["retrofit-date: Friday", "budget: 2 ew", "accepted-by: @dana"]],
    [
      "are not cut at any comma",
      "mitigation: 10 req/min, gateway: on; nobody waits",
      ["mitigation: 10 req/min, gateway: on; nobody waits"],
    ],
    ["are not cut at a label without a separator", "mitigation: 10 req/min, budget later", ["mitigation: 10 req/min, budget later"]],
    ["lose hidden comments", "budget: <!-- 9 --> 2 ew <!-- x -->", ["budget: 2 ew"]],
    ["lose a hidden comment that comes first", "<!-- date: Friday -->\nbudget: 2 ew", ["budget: 2 ew"]],
    ["lose everything behind an open comment", "budget: 2 ew <!-- \nmitigation: 10 req/min", ["budget: 2 ew"]],
    ["keep angle brackets that hide nothing", "mitigation: <10 req/min -->", ["mitigation: <10 req/min -->"]],
    [
      "come from a table of columns",
      "| Date | Budget | Note |\n|---|---|---|\n| Friday | 2 ew | ok |",
      ["retrofit-date: Friday", "budget: 2 ew / Note: ok"],
    ],
    ["come from a table of two columns", "| Date | Budget |\n|---|---|\n| Friday | 2 ew |", ["retrofit-date: Friday", "budget: 2 ew"]],
    ["come from a table of rows", "| Date | Friday |\n|---|---|\n| Budget | 2 ew |", ["retrofit-date: Friday", "budget: 2 ew"]],
    ["need more than one label for a table of columns", "| Budget | x | y |\n|---|---|---|\n| 2 ew | a | b |", ["budget: x | y"]],
    [
      "know labels in other spellings",
      "**RETROFIT_DATE** = Friday\nEngineerWeeks: 2\n\u{1F6E1} Interim plan: 10 req/min",
      ["retrofit-date: Friday", "budget: 2", "mitigation: 10 req/min"],
    ],
    ["are none in prose", "Nothing here about a date, and no budget either", []],
  ])("%s", (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});
