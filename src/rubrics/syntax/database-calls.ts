import type { ts } from "ts-morph";
import { isCallExpression, isIdentifier, isObjectLiteralExpression, isPropertyAccessExpression } from "./guards.ts";
import { unwrap } from "./functions.ts";
import { stringOf, textParts } from "./literals.ts";
import { calleeName, originOf, receiverOf } from "./origin.ts";
import { callsLike } from "./named-calls.ts";
import { perFile } from "./per-file.ts";
import type { SourceFacts } from "./source-facts.ts";

/** A statement sent to a database, as far as names and imports tell. */
export interface DatabaseCall {
  /** The call that names the operation: `db.insert(users)` of `db.insert(users).values(row)`. */
  readonly node: ts.CallExpression;
  /** The outermost call of the same chain: what is awaited. */
  readonly whole: ts.CallExpression;
  readonly kind: "read" | "write";
  readonly verb: string;
  /** Model, table or repository as written: "order", "users", "this.orders"; "" when it cannot be told. */
  readonly target: string;
  /** What carries the connection: `prisma` of `prisma.order.create`, `trx` of `trx("orders")`. */
  readonly handle: ts.Expression;
  /** How the arguments are laid out. */
  readonly library: "prisma" | "builder" | "repository" | "model" | "collection" | "sql";
}

const READ =
  /^(?:find\w*|select|selectFrom|first|count|countDocuments|exists|aggregate|query|execute|\$queryRaw\w*|raw|get|where|getOne|getMany)$/;
const WRITE =
  /^(?:create|createMany|createManyAndReturn|update|updateMany|upsert|delete|deleteMany|insert|insertInto|updateTable|deleteFrom|del|increment|decrement|save|remove|softDelete|softRemove|insertOne|insertMany|updateOne|replaceOne|deleteOne|findOneAndUpdate|findOneAndDelete|findOneAndReplace|findByIdAndUpdate|findByIdAndDelete|findAndModify|bulkCreate|bulkWrite|destroy|persistAndFlush|\$executeRaw\w*)$/;
const CLIENT_NAME = /^(?:prisma\w*|\w*[pP]risma|\w*PrismaClient|db|database|tx|trx|transaction|t)$/;
const BUILDER_NAME = /^(?:db|database|knex|kysely|drizzle|orm|trx|tx|\w+Db|\w+Trx|transaction)$/;
const SQL_NAME =
  /^(?:db|database|pool|client|conn|connection|pg|pgClient|sequelize|knex|trx|tx|queryRunner|dataSource|manager|entityManager)$/;
const REPOSITORY_NAME = /(?:Repository|Repo)$|^(?:repo|repository|manager|entityManager|em|transactionalEntityManager)$/;
const PRISMA_ONLY =
  /^(?:create|createMany|createManyAndReturn|update|updateMany|upsert|delete|deleteMany|findUnique|findUniqueOrThrow|findFirst|findFirstOrThrow|findMany|count|aggregate|groupBy)$/;
const MONGO_ONLY =
  /^(?:insertOne|updateOne|replaceOne|deleteOne|bulkWrite|findOneAndUpdate|findOneAndDelete|findOneAndReplace|findByIdAndUpdate|findByIdAndDelete|countDocuments|findById|findByPk|bulkCreate)$/;
const MODEL_FILE = /(?:^|[/.-])(?:models?|entity|entities|schemas?)(?:[/.-]|$)/i;

const SQL_VERB = /^(?:query|execute|raw|\$executeRaw\w*|\$queryRaw\w*)$/;

/** true for the verb of a write that is no SQL text: `update`, `insertOne`. */
export function isWriteVerb(name: string): boolean {
  return WRITE.test(name);
}

/** true for the verb of any write, SQL text among them: for `words`. */
export function mayWrite(name: string): boolean {
  return WRITE.test(name) || SQL_VERB.test(name);
}

const mayAsk = callsLike((name) => WRITE.test(name) || READ.test(name));

interface Calls {
  readonly byNode: ReadonlyMap<ts.Node, DatabaseCall>;
  readonly list: readonly DatabaseCall[];
}

const NO_CALLS: Calls = { byNode: new Map(), list: [] };

/** Every database call of a file that names or imports give away, in source order: Prisma, TypeORM, Knex, Kysely, Drizzle, Mongoose, Sequelize, MongoDB, SQL text. */
export function databaseCallsOf(file: SourceFacts): readonly DatabaseCall[] {
  return callsIn(file).list;
}

/** Reads a call as a database statement; null when nothing says that it is one. */
export function databaseCallOf(node: ts.Node, file: SourceFacts): DatabaseCall | null {
  return callsIn(file).byNode.get(node) ?? null;
}

const callsIn = perFile((file): Calls => {
  const byNode = new Map<ts.Node, DatabaseCall>();
  for (const node of mayAsk(file)) {
    const call = readCall(node, file);
    if (call) byNode.set(node, call);
  }
  return byNode.size === 0 ? NO_CALLS : { byNode, list: [...byNode.values()] };
});

/** The writes below a node, nested functions included; in source order. */
export function writesIn(root: ts.Node, file: SourceFacts): readonly DatabaseCall[] {
  return databaseCallsOf(file).filter((call) => call.kind === "write" && call.node.pos >= root.pos && call.node.end <= root.end);
}

/** Last name of an expression: `users` of `this.users`, `tx` of `tx`; "" when it has none. */
export function lastName(node: ts.Node): string {
  const e = unwrap(node);
  return isIdentifier(e) ? e.text : isPropertyAccessExpression(e) ? e.name.text : "";
}

function readCall(node: ts.CallExpression, file: SourceFacts): DatabaseCall | null {
  const verb = calleeName(node);
  const isWrite = WRITE.test(verb);
  if (!isWrite && !READ.test(verb)) return null;
  const receiver = receiverOf(node);
  if (!receiver) return null;
  const made = (handle: ts.Expression, target: string, library: DatabaseCall["library"], kind = isWrite): DatabaseCall => ({
    node,
    whole: outermost(node),
    kind: kind ? "write" : "read",
    verb,
    target,
    handle,
    library,
  });
  const inner = unwrap(receiver);
  const owner = lastName(inner);
  const prisma = PRISMA_ONLY.test(verb) ? prismaModel(node, inner, file) : null;
  if (prisma) return made(prisma.handle, prisma.model, "prisma");
  const statement = SQL_NAME.test(owner) ? sqlOf(node, verb) : null;
  if (statement) return made(receiver, statement.table, "sql", statement.isWrite);
  if (/^(?:insertInto|updateTable|deleteFrom|selectFrom)$/.test(verb)) return made(receiver, tableText(node), "builder");
  if (/^(?:insert|update|delete|select)$/.test(verb) && BUILDER_NAME.test(owner)) return made(receiver, tableText(node), "builder");
  const table = isWrite || isOutermost(node) ? knexTable(inner) : null;
  if (table) return made(table.handle, table.name, "builder");
  if (/^(?:query|execute|raw|where|get|first|select)$/.test(verb)) return null;
  if (REPOSITORY_NAME.test(owner) && !(verb === "create" && isTypeorm(file))) return made(receiver, owner, "repository");
  const collection = isCallExpression(inner) && calleeName(inner) === "collection" ? inner : null;
  if (collection) return made(receiverOf(collection) ?? receiver, stringOf(collection.arguments[0]) ?? "", "collection");
  if (/[cC]ollection$/.test(owner)) return made(receiver, owner, "collection");
  return isModel(inner, verb, file) ? made(receiver, owner, "model") : null;
}

/** `prisma.order.create({data})`: a client's name, a model, and an argument laid out as Prisma wants it. */
function prismaModel(node: ts.CallExpression, inner: ts.Node, file: SourceFacts): { handle: ts.Expression; model: string } | null {
  if (!isPropertyAccessExpression(inner)) return null;
  if (inner.name.text === "query" || inner.name.text === "schema") return null;
  const argument = node.arguments[0] ? unwrap(node.arguments[0]) : null;
  const origin = /prisma/i.test(lastName(inner.expression)) ? null : originOf(inner.expression, file);
  const isPrisma = origin === null || origin.module === "@prisma/client" || /^(?:PrismaClient|PrismaService)$/.test(origin.type ?? "");
  if (!isPrisma && !CLIENT_NAME.test(lastName(inner.expression))) return null;
  if (!isPrisma && argument && !isObjectLiteralExpression(argument)) return null;
  if (!isPrisma && !argument && !/^(?:findMany|count)$/.test(calleeName(node))) return null;
  return { handle: inner.expression, model: inner.name.text };
}

function sqlOf(node: ts.CallExpression, verb: string): { table: string; isWrite: boolean } | null {
  if (!SQL_VERB.test(verb)) return null;
  const first = node.arguments[0];
  const text = stringOf(first) ?? textParts(first).join(" ");
  const match = /^\s*(insert\s+into|update|delete\s+from|replace\s+into|select\b[^]*?\bfrom)\s+["`]?([\w.]+)/i.exec(text.slice(0, 2000));
  return match ? { table: match[2] ?? "", isWrite: !/^select/i.test(match[1] ?? "") } : null;
}

function tableText(node: ts.CallExpression): string {
  const first = node.arguments[0];
  return first ? (stringOf(first) ?? lastName(first)) : "";
}

/** `trx("orders").where(...)`: the call at the root of a chain whose callee is a builder. */
function knexTable(receiver: ts.Node): { handle: ts.Expression; name: string } | null {
  let e = receiver;
  while (isCallExpression(e)) {
    const callee = unwrap(e.expression);
    if (isPropertyAccessExpression(callee)) {
      if (/^(?:db|knex|trx)$/.test(callee.name.text) && e.arguments.length === 1) return { handle: e.expression, name: tableText(e) };
      e = unwrap(callee.expression);
    } else {
      if (!isIdentifier(callee) || !BUILDER_NAME.test(callee.text) || e.arguments.length === 0) return null;
      return { handle: callee, name: tableText(e) };
    }
  }
  return null;
}

function isTypeorm(file: SourceFacts): boolean {
  for (const imported of file.imports.values()) if (/typeorm|mikro-orm/.test(imported.from)) return true;
  return file.repository.dependencies.has("typeorm");
}

/** `Order.create(...)`: a capitalised name from mongoose, sequelize or a file of models, or a verb that only they have. */
function isModel(inner: ts.Node, verb: string, file: SourceFacts): boolean {
  if (!isIdentifier(inner)) return isPropertyAccessExpression(inner) && inner.name.text.endsWith("Model");
  if (inner.text.endsWith("Model")) return true;
  if (!/^[A-Z][a-zA-Z]*$/.test(inner.text) || /(?:Command|Error|Dto|Module|Factory|Service|Event|Builder|Schema)$/.test(inner.text))
    return false;
  const origin = originOf(inner, file);
  if (/^(?:mongoose|sequelize\S*|objection|@nestjs\/mongoose)$/.test(origin.module ?? "")) return true;
  return MONGO_ONLY.test(verb) || (origin.module !== null && MODEL_FILE.test(origin.module));
}

/** Of a chain, only its last step reads: `knex("orders").where(...)` does, and within `.where(...).del()` it does not. */
function isOutermost(node: ts.CallExpression): boolean {
  return outermost(node) === node || !/^(?:where|select|get)$/.test(calleeName(node));
}

function outermost(node: ts.CallExpression): ts.CallExpression {
  let e = node;
  while (isPropertyAccessExpression(e.parent) && isCallExpression(e.parent.parent) && e.parent.parent.expression === e.parent)
    e = e.parent.parent;
  return e;
}
