import { describe, expect, test } from "vitest";
import { openHiddenElements, withoutHiddenElements } from "../../src/grade/hidden-html.ts";

describe("elements whose text nobody is meant to see", () => {
  test.each([
    "<div hidden>",
    '<div class="x" hidden="">',
    '<span style="color:white">',
    '<span style="font-size:0">',
    '<p style="opacity: 0">',
    '<table style="display:none">',
    '<font color="#ffffff">',
    "<template>",
  ])("%s stays open until its end", (tag) => {
    const name = /^<([a-z]+)/u.exec(tag)?.[1] ?? "";
    const open = openHiddenElements(`text ${tag}`, []);
    expect(open).toEqual([name]);
    expect(openHiddenElements(`<${name}> and </${name}>`, open)).toEqual([name]);
    expect(openHiddenElements(`</${name}>`, open)).toEqual([]);
  });
  test.each([
    "<div>",
    '<span style="color:red">',
    '<div data-hidden-until="2">',
    '<p style="opacity: 0.5">',
    '<td style="background-color:white">',
    '<input type="hidden">',
    "`<div hidden>` in code",
    "a <hidden> b",
  ])("%s hides nothing", (line) => {
    expect(openHiddenElements(line, [])).toEqual([]);
  });
  test("a hidden element inside an item leaves with its text, a shown one stays", () => {
    expect(withoutHiddenElements("Redis <i hidden>Opossum opens after 5 failures</i> <b>TTL</b>")).toBe("Redis   <b>TTL</b>");
  });
  test("a million opening tags end in time and with a bounded list", () => {
    expect(openHiddenElements("<div hidden>".repeat(80_000), []).length).toBeLessThanOrEqual(50);
  });
});
