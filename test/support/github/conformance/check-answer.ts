import { matchOperation } from "./match-operation.ts";
import { findFault, type Schema } from "./schema-validator.ts";
import type { Violation } from "./violations.ts";

export interface GivenAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** The body as JSON; undefined when there is none, or another content. */
  readonly body: unknown;
}

/** Not described for each operation, though each gives them: no or bad credentials, no right, nothing there, limits. */
const ANYWHERE = new Set([400, 401, 403, 404, 409, 422, 429]);
const ERROR: Schema = { $ref: "github#/$defs/basic-error" };

/** In what an answer differs from GitHub's description of its API. Nothing is said of an operation that is not described. */
export function checkAnswer({ method, path, status, body }: GivenAnswer): Violation[] {
  const match = matchOperation(method, path);
  if (match === null) return [];
  const at = { operation: match.name, part: `answer ${status}` };
  const described = match.operation.responses[status];
  // To who has it already: GitHub answers so wherever it gave an ETag (docs, "Best practices for using the REST API").
  if (status === 304 && body === undefined) return [];
  if (described === undefined && !ANYWHERE.has(status)) return [{ ...at, pointer: "", expected: "is no answer of this operation" }];
  const schema = described === undefined ? ERROR : described;
  if (schema === null || body === undefined) return [];
  const fault = findFault(described === undefined ? "basic-error" : `${match.name} ${status}`, schema, body);
  return fault === null ? [] : [{ ...at, ...fault }];
}
