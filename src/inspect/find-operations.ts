import { ts } from "ts-morph";
import { isCallExpression, isFunctionLike, isObjectLiteralExpression } from "../rubrics/syntax/guards.ts";
import type { Operation } from "../model/operation.ts";
import { isPrismaCall } from "../rubrics/syntax/async-calls.ts";
import { stringOf, textParts } from "../rubrics/syntax/literals.ts";
import { mayComeFrom } from "../rubrics/syntax/module-reach.ts";
import { callsLike, inSourceOrder } from "../rubrics/syntax/named-calls.ts";
import { calleeName, calleeOf, receiverOf } from "../rubrics/syntax/origin.ts";
import { outboundCallOf, outboundCallsOf } from "../rubrics/syntax/outbound-calls.ts";
import { PRISMA_VERBS } from "../rubrics/syntax/promise-names.ts";
import { routesOf } from "../rubrics/syntax/routes.ts";
import { serverStartsOf } from "../rubrics/syntax/servers.ts";
import type { SourceFacts } from "../rubrics/syntax/source-facts.ts";
import { findOperationsByLine, nameOfStatement } from "./find-operations-by-line.ts";
import type { Change } from "./read-change.ts";

const { CallExpression } = ts.SyntaxKind;

const PAYMENT_MODULE =
  /^(?:stripe|@paypal\/[^/]+|braintree|square|@adyen\/[^/]+|@mollie\/[^/]+|razorpay|mercadopago|@paddle\/[^/]+|@lemonsqueezy\/[^/]+|authorizenet|dwolla-v2|plaid)$/;
const PRISMA_READ = /^(?:find|count|aggregate|groupBy)/;
const ORM_WRITES = new Set([
  "insert",
  "insertInto",
  "update",
  "updateTable",
  "delete",
  "deleteFrom",
  "upsert",
  "save",
  "create",
  "insertMany",
  "insertOne",
  "updateOne",
  "updateMany",
  "deleteOne",
  "deleteMany",
  "bulkCreate",
  "bulkWrite",
  "destroy",
]);
const ORM_READS = new Set([
  "select",
  "selectFrom",
  "find",
  "findOne",
  "findAll",
  "findMany",
  "findFirst",
  "findById",
  "from",
  "aggregate",
  "countDocuments",
]);
const STATEMENT = /^(?:query|execute|raw|\$queryRaw\w*|\$executeRaw\w*|exec|run)$/;
const SCHEDULES = new Set(["schedule", "scheduleJob", "every", "CronJob", "Cron"]);
const QUEUE_VERBS = new Set([
  "add",
  "addBulk",
  "send",
  "sendToQueue",
  "publish",
  "publishMessage",
  "enqueue",
  "insert",
  "work",
  "process",
  "consume",
  "subscribe",
]);
const SCHEDULE_MODULE = /^(?:node-cron|cron|croner|node-schedule|@nestjs\/schedule|agenda)$/;
const QUEUE_MODULE =
  /^(?:bull|bullmq|bee-queue|amqplib|kafkajs|pg-boss|@aws-sdk\/client-sq?ns|@aws-sdk\/client-sqs|@google-cloud\/pubsub|nats|@nestjs\/bull(?:mq)?)$/;
const DATABASE_MODULE =
  /^(?:knex|kysely|drizzle-orm\S*|mongodb|mongoose|sequelize|typeorm|pg|pg-pool|mysql2?(?:\/promise)?|postgres|better-sqlite3|@mikro-orm\/\S+|objection)$/;
/** A file of the project, by its path or by an alias of a path. */
const OWN_MODULE = /^(?:\.{1,2}(?:\/|$)|[~#/]|@\/)/;
/** Statements that frame others: a plan speaks of what they frame. */
const TRANSACTION_CONTROL = /^\s*(?:begin|start\s+transaction|commit|rollback|savepoint|release|set)\b/i;
const DATABASE_NAME =
  /^(?:db|database|knex|trx|tx|pool|sql|client|conn|connection|prisma|orm|em|manager|\w*Repository|\w*Repo|\w*Model|\w*Collection)$/;

/**
 * What the changed lines do that a plan should speak about: by syntax in TypeScript and JavaScript, by line patterns elsewhere.
 * One entry per kind and name in a file, at its first line.
 */
export function findOperations(change: Change, facts: SourceFacts | null): readonly Operation[] {
  const path = change.file.path;
  const found = facts ? operationsOf(facts, path) : change.head === null ? [] : findOperationsByLine(path, change.head);
  const seen = new Set<string>();
  return found
    .filter((operation) => change.wholeFile || change.added.has(operation.line))
    .toSorted((a, b) => a.line - b.line)
    .filter((operation) => {
      const key = `${operation.kind} ${operation.name}`;
      return !seen.has(key) && seen.add(key).size > 0;
    });
}

function operationsOf(file: SourceFacts, path: string): readonly Operation[] {
  const found: Operation[] = [];
  const add = (kind: Operation["kind"], name: string, node: ts.Node): void => {
    const line = ts.getLineAndCharacterOfPosition(file.sourceFile, node.getStart(file.sourceFile)).line + 1;
    found.push({ kind, name: name.replace(/\s+/g, " ").slice(0, 80), path, line });
  };
  const routes = routesOf(file);
  for (const route of routes)
    add(
      "route",
      route.framework === "trpc"
        ? `${route.path || "procedure"} (${route.method.toLowerCase()})`
        : `${route.method} ${route.path || "(computed path)"}`,
      route.anchor,
    );
  for (const start of serverStartsOf(file))
    add(
      start.kind === "http" ? "server" : "queue",
      start.kind === "http" ? "HTTP server" : `consumer ${shortCall(start.node, file)}`,
      start.node,
    );
  const routeCalls = routes.length === 0 ? null : new Set<ts.Node>(routes.map((route) => route.node));
  const mayPay = mayComeFrom(file, (module) => PAYMENT_MODULE.test(module));
  for (const node of mayPay ? file.nodes(CallExpression) : candidatesIn(file)) {
    if (!isCallExpression(node) || routeCalls?.has(node)) continue;
    const operation = operationOfCall(node, mayPay, file);
    if (operation) add(operation.kind, operation.name, node);
  }
  return found;
}

const workingCalls = callsLike(
  (name) =>
    PRISMA_VERBS.has(name) ||
    SCHEDULES.has(name) ||
    QUEUE_VERBS.has(name) ||
    STATEMENT.test(name) ||
    ORM_WRITES.has(name) ||
    ORM_READS.has(name),
);

/** The calls that `operationOfCall` may know in a file that takes no payments, in source order. */
function candidatesIn(file: SourceFacts): readonly ts.CallExpression[] {
  const outbound = outboundCallsOf(file);
  const working = workingCalls(file);
  return outbound.length === 0 ? working : [...new Set([...working, ...outbound.map(({ node }) => node)])].toSorted(inSourceOrder);
}

function operationOfCall(call: ts.CallExpression, mayPay: boolean, file: SourceFacts): Pick<Operation, "kind" | "name"> | null {
  if (mayPay && isPaymentCall(call, file)) return { kind: "payment", name: shortCall(call, file) };
  if (outboundCallOf(call, file)) return { kind: "outbound-call", name: shortCall(call, file) };
  const name = calleeName(call);
  if (isPrismaCall(call))
    return { kind: PRISMA_READ.test(name) ? "database-query" : "database-write", name: call.expression.getText(file.sourceFile) };
  return scheduleOrQueue(call, name, file) ?? databaseCall(call, name, file);
}

function isPaymentCall(call: ts.CallExpression, file: SourceFacts): boolean {
  const origin = calleeOf(call, file);
  return origin.module !== null && PAYMENT_MODULE.test(origin.module) && origin.path.length > 1;
}

function scheduleOrQueue(call: ts.CallExpression, name: string, file: SourceFacts): Pick<Operation, "kind" | "name"> | null {
  if (SCHEDULES.has(name) && SCHEDULE_MODULE.test(calleeOf(call, file).module ?? "")) {
    const when = stringOf(call.arguments[0]);
    return { kind: "schedule", name: when === null ? shortCall(call, file) : `schedule "${when}"` };
  }
  if (!QUEUE_VERBS.has(name)) return null;
  const isQueue =
    QUEUE_MODULE.test(calleeOf(call, file).module ?? "") ||
    /queue|producer|publisher|boss$/i.test(receiverOf(call)?.getText(file.sourceFile) ?? "");
  return isQueue ? { kind: "queue", name: shortCall(call, file) } : null;
}

function databaseCall(call: ts.CallExpression, name: string, file: SourceFacts): Pick<Operation, "kind" | "name"> | null {
  const isStatement = STATEMENT.test(name);
  const isWrite = ORM_WRITES.has(name);
  if ((!isStatement && !isWrite && !ORM_READS.has(name)) || !isOnDatabase(call, file)) return null;
  if (isStatement) {
    const sql = textParts(call.arguments[0]).join(" ");
    if (TRANSACTION_CONTROL.test(sql)) return null;
    return nameOfStatement(sql) ?? { kind: "database-query", name: shortCall(call, file) };
  }
  return { kind: isWrite ? "database-write" : "database-query", name: shortCall(call, file) };
}

/** By the module of the callee, or by the name of what it is called on when nothing or only a file of the project is known of it. */
function isOnDatabase(call: ts.CallExpression, file: SourceFacts): boolean {
  const { module } = calleeOf(call, file);
  if (module !== null && !OWN_MODULE.test(module)) return DATABASE_MODULE.test(module);
  const receiver = receiverOf(call);
  return receiver !== null && DATABASE_NAME.test(/[\w$]+$/.exec(receiver.getText(file.sourceFile))?.[0] ?? "");
}

/** `axios.get(ledgerUrl)`: callee and first argument, each cut short. */
function shortCall(call: ts.CallExpression | ts.NewExpression, file: SourceFacts): string {
  const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
  const callee = cut(call.expression.getText(file.sourceFile).replace(/\s+/g, ""), 40);
  const first = call.arguments?.[0];
  const isShown = first !== undefined && !isObjectLiteralExpression(first) && !isFunctionLike(first);
  return `${callee}(${isShown ? cut(first.getText(file.sourceFile).replace(/\s+/g, " "), 36) : ""})`;
}
