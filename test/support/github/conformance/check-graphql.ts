import { readFileSync } from "node:fs";
import { buildSchema, type GraphQLSchema, parse, validate } from "graphql";
import type { Violation } from "./violations.ts";

let github: GraphQLSchema | undefined;
const checked = new Map<string, readonly string[]>();

/** In what a request to /graphql differs from GitHub's published schema: one violation each. */
export function checkGraphql(body: string): Violation[] {
  const query = queryOf(body);
  const found = query === null ? ['must be JSON with a text "query"'] : faultsOf(query);
  return found.map((expected) => ({ operation: "POST /graphql", part: "body", pointer: "/query", expected }));
}

function faultsOf(query: string): readonly string[] {
  const known = checked.get(query);
  if (known) return known;
  const faults = validated(query);
  checked.set(query, faults);
  return faults;
}

function validated(query: string): readonly string[] {
  github ??= publishedSchema();
  try {
    return validate(github, parse(query)).map(({ message }) => message);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function publishedSchema(): GraphQLSchema {
  // Loading the package would read 5 MB of another form of the same, too.
  const file = new URL("schema.graphql", import.meta.resolve("@octokit/graphql-schema"));
  // GitHub's own schema breaks a newer rule about deprecated fields.
  return buildSchema(readFileSync(file, "utf8"), { assumeValid: true });
}

function queryOf(body: string): string | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && "query" in value && typeof value.query === "string" ? value.query : null;
  } catch {
    return null;
  }
}
