import { ts } from "ts-morph";
import type { Operation } from "../model/operation.ts";
import { isPrismaCall } from "../rubrics/syntax/async-calls.ts";
import { stringOf, textParts } from "../rubrics/syntax/literals.ts";
import { calleeName, calleeOf, receiverOf } from "../rubrics/syntax/origin.ts";
import { outboundCallOf } from "../rubrics/syntax/outbound-calls.ts";
import { routesOf } from "../rubrics/syntax/routes.ts";
import { serverStartsOf } from "../rubrics/syntax/servers.ts";
import type { SourceFacts } from "../rubrics/syntax/source-facts.ts";
import { findOperationsByLine, nameOfStatement } from "./find-operations-by-line.ts";
import type { Change } from "./read-change.ts";

const PAYMENT_MODULE =
  /^(?:stripe|@paypal\/[^/]+|braintree|square|@adyen\/[^/]+|@mollie\/[^/]+|razorpay|mercadopago|@paddle\/[^/]+|@lemonsqueezy\/[^/]+|authorizenet|dwolla-v2|plaid)$/;
const PRISMA_READ = /^(?:find|count|aggregate|groupBy)/;
const ORM_WRITE =
  /^(?:insert|insertInto|update|updateTable|delete|deleteFrom|upsert|save|create|insertMany|insertOne|updateOne|updateMany|deleteOne|deleteMany|bulkCreate|bulkWrite|destroy)$/;
const ORM_READ = /^(?:select|selectFrom|find|findOne|findAll|findMany|findFirst|findById|from|aggregate|countDocuments)$/;
const DATABASE_MODULE =
  /^(?:knex|kysely|drizzle-orm\S*|mongodb|mongoose|sequelize|typeorm|pg|pg-pool|mysql2?(?:\/promise)?|postgres|better-sqlite3|@mikro-orm\/\S+|objection)$/;
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
  const routeCalls = new Set<ts.Node>(routes.map((route) => route.node));
  for (const kind of [ts.SyntaxKind.CallExpression, ts.SyntaxKind.NewExpression])
    for (const node of file.nodes(kind)) {
      if (routeCalls.has(node) || !ts.isCallExpression(node)) continue;
      const operation = operationOfCall(node, file);
      if (operation) add(operation.kind, operation.name, node);
    }
  return found;
}

function operationOfCall(call: ts.CallExpression, file: SourceFacts): Pick<Operation, "kind" | "name"> | null {
  const origin = calleeOf(call, file);
  const name = calleeName(call);
  if (origin.module !== null && PAYMENT_MODULE.test(origin.module) && origin.path.length > 1)
    return { kind: "payment", name: shortCall(call, file) };
  if (outboundCallOf(call, file)) return { kind: "outbound-call", name: shortCall(call, file) };
  if (isPrismaCall(call))
    return { kind: PRISMA_READ.test(name) ? "database-query" : "database-write", name: call.expression.getText(file.sourceFile) };
  return scheduleOrQueue(call, name, origin.module, file) ?? databaseCall(call, name, origin.module, file);
}

function scheduleOrQueue(
  call: ts.CallExpression,
  name: string,
  module: string | null,
  file: SourceFacts,
): Pick<Operation, "kind" | "name"> | null {
  if (
    /^(?:node-cron|cron|croner|node-schedule|@nestjs\/schedule|agenda)$/.test(module ?? "") &&
    /^(?:schedule|scheduleJob|every|CronJob|Cron)$/.test(name)
  ) {
    const when = stringOf(call.arguments[0]);
    return { kind: "schedule", name: when === null ? shortCall(call, file) : `schedule "${when}"` };
  }
  const isQueueModule =
    /^(?:bull|bullmq|bee-queue|amqplib|kafkajs|pg-boss|@aws-sdk\/client-sq?ns|@aws-sdk\/client-sqs|@google-cloud\/pubsub|nats|@nestjs\/bull(?:mq)?)$/.test(
      module ?? "",
    );
  const isQueueVerb = /^(?:add|addBulk|send|sendToQueue|publish|publishMessage|enqueue|insert|work|process|consume|subscribe)$/.test(name);
  const receiver = receiverOf(call)?.getText(file.sourceFile) ?? "";
  if (isQueueVerb && (isQueueModule || /queue|producer|publisher|boss$/i.test(receiver)))
    return { kind: "queue", name: shortCall(call, file) };
  return null;
}

function databaseCall(
  call: ts.CallExpression,
  name: string,
  module: string | null,
  file: SourceFacts,
): Pick<Operation, "kind" | "name"> | null {
  const receiver = receiverOf(call);
  const owner = receiver ? (/[\w$]+$/.exec(receiver.getText(file.sourceFile))?.[0] ?? "") : "";
  const isDatabase = DATABASE_MODULE.test(module ?? "") || (module === null && DATABASE_NAME.test(owner));
  if (!isDatabase) return null;
  if (/^(?:query|execute|raw|\$queryRaw\w*|\$executeRaw\w*|exec|run)$/.test(name)) {
    const statement = nameOfStatement(textParts(call.arguments[0]).join(" "));
    return statement ?? { kind: "database-query", name: shortCall(call, file) };
  }
  if (ORM_WRITE.test(name)) return { kind: "database-write", name: shortCall(call, file) };
  return ORM_READ.test(name) ? { kind: "database-query", name: shortCall(call, file) } : null;
}

/** `axios.get(ledgerUrl)`: callee and first argument, each cut short. */
function shortCall(call: ts.CallExpression | ts.NewExpression, file: SourceFacts): string {
  const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
  const callee = cut(call.expression.getText(file.sourceFile).replace(/\s+/g, ""), 40);
  const first = call.arguments?.[0];
  const isShown = first !== undefined && !ts.isObjectLiteralExpression(first) && !ts.isFunctionLike(first);
  return `${callee}(${isShown ? cut(first.getText(file.sourceFile).replace(/\s+/g, " "), 36) : ""})`;
}
