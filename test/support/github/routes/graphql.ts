import { buildSchema, graphql } from "graphql";
import { accountOf } from "../access.ts";
import { rootFor } from "../graphql/resolvers.ts";
import { SCHEMA } from "../graphql/schema.ts";
import type { World } from "../model/world.ts";
import { Refusal } from "../refusal.ts";
import { bodyOf, requiredText } from "./api.ts";
import type { Api } from "./api.ts";

const schema = buildSchema(SCHEMA);

/** `POST /graphql`: errors come with status 200, as GraphQL has it. */
export function routeGraphql(api: Api, world: World): void {
  api.post("/graphql", async (c) => {
    const actor = c.get("actor");
    const viewer = accountOf(actor);
    if (viewer === null) throw new Refusal(401, "This endpoint requires you to be authenticated.");
    const body = await bodyOf(c);
    const variables = body["variables"];
    const answer = await graphql({
      schema,
      source: requiredText(body, "query"),
      rootValue: rootFor(world, actor, viewer),
      variableValues: typeof variables === "object" && variables !== null ? Object.fromEntries(Object.entries(variables)) : {},
    });
    const errors = answer.errors?.map((error) => ({ ...error.toJSON(), type: typeOf(error.originalError) }));
    return c.json({ data: answer.data ?? null, ...(errors === undefined ? {} : { errors }) });
  });
}

function typeOf(cause: unknown): string | undefined {
  if (!(cause instanceof Refusal)) return undefined;
  return cause.status === 404 ? "NOT_FOUND" : cause.status === 403 ? "FORBIDDEN" : "UNPROCESSABLE";
}
