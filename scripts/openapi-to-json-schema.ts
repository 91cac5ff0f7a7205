export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isRecord(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Where a schema's keys are names of somebody's choice, not words of the language. */
const NAMED = new Set(["properties", "patternProperties"]);
const LISTS = new Set(["allOf", "anyOf", "oneOf"]);
const NESTED = new Set(["items", "additionalProperties", "not"]);
const KEPT = new Set(
  "type enum required format pattern minLength maxLength minimum maximum minItems maxItems minProperties maxProperties uniqueItems".split(
    " ",
  ),
);

const SILENT = new Set(
  "title description default example examples externalDocs discriminator deprecated readOnly writeOnly nullable".split(" "),
);

/**
 * A schema of OpenAPI 3.0 as JSON Schema, without prose and examples: `nullable` becomes "or null", references point
 * into a document "github". Words that validate nothing are left out; throws for a word that it does not know.
 */
export function toJsonSchema(schema: Json): JsonObject | boolean {
  if (typeof schema === "boolean") return schema;
  if (!isRecord(schema)) throw new Error(`expected a schema, found ${JSON.stringify(schema).slice(0, 80)}`);
  const reference = schema["$ref"];
  if (typeof reference === "string") return { $ref: `github#/$defs/${reference.slice("#/components/schemas/".length)}` };
  const converted = Object.fromEntries(Object.entries(schema).flatMap(([word, value]) => convertWord(word, value)));
  return schema["nullable"] === true ? orNull(converted) : converted;
}

function convertWord(word: string, value: Json): [string, Json][] {
  if (KEPT.has(word)) return [[word, value]];
  if (NESTED.has(word)) return [[word, toJsonSchema(value)]];
  if (LISTS.has(word) && Array.isArray(value)) return [[word, value.map(toJsonSchema)]];
  if (NAMED.has(word) && isRecord(value))
    return [[word, Object.fromEntries(Object.entries(value).map(([name, one]) => [name, toJsonSchema(one)]))]];
  if (SILENT.has(word) || word.startsWith("x-")) return [];
  throw new Error(`unknown word in a schema: ${word}: ${JSON.stringify(value)?.slice(0, 80)}`);
}

function orNull(schema: JsonObject): JsonObject {
  return { anyOf: [schema, { type: "null" }] };
}
