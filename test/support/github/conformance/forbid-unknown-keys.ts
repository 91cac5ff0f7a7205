import { describedSchemas } from "./description.ts";
import type { Schema } from "./schema-validator.ts";

const LISTS = ["allOf", "anyOf", "oneOf"];

/**
 * The schema of a request's body, with keys refused that it does not name. GitHub takes them and does nothing with
 * them, so a misspelt key is never told of; its description leaves them open too. Where it says of itself that any key
 * may come ("additionalProperties"), any may.
 */
export function forbidUnknownKeys(schema: Schema): Schema {
  const target = resolve(schema);
  const nested = Object.fromEntries(Object.entries(target).map(([word, value]) => [word, within(word, value)]));
  if (target["properties"] === undefined || target["additionalProperties"] !== undefined) return nested;
  // A list of alternatives beside properties only says which of them belong together.
  const open = Object.fromEntries([...namesIn(target)].map((name) => [name, {}]));
  const kept = Object.fromEntries(LISTS.filter((word) => target[word] !== undefined).map((word) => [word, target[word]]));
  return { ...nested, ...kept, properties: { ...open, ...record(nested["properties"]) }, additionalProperties: false };
}

function within(word: string, value: unknown): unknown {
  if (LISTS.includes(word) && Array.isArray(value)) return value.map((one) => forbidUnknownKeys(record(one)));
  if (word === "items" && typeof value === "object") return forbidUnknownKeys(record(value));
  if (word === "properties")
    return Object.fromEntries(Object.entries(record(value)).map(([name, one]) => [name, forbidUnknownKeys(record(one))]));
  return value;
}

/** The keys that a schema names, its alternatives' included. */
function namesIn(schema: Schema): ReadonlySet<string> {
  const alternatives = LISTS.flatMap((word) => (Array.isArray(schema[word]) ? schema[word] : []));
  return new Set([...Object.keys(record(schema["properties"])), ...alternatives.flatMap((one) => [...namesIn(resolve(record(one)))])]);
}

function resolve(schema: Schema): Schema {
  const reference = schema["$ref"];
  if (typeof reference !== "string") return schema;
  return record(record(describedSchemas()["$defs"])[reference.slice("github#/$defs/".length)]);
}

function record(value: unknown): Schema {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
