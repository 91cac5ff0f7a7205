import { describe, expect, it } from "vitest";
import { callsAndNewsLike, callsLike, namesLike, propertiesLike } from "../../../src/rubrics/syntax/named-calls.ts";
import { buildSourceFacts } from "../../support/build-source-facts.ts";

const TEXT = "b(1); x.a(b(2)).c(); new y.a(3); f({ a: 1, other, b }); (a as any)(4);";

function texts(nodes: readonly { getText(): string }[]): readonly string[] {
  return nodes.map((node) => node.getText());
}

describe("named calls", () => {
  it.each([
    ["a list", ["a", "b"]],
    ["a pattern", /^[ab]$/],
    ["a test", (name: string) => name === "a" || name === "b"],
  ])("are found by %s, in source order and outer before inner", (_, names) => {
    expect(texts(callsLike(names)(buildSourceFacts(TEXT)))).toEqual(["b(1)", "x.a(b(2))", "b(2)", "(a as any)(4)"]);
  });

  it("are told from `new` of the same name", () => {
    const { calls, news } = callsAndNewsLike(["a"]);
    expect(texts(news(buildSourceFacts(TEXT)))).toEqual(["new y.a(3)"]);
    expect(texts(calls(buildSourceFacts(TEXT)))).toEqual(["x.a(b(2))", "(a as any)(4)"]);
  });

  it("are found by a question that was made after the file was asked", () => {
    const file = buildSourceFacts(TEXT);
    expect(callsLike(["nothing"])(file)).toEqual([]);
    expect(texts(callsLike(["c"])(file))).toEqual(["x.a(b(2)).c()"]);
  });
});

it("properties of object literals are found by name, short ones too", () => {
  expect(texts(propertiesLike(/^[ab]$/)(buildSourceFacts(TEXT)))).toEqual(["a: 1", "b"]);
});

it.each([
  ["an identifier", "f(wanted)", true],
  ["a quoted property", 'f({ "wanted": 1 })', true],
  ["a text", 'f("wanted")', false],
])("a name is written by %s: %s", (_, text, expected) => {
  expect(namesLike(/^wanted$/)(buildSourceFacts(text))).toBe(expected);
});
