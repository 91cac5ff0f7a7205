import { describe, expect, test } from "vitest";
import { correctSchema } from "../../scripts/openapi-corrections.ts";
import { type Json, toJsonSchema } from "../../scripts/openapi-to-json-schema.ts";
import { shareSchemas } from "../../scripts/share-schemas.ts";

describe("a schema of OpenAPI as JSON Schema", () => {
  test.each<[string, Json, Json]>([
    ["loses prose and examples", { type: "string", description: "d", example: "e", title: "t" }, { type: "string" }],
    [
      "keeps a property that is called like a word",
      { properties: { example: { type: "string" } } },
      { properties: { example: { type: "string" } } },
    ],
    ["may be null where it is nullable", { type: "string", nullable: true }, { anyOf: [{ type: "string" }, { type: "null" }] }],
    ["refers into one document", { $ref: "#/components/schemas/label" }, { $ref: "github#/$defs/label" }],
    [
      "is converted in lists and items",
      { items: { oneOf: [{ type: "string", nullable: true }] } },
      { items: { oneOf: [{ anyOf: [{ type: "string" }, { type: "null" }] }] } },
    ],
    ["says whether more keys may come", { additionalProperties: false }, { additionalProperties: false }],
  ])("%s", (_what, given, expected) => {
    expect(toJsonSchema(given)).toEqual(expected);
  });

  test("is refused where a word is unknown: it may forbid something", () => {
    expect(() => toJsonSchema({ type: "string", startsWith: "a" })).toThrow(/startsWith/);
  });
});

describe("a known mistake of the description is corrected", () => {
  test.each<[string, Json, Json]>([
    ["events that an app may listen to", { items: { type: "string", enum: ["check_run", "push"] } }, { items: { type: "string" } }],
    ["addresses of commits", { type: "string", format: "email" }, { type: "string" }],
    [
      "an account that is a person and an enterprise",
      { allOf: [{ required: ["login"] }, { required: ["slug"] }] },
      { anyOf: [{ required: ["login"] }, { required: ["slug"] }] },
    ],
    [
      "and nothing else",
      { allOf: [{ required: ["login"] }], enum: ["push"], format: "uri" },
      { allOf: [{ required: ["login"] }], enum: ["push"], format: "uri" },
    ],
  ])("%s", (_what, given, expected) => {
    expect(correctSchema(given)).toEqual(expected);
  });
});

describe("schemas that repeat", () => {
  const long = { type: "object", required: Array.from({ length: 60 }, (_, index) => `field-${index}`) };

  test("are written once, and referred to", () => {
    const { parts, definitions } = shareSchemas({ a: { one: long, properties: { two: long } }, b: { type: "array", items: long } });
    const [name, ...others] = Object.keys(definitions);
    expect(others).toEqual([]);
    const reference = { $ref: `github#/$defs/${name}` };
    expect(parts).toEqual({ a: { one: reference, properties: { two: reference } }, b: { type: "array", items: reference } });
    expect(Object.values(definitions)).toEqual([long]);
  });

  test("stay where they stand when they are short, or alone", () => {
    const given = { a: { type: "string" }, b: { type: "string" }, c: long };
    expect(shareSchemas(given)).toEqual({ parts: given, definitions: {} });
  });
});
