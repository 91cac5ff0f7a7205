import { readFileSync } from "node:fs";
import type { Schema } from "./schema-validator.ts";

/** A parameter of an address. */
interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  /** May hold slashes. */
  readonly multiSegment?: boolean;
  readonly schema: Schema;
}

export interface Operation {
  readonly parameters: readonly Parameter[];
  readonly body?: { readonly required: boolean; readonly schema: Schema | null };
  /** By status; null where the answer has no JSON body. */
  readonly responses: Readonly<Record<string, Schema | null>>;
}

const FOLDER = new URL("../../../../fixtures/github-openapi/", import.meta.url);

let operations: ReadonlyMap<string, Operation> | undefined;
let webhooks: ReadonlyMap<string, Schema> | undefined;
let schemas: Schema | undefined;

/** "METHOD /template" -> what GitHub says of it. */
export function describedOperations(): ReadonlyMap<string, Operation> {
  return (operations ??= new Map(Object.entries(read<{ operations: Record<string, Operation> }>("operations.json").operations)));
}

/** "event.action", or "event" where it has no actions -> the payload's schema. */
export function describedWebhooks(): ReadonlyMap<string, Schema> {
  return (webhooks ??= new Map(Object.entries(read<{ webhooks: Record<string, Schema> }>("webhooks.json").webhooks)));
}

/** What the schemas refer to. */
export function describedSchemas(): Schema {
  return (schemas ??= read<Schema>("schemas.json"));
}

function read<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as Content; // scripts/extract-github-openapi.ts wrote it
}
