import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import { describedSchemas } from "./description.ts";

/** A JSON Schema as scripts/extract-github-openapi.ts writes them. */
export interface Schema {
  readonly [word: string]: unknown;
}

/** What is wrong, and where. */
export interface Fault {
  readonly pointer: string;
  readonly expected: string;
}

const instances = new Map<boolean, Ajv>();
const compiled = new Map<string, ValidateFunction>();

/**
 * The first thing in which a value differs from a schema; null when it fits. `key` names the schema, which is compiled
 * once, when it is first needed. With `fromText` texts that spell a number or boolean count as one: addresses hold texts only.
 */
export function findFault(key: string, schema: Schema, value: unknown, { fromText = false } = {}): Fault | null {
  const validate = compiled.get(key) ?? ajvFor(fromText).compile(schema);
  compiled.set(key, validate);
  return validate(value) ? null : deepest(validate.errors ?? []);
}

function ajvFor(fromText: boolean): Ajv {
  const found = instances.get(fromText);
  if (found) return found;
  // Each test file compiles what it meets: the code is made fast to make, not fast to run.
  const speed = { validateSchema: false, inlineRefs: false, code: { optimize: false } };
  const ajv = new Ajv({ ...speed, strict: false, coerceTypes: fromText ? "array" : false });
  formats.default(ajv, ["date-time", "uri", "uri-template"]);
  for (const name of ["int64", "repo.nwo"]) ajv.addFormat(name, true);
  ajv.addSchema(describedSchemas(), "github");
  instances.set(fromText, ajv);
  return ajv;
}

/** Of the branches that were tried, the one that went furthest tells what was meant. */
function deepest(errors: readonly ErrorObject[]): Fault {
  const depth = ({ instancePath }: ErrorObject) => instancePath.split("/").length;
  const [first] = errors.toSorted((a, b) => depth(b) - depth(a));
  return { pointer: first?.instancePath ?? "", expected: first === undefined ? "does not fit" : wordsOf(first) };
}

function wordsOf({ message = "does not fit", params }: ErrorObject): string {
  if ("additionalProperty" in params) return `must not have the key ${JSON.stringify(params["additionalProperty"])}`;
  if ("allowedValues" in params && Array.isArray(params["allowedValues"])) return `must be one of ${params["allowedValues"].join(", ")}`;
  return message;
}
