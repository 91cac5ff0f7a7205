import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import type { Context } from "hono";
import { canSee } from "../access.ts";
import { notFound, Refusal } from "../refusal.ts";
import { isPull } from "../views/pull-request.ts";
import type { PullIssue } from "../views/pull-request.ts";
import type { Actor } from "../model/app.ts";
import type { Issue } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";

/** What every route finds in its context. */
export interface ApiEnvironment {
  readonly Bindings: HttpBindings;
  readonly Variables: { actor: Actor };
}

export type Api = Hono<ApiEnvironment>;
export type ApiContext = Context<ApiEnvironment>;

export const newApi = (): Api => new Hono<ApiEnvironment>();

/** The repository of the address. Throws 404 when there is none that the caller may see. */
export function repositoryOf(world: World, c: ApiContext): Repository {
  const repository = findRepository(world, `${parameter(c, "owner")}/${parameter(c, "repo")}`);
  if (repository === null || !canSee(world, c.get("actor"), repository)) throw notFound();
  return repository;
}

/** Finds by "owner/name", in any case; by a name that it had before too, as whoever follows GitHub's redirect does. */
export function findRepository(world: World, name: string): Repository | null {
  const wanted = name.toLowerCase();
  const named = world.repositories.find((one) => `${one.owner.login}/${one.name}`.toLowerCase() === wanted);
  return named ?? world.repositories.find((one) => one.formerNames.has(wanted)) ?? null;
}

export function issueOf(c: ApiContext, repository: Repository): Issue {
  const issue = repository.issues.get(Number(parameter(c, "number")));
  if (issue === undefined) throw notFound();
  return issue;
}

export function pullOf(c: ApiContext, repository: Repository): PullIssue {
  const issue = issueOf(c, repository);
  if (!isPull(issue)) throw notFound();
  return issue;
}

/** A path parameter, decoded. Throws 404 when the route has none of that name. */
export function parameter(c: ApiContext, name: string): string {
  const value = c.req.param(name);
  if (value === undefined) throw notFound();
  return value;
}

/** The JSON body as a record; an empty body is an empty record. Throws 400 for anything else. */
export async function bodyOf(c: ApiContext): Promise<Record<string, unknown>> {
  const text = await c.req.text();
  if (text === "") return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return Object.fromEntries(Object.entries(parsed));
  } catch {
    throw new Refusal(400, "Problems parsing JSON");
  }
  throw new Refusal(400, "Body should be a JSON object");
}

/** A list of texts of a body; empty when it is absent. */
export function textList(body: Record<string, unknown>, name: string): string[] {
  const value = body[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** A text field of a body; undefined when it is absent. Throws 422 for another type. */
export function textField(body: Record<string, unknown>, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw new Refusal(422, `Invalid request.\n\nFor '${name}', ${JSON.stringify(value)} is not a string.`);
  return value;
}

/** A text field that must be there. Throws 422. */
export function requiredText(body: Record<string, unknown>, name: string): string {
  const value = textField(body, name);
  if (value === undefined) throw new Refusal(422, `Invalid request.\n\n"${name}" wasn't supplied.`);
  return value;
}
