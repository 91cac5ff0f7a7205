import { describedWebhooks } from "./description.ts";
import { findFault } from "./schema-validator.ts";
import type { Violation } from "./violations.ts";

/** In what a webhook's payload differs from GitHub's description. */
export function checkWebhook(event: string, action: string | null, payload: unknown): Violation[] {
  const name = action === null ? event : `${event}.${action}`;
  const at = { operation: `webhook ${name}`, part: "payload" };
  const schema = describedWebhooks().get(name);
  if (schema === undefined) return [{ ...at, pointer: "", expected: "is of no event of the extract" }];
  const fault = findFault(at.operation, schema, payload);
  return fault === null ? [] : [{ ...at, ...fault }];
}
