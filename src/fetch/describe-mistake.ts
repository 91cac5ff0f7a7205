import type { z } from "zod";

const MAX_QUOTE = 60;

/** `files[3].status`; "the input" for the top. */
function renderPath(path: readonly PropertyKey[]): string {
  const dotted = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return dotted === "" ? "the input" : dotted.replace(/^\./, "");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined), value);
}

function quote(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const json = JSON.stringify(value);
  return json.length > MAX_QUOTE ? `${json.slice(0, MAX_QUOTE)}...` : json;
}

/**
 * The first mistake of an input as one line: where, what was expected and what was found. For schemas
 * whose every error message completes "expected ...".
 */
export function describeMistake(issues: readonly z.core.$ZodIssue[], value: unknown): string {
  const [issue] = issues;
  if (!issue) return "the input: expected another shape";
  return `${renderPath(issue.path)}: expected ${issue.message}, found ${quote(valueAt(value, issue.path))}`;
}
