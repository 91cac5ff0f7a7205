import type { ts } from "ts-morph";
import {
  isAwaitExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { contains, functionOf } from "../../../syntax/functions.ts";
import { firstInputRead } from "../../../syntax/request-input.ts";
import { requestPartOf } from "../../../syntax/requests.ts";
import type { Route } from "../../../syntax/route.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const STORE =
  /^(?:findUnique|findUniqueOrThrow|findFirst|findFirstOrThrow|findMany|findOne|findById|findByIdAndUpdate|findByIdAndDelete|updateOne|deleteOne|update|delete|upsert|create|insert|insertOne|deleteMany|updateMany|select|selectFrom)$/;

/** true when a handler reads or changes stored data by what was sent, here or in a function that it hands it to. */
export function readsStoreByInput(route: Route, isMutation: boolean, file: SourceFacts): boolean {
  const handler = route.handler;
  if (!handler || !firstInputRead(handler, file)) return false;
  return contains(
    handler,
    (n) =>
      isCallExpression(n) &&
      ((isPropertyAccessExpression(n.expression) &&
        STORE.test(n.expression.name.text) &&
        /prisma|db\b|database|knex|Model\b|repository|supabase/i.test(n.expression.expression.getText(file.sourceFile))) ||
        (isMutation && route.method !== "ALL" && (changesElsewhere(n, file) || actsOnBody(n, file)))),
    true,
  );
}

/** `await cleanThread(body)`: a function of this file that is handed the whole parsed body. */
function actsOnBody(call: ts.CallExpression, file: SourceFacts): boolean {
  const callee = call.expression;
  const argument = call.arguments[0];
  if (!isIdentifier(callee) || call.arguments.length !== 1 || !argument || file.imports.has(callee.text)) return false;
  return isAwaitExpression(call.parent) && isParsedBody(argument, file) && functionOf(callee) !== null;
}

/** `body` of `const body = schema.parse(await request.json())`. */
function isParsedBody(node: ts.Node, file: SourceFacts): boolean {
  const declaration = isIdentifier(node) ? declarationOf(node) : null;
  const made = declaration && isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  if (!made) return false;
  return contains(made, (n) => requestPartOf(n, file) === "body");
}

/** `await updateInvoice(...)`: a function of this code base whose name says that it changes something. */
function changesElsewhere(call: ts.CallExpression, file: SourceFacts): boolean {
  const callee = call.expression;
  if (!isIdentifier(callee)) return false;
  if (
    !/^(?:create|update|delete|remove|add|save|insert|upsert|archive|cancel|publish|assign|move|rename|import|invite)[A-Z]/.test(
      callee.text,
    )
  )
    return false;
  return /^[.@~#]/.test(file.imports.get(callee.text)?.from ?? "");
}
