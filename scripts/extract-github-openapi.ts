import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { OPERATIONS, WEBHOOK_EVENTS } from "../test/support/github/conformance/operations.ts";
import { correctSchema, REASONS } from "./openapi-corrections.ts";
import { shareSchemas } from "./share-schemas.ts";
import { isRecord, type Json, type JsonObject, toJsonSchema } from "./openapi-to-json-schema.ts";

/**
 * Writes fixtures/github-openapi: of GitHub's own description of its API, the operations and webhook payloads that
 * test/support/github/conformance/operations.ts lists, as JSON Schema without the prose, and what they refer to.
 * Usage: node scripts/extract-github-openapi.ts [path of api.github.com.json]
 * Without a path the description is taken from the npm package below (28 MB packed, hence no dependency of ours).
 * It fails when a listed operation or event is not described.
 */
const PACKAGE = "@octokit/openapi@23.0.2";
const FILE = "generated/api.github.com.json";
const target = new URL("../fixtures/github-openapi/", import.meta.url);

const description = parseObject(readDescription(process.argv[2]));
const source = `${PACKAGE} ${FILE}, ${text(at(description, "info", "title"))} ${text(at(description, "info", "version"))}`;
const corrected = REASONS.join(" ");
const operations = Object.fromEntries(OPERATIONS.map((name) => [name, operationNamed(name)]));
const webhooks = Object.fromEntries(WEBHOOK_EVENTS.flatMap(webhooksOf));
const schemas = referredBy([operations, webhooks]);
const shared = shareSchemas(asRecord(correctSchema({ operations, webhooks, schemas })));

mkdirSync(target, { recursive: true });
write("operations.json", { source, corrected, operations: asRecord(shared.parts["operations"]) });
write("webhooks.json", { source, corrected, webhooks: asRecord(shared.parts["webhooks"]) });
write("schemas.json", { source, corrected, $defs: { ...asRecord(shared.parts["schemas"]), ...shared.definitions } });
console.log(`${OPERATIONS.length} operations, ${Object.keys(webhooks).length} webhooks, ${Object.keys(schemas).length} schemas`);

function readDescription(given: string | undefined): string {
  if (given !== undefined) return readFileSync(given, "utf8");
  const workspace = mkdtempSync(path.join(tmpdir(), "github-openapi-"));
  try {
    const tarball = execFileSync("npm", ["pack", PACKAGE, "--silent"], { cwd: workspace, encoding: "utf8" }).trim();
    execFileSync("tar", ["xzf", tarball, `package/${FILE}`], { cwd: workspace });
    return readFileSync(path.join(workspace, "package", FILE), "utf8");
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

function operationNamed(name: string): JsonObject {
  const [method = "", template = ""] = name.split(" ");
  const found = at(description, "paths", template, method.toLowerCase());
  if (!isRecord(found)) throw new Error(`GitHub describes no ${name}`);
  const body = isRecord(found["requestBody"]) ? resolve(found["requestBody"]) : null;
  const responses = isRecord(found["responses"]) ? Object.entries(found["responses"]) : [];
  return {
    parameters: list(found["parameters"]).map((one) => parameterOf(resolve(one))),
    ...(body === null ? {} : { body: { required: body["required"] === true, schema: contentOf(body) } }),
    responses: Object.fromEntries(responses.map(([status, response]) => [status, contentOf(resolve(response))])),
  };
}

function parameterOf(given: JsonObject): JsonObject {
  return {
    name: text(given["name"]),
    in: text(given["in"]),
    required: given["required"] === true,
    ...(given["x-multi-segment"] === true ? { multiSegment: true } : {}),
    schema: toJsonSchema(given["schema"] ?? {}),
  };
}

/** The schema of a JSON body; null where there is none. */
function contentOf(given: JsonObject): Json {
  const content = at(given, "content", "application/json", "schema");
  return content === undefined ? null : toJsonSchema(content);
}

/** "event.action" and the payload's schema, for each action. */
function webhooksOf(event: string): [string, Json][] {
  const found = Object.values(asRecord(description["x-webhooks"])).flatMap((hook): [string, Json][] => {
    const operation = asRecord(at(asRecord(hook), "post"));
    const header = list(operation["parameters"]).find((one) => asRecord(one)["name"] === "X-Github-Event");
    if (asRecord(header ?? null)["example"] !== event.replaceAll("_", "-") && asRecord(header ?? null)["example"] !== event) return [];
    const schema = at(operation, "requestBody", "content", "application/json", "schema") ?? {};
    const [, action] = text(operation["operationId"]).split("/");
    return [[action === undefined ? event : `${event}.${action.replaceAll("-", "_")}`, toJsonSchema(schema)]];
  });
  if (found.length === 0) throw new Error(`GitHub describes no webhook ${event}`);
  return found;
}

/** Every schema that is referred to, directly or by another. */
function referredBy(roots: Json): JsonObject {
  const found = new Map<string, Json>();
  const follow = (value: Json): void => {
    for (const [, name = ""] of JSON.stringify(value).matchAll(/"\$ref":"github#\/\$defs\/([^"]+)"/g)) {
      if (found.has(name)) continue;
      const schema = toJsonSchema(at(description, "components", "schemas", name) ?? {});
      found.set(name, schema);
      follow(schema);
    }
  };
  follow(roots);
  return Object.fromEntries([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Follows a reference to a parameter or response. */
function resolve(value: Json): JsonObject {
  const given = asRecord(value);
  const reference = given["$ref"];
  return typeof reference === "string" ? asRecord(at(description, ...reference.slice(2).split("/"))) : given;
}

function at(value: JsonObject, ...keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>((found, key) => (isRecord(found) ? found[key] : undefined), value);
}

function asRecord(value: Json | undefined): JsonObject {
  if (!isRecord(value)) throw new Error(`expected an object, found ${JSON.stringify(value)?.slice(0, 80)}`);
  return value;
}

function text(value: Json | undefined): string {
  if (typeof value !== "string") throw new Error(`expected a text, found ${JSON.stringify(value)?.slice(0, 80)}`);
  return value;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function parseObject(json: string): JsonObject {
  return asRecord(JSON.parse(json) as Json); // what JSON.parse returns is JSON
}

/** One line a member of the second level: small, and a change shows where it is. */
function write(name: string, content: Readonly<Record<string, JsonObject | string>>): void {
  const parts = Object.entries(content).map(([key, value]) => {
    if (typeof value === "string") return `${JSON.stringify(key)}:${JSON.stringify(value)}`;
    const members = Object.entries(value).map(([inner, schema]) => `${JSON.stringify(inner)}:${JSON.stringify(schema)}`);
    return `${JSON.stringify(key)}:{\n${members.join(",\n")}\n}`;
  });
  writeFileSync(new URL(name, target), `{\n${parts.join(",\n")}\n}\n`);
}
