import type { ts } from "ts-morph";
import {
  isCallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
} from "./guards.ts";
import { isOwnerName } from "./access-checks.ts";
import { contains, nameText, unwrap } from "./functions.ts";
import { callsLike } from "./named-calls.ts";
import { calleeName, receiverOf } from "./origin.ts";
import { propertyOf } from "./properties.ts";
import type { SourceFacts } from "./source-facts.ts";

/** A query or write of stored rows through an ORM, and which rows it means. */
export interface DataAccess {
  readonly node: ts.CallExpression;
  /** As written: `prisma.document`, `page`, `this.invoiceModel`. */
  readonly model: string;
  readonly verb: string;
  readonly isWrite: boolean;
  readonly isList: boolean;
  /** The filter; null when there is none. */
  readonly filter: ts.Node | null;
  /** The value that the row's id is compared with when the filter says nothing else; null otherwise. */
  readonly onlyId: ts.Node | null;
  /** true when the filter names an owner: `userId`, `workspaceId`. */
  readonly isScoped: boolean;
}

const ID = /^(?:id|_id|uuid|uid|publicId|externalId)$/;
const BY_ID = /^(?:findById|findByIdAndUpdate|findByIdAndDelete|findByIdAndRemove|findByPk|findOneById)$/;
const OBJECT_FILTER =
  /^(?:findUnique|findUniqueOrThrow|findFirst|findFirstOrThrow|findOne|findOneOrFail|findMany|count|update|updateMany|upsert|delete|deleteMany)$/;
const PLAIN_FILTER = /^(?:findOne|findOneBy|findOneByOrFail|findOneAndUpdate|findOneAndDelete|updateOne|deleteOne|replaceOne)$/;

const VERB = new RegExp(`^where$|${BY_ID.source}|${OBJECT_FILTER.source}|${PLAIN_FILTER.source}`);

/** true for the verb of an access. */
export function isAccessVerb(name: string): boolean {
  return VERB.test(name);
}

/** The calls that may be an access by their names. */
export const accessCandidates = callsLike(isAccessVerb);

/** Reads a call as an access through Prisma, Drizzle, Mongoose, TypeORM or Sequelize; null when it is none. */
export function dataAccessOf(call: ts.CallExpression, file: SourceFacts): DataAccess | null {
  const verb = calleeName(call);
  if (!VERB.test(verb)) return null;
  const receiver = receiverOf(call);
  if (!receiver) return null;
  if (verb === "where") return ofDrizzle(call, file);
  const model = receiver.getText(file.sourceFile).replace(/\s+/g, "").slice(0, 80);
  const isWrite = /^(?:update|upsert|delete|replace|remove|findOneAnd|findByIdAnd)/.test(verb);
  const isList = /^(?:findMany|count)$/.test(verb);
  if (BY_ID.test(verb))
    return {
      node: call,
      model,
      verb,
      isWrite,
      isList,
      filter: call.arguments[0] ?? null,
      onlyId: call.arguments[0] ?? null,
      isScoped: false,
    };
  const named = OBJECT_FILTER.test(verb) ? propertyOf(call.arguments[0], "where") : null;
  if (named?.state === "unknown") return null;
  const filter = named?.state === "present" ? named.value : PLAIN_FILTER.test(verb) ? call.arguments[0] : undefined;
  if (!filter)
    return isList && isObjectArgument(call)
      ? { node: call, model, verb, isWrite, isList, filter: null, onlyId: null, isScoped: false }
      : null;
  return { node: call, model, verb, isWrite, isList, filter, onlyId: onlyIdOf(filter), isScoped: namesOwner(filter) };
}

function isObjectArgument(call: ts.CallExpression): boolean {
  return call.arguments.length === 0 || (call.arguments[0] !== undefined && isObjectLiteralExpression(unwrap(call.arguments[0])));
}

/** `db.update(page).set(...).where(eq(page.id, x))`, `db.delete(page).where(...)`, `db.select().from(page).where(...)`. */
function ofDrizzle(call: ts.CallExpression, file: SourceFacts): DataAccess | null {
  const filter = call.arguments[0];
  let e: ts.Node | null = receiverOf(call);
  if (!filter) return null;
  while (e && isCallExpression(unwrap(e))) {
    const inner = unwrap(e);
    if (!isCallExpression(inner)) return null;
    const name = calleeName(inner);
    const table = inner.arguments[0];
    if (
      table &&
      inner.arguments.length === 1 &&
      /^(?:update|delete|from)$/.test(name) &&
      (isIdentifier(table) || isPropertyAccessExpression(table))
    ) {
      if (!isExpressionFilter(filter)) return null;
      return {
        node: call,
        model: table.getText(file.sourceFile),
        verb: name === "from" ? "select" : name,
        isWrite: name !== "from",
        isList: false,
        filter,
        onlyId: onlyIdOf(filter),
        isScoped: namesOwner(filter),
      };
    }
    e = receiverOf(inner);
  }
  return null;
}

function isExpressionFilter(filter: ts.Node): boolean {
  return isCallExpression(unwrap(filter)) || isIdentifier(unwrap(filter));
}

/** `{ id: x }` or `eq(table.id, x)`, and nothing beside it. */
function onlyIdOf(filter: ts.Node): ts.Node | null {
  const e = unwrap(filter);
  if (isObjectLiteralExpression(e)) {
    const property = e.properties.length === 1 ? e.properties[0] : undefined;
    if (!property?.name || !ID.test(nameText(property.name))) return null;
    if (isShorthandPropertyAssignment(property)) return property.name;
    const value = isPropertyAssignment(property) ? unwrap(property.initializer) : null;
    return value && !isObjectLiteralExpression(value) ? value : null;
  }
  if (!isCallExpression(e) || calleeName(e) !== "eq") return null;
  const [column, value] = e.arguments;
  return column && value && isPropertyAccessExpression(column) && ID.test(column.name.text) ? value : null;
}

function namesOwner(filter: ts.Node): boolean {
  return contains(filter, (n) => isIdentifier(n) && isOwnerName(n.text), true);
}
