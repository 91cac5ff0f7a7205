import { createHash } from "node:crypto";
import { isRecord, type Json, type JsonObject } from "./openapi-to-json-schema.ts";

/** Shorter ones are left where they stand, in characters of JSON. */
const LEAST_LENGTH = 300;

/**
 * Schemas that stand in several places, written once: GitHub spells a person out in every payload. Returns the parts
 * with references in their place, and what these refer to, under names made of its content.
 */
export function shareSchemas(parts: JsonObject): { readonly parts: JsonObject; readonly definitions: JsonObject } {
  const counts = new Map<string, number>();
  count(parts, counts);
  const definitions = new Map<string, Json>();
  const shared = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, replace(part, counts, definitions)]));
  return { parts: shared, definitions: Object.fromEntries([...definitions].toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}

function count(value: Json, counts: Map<string, number>): void {
  if (isSchema(value)) {
    const text = JSON.stringify(value);
    counts.set(text, (counts.get(text) ?? 0) + 1);
    // What lies inside a repeated schema is counted once: it will be written once.
    if (text.length >= LEAST_LENGTH && (counts.get(text) ?? 0) > 1) return;
  }
  if (Array.isArray(value)) for (const one of value) count(one, counts);
  else if (isRecord(value)) for (const one of Object.values(value)) count(one, counts);
}

function replace(value: Json, counts: ReadonlyMap<string, number>, definitions: Map<string, Json>): Json {
  if (isSchema(value)) {
    const text = JSON.stringify(value);
    if (text.length >= LEAST_LENGTH && (counts.get(text) ?? 0) > 1) {
      const name = `shared-${createHash("sha256").update(text).digest("hex").slice(0, 12)}`;
      if (!definitions.has(name)) definitions.set(name, inner(value, counts, definitions));
      return { $ref: `github#/$defs/${name}` };
    }
  }
  return inner(value, counts, definitions);
}

function inner(value: Json, counts: ReadonlyMap<string, number>, definitions: Map<string, Json>): Json {
  if (Array.isArray(value)) return value.map((one) => replace(one, counts, definitions));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replace(one, counts, definitions)]));
}

/** A map of properties may hold one called "type", too: its value is a schema then, not a word. */
function isSchema(value: Json): value is JsonObject {
  return (
    isRecord(value) &&
    (typeof value["type"] === "string" ||
      Array.isArray(value["enum"]) ||
      ["anyOf", "oneOf", "allOf"].some((word) => Array.isArray(value[word])))
  );
}
