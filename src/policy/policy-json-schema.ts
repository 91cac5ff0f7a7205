import { z } from "zod";
import { policyFileSchema } from "./policy-schema.ts";

/**
 * The JSON Schema (draft 7, what editors' YAML support reads) of the policy file, for completion and
 * checks while writing. The app's own reading is stricter in what a schema cannot say (globs, duplicate keys).
 */
export function buildPolicyJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(policyFileSchema, { target: "draft-07", io: "input" });
  return {
    $schema,
    title: "Backend Reliability Enforcer policy",
    description: "Settings of Backend Reliability Enforcer, read from .github/backend-reliability.yml on the default branch.",
    ...rest,
  };
}
