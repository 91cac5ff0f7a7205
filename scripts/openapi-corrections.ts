import { isRecord, type Json, type JsonObject } from "./openapi-to-json-schema.ts";

/** Where GitHub's description of its API is known to be wrong about what GitHub sends. */
interface Correction {
  readonly why: string;
  /** The schema put right; null where it is not the one meant. */
  readonly correct: (schema: JsonObject) => JsonObject | null;
}

const CORRECTIONS: readonly Correction[] = [
  {
    why: "The lists of events that an app may listen to lack some, merge_group among these, for which the description itself has webhooks.",
    correct: (schema) => {
      const events = Array.isArray(schema["enum"]) ? schema["enum"] : [];
      return events.includes("check_run") && events.includes("push") && !events.includes("merge_group") ? { type: "string" } : null;
    },
  },
  {
    why: "Addresses of commits are what git was told: those of bots, 1+name[bot]@users.noreply.github.com, are no e-mail addresses.",
    correct: ({ format, ...schema }) => (format === "email" ? schema : null),
  },
  {
    why: "The account of a listed installation is a person and an enterprise at once; elsewhere, as in truth, it is one of them.",
    correct: ({ allOf, ...schema }) => {
      const names = Array.isArray(allOf) ? allOf.map((one) => JSON.stringify(isRecord(one) ? (one["required"] ?? []) : [])) : [];
      const isBoth = names.some((required) => required.includes('"login"')) && names.some((required) => required.includes('"slug"'));
      return isBoth && allOf !== undefined ? { ...schema, anyOf: allOf } : null;
    },
  },
];

/** A JSON Schema with every known mistake in it corrected. */
export function correctSchema(value: Json): Json {
  if (Array.isArray(value)) return value.map(correctSchema);
  if (!isRecord(value)) return value;
  for (const { correct } of CORRECTIONS) {
    const corrected = correct(value);
    if (corrected) return corrected;
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, correctSchema(one)]));
}

/** Why the extract differs from its source, one sentence each. */
export const REASONS: readonly string[] = CORRECTIONS.map(({ why }) => why);
