import type { Operation } from "./description.ts";
import { forbidUnknownKeys } from "./forbid-unknown-keys.ts";
import { matchOperation } from "./match-operation.ts";
import { findFault, type Schema } from "./schema-validator.ts";
import type { Violation } from "./violations.ts";

export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** As it came; empty when there is none. */
  readonly body: string;
}

const strictBodies = new Map<string, Schema>();

/** In what a request differs from GitHub's description of its API: at most one violation a part. */
export function checkRequest({ method, path, query, body }: SentRequest): Violation[] {
  const match = matchOperation(method, path);
  if (match === null) return [{ operation: `${method} ${path}`, part: "path", pointer: "", expected: "is no operation of the extract" }];
  const { name, operation, parameters } = match;
  return [
    ...checkParameters(name, operation, "path", parameters),
    ...checkParameters(name, operation, "query", recordOf(query)),
    ...checkBody(name, operation, body),
  ];
}

function checkParameters(
  name: string,
  operation: Operation,
  part: "path" | "query",
  values: Readonly<Record<string, unknown>>,
): Violation[] {
  const known = operation.parameters.filter((one) => one.in === part);
  const schema = {
    type: "object",
    properties: Object.fromEntries(known.map((one) => [one.name, one.schema])),
    required: known.filter((one) => one.required).map((one) => one.name),
    additionalProperties: false,
  };
  const fault = findFault(`${name} ${part}`, schema, values, { fromText: true });
  return fault === null ? [] : [{ operation: name, part, ...fault }];
}

function checkBody(name: string, { body: described }: Operation, text: string): Violation[] {
  const at = { operation: name, part: "body", pointer: "" };
  if (text === "") return described?.required === true ? [{ ...at, expected: "must be there" }] : [];
  const value = parsed(text);
  if (value === undefined) return [{ ...at, expected: "must be JSON" }];
  if (described === undefined || described.schema === null) return isEmpty(value) ? [] : [{ ...at, expected: "must not be there" }];
  const strict = strictBodies.get(name) ?? forbidUnknownKeys(described.schema);
  strictBodies.set(name, strict);
  const fault = findFault(`${name} body`, strict, value);
  return fault === null ? [] : [{ operation: name, part: "body", ...fault }];
}

/** A name that comes twice is a list. */
function recordOf(query: URLSearchParams): Record<string, unknown> {
  const names = new Set(query.keys());
  return Object.fromEntries(
    [...names].map((name) => {
      const values = query.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isEmpty = (value: unknown): boolean => typeof value === "object" && value !== null && Object.keys(value).length === 0;
