import { ts } from "ts-morph";
import {
  isArrowFunction,
  isAwaitExpression,
  isForOfStatement,
  isForStatement,
  isPropertyAccessExpression,
  isReturnStatement,
  isTryStatement,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { databaseCallsOf, type DatabaseCall, mayWrite } from "../../../syntax/database-calls.ts";
import { enclosingClass, enclosingFunction, functionName, isFunction, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { mayBeInTransaction, transactionsOf } from "../../../syntax/transactions.ts";
import { isInlineCallback, followsOn } from "./follows-on.ts";

const { ThisKeyword } = ts.SyntaxKind;

/** A migration runs once, and its tool holds it together. */
const MIGRATION = /(?:^|\/)(?:migrations?|upgrades?)\//;

/** Two or more writes of one operation, each committed on its own. */
export const relatedWritesShareATransaction: Rule = {
  id: "related-writes-share-a-transaction",
  requirement: "transactions",
  severity: "advisory",
  title: "Writes of one operation share a transaction",
  why: "A crash or an error between two writes leaves one without the other, and nothing will ever repair it.",
  fix: "Put them into one transaction (`prisma.$transaction`, `knex.transaction`, `dataSource.transaction`), or make each write safe to repeat and repeat it.",
  source: "Martin Kleppmann, Designing Data-Intensive Applications, chapter 7",
  needsWholeFile: true,
  examples: {
    bad: `export async function placeOrder(cart) {
  const order = await prisma.order.create({ data: { userId: cart.userId, total: cart.total } });
  await prisma.stock.update({ where: { sku: cart.sku }, data: { left: { decrement: cart.quantity } } });
  return order;
}
`,
    good: `export async function placeOrder(cart) {
  return prisma.$transaction(async (tx) => {
    const order = await tx.order.create({ data: { userId: cart.userId, total: cart.total } });
    await tx.stock.update({ where: { sku: cart.sku }, data: { left: { decrement: cart.quantity } } });
    return order;
  });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    words: mayWrite,
    look: (_node, file) => {
      if (MIGRATION.test(file.path)) return [];
      const byFunction = new Map<FunctionWithBody, DatabaseCall[]>();
      for (const call of databaseCallsOf(file)) {
        const around = call.kind === "write" && isSent(call) && !isHandedIn(call) ? operationAround(call.node) : null;
        if (around) byFunction.set(around, [...(byFunction.get(around) ?? []), call]);
      }
      return [...byFunction].flatMap(([fn, writes]) => (isMadeGoodByRepeating(fn, writes, file) ? [] : problemOf(writes, file)));
    },
  },
};

/** Rows that a start makes sure of, and a consumer or job that only deletes: what one run leaves the next does. */
function isMadeGoodByRepeating(fn: FunctionWithBody, writes: readonly DatabaseCall[], file: SourceFacts): boolean {
  const owner = enclosingClass(fn);
  if (writes.every((call) => call.verb === "upsert") || /(?:^|[/._-])(?:fixtures?|reset|seeds?)(?:[/._-]|$)/i.test(file.path)) return true;
  if (/purge/i.test(`${file.path} ${functionName(fn)}`)) return true;
  if (/^(?:ensure|seed|init|initialize|bootstrap|hydrate|populate)(?![a-z])/.test(functionName(fn))) return true;
  return (
    writes.every((call) => /^(?:delete\w*|del|remove|destroy|softDelete|softRemove)$/.test(call.verb)) &&
    /Handler\b|worker|jobs?\b|cron|cleanup|purge|consumer|Subscriber\b/i.test(
      `${file.path} ${functionName(fn)} ${owner ? functionName(owner) : ""}`,
    )
  );
}

/** Awaited or returned, not collected into an array that a transaction takes. */
function isSent(call: DatabaseCall): boolean {
  const up = call.whole.parent;
  return isAwaitExpression(up) || isReturnStatement(up) || (isArrowFunction(up) && up.body === call.whole);
}

/** A store's own connection comes from whoever made the store, and may be a transaction: `new OrderStore(trx)`. */
function isHandedIn(call: DatabaseCall): boolean {
  const owner = enclosingClass(call.node);
  const root = unwrap(call.handle);
  return (
    owner !== null &&
    /(?:Store|Repository|Repo|Dao|Gateway)$/.test(functionName(owner)) &&
    isPropertyAccessExpression(root) &&
    root.expression.kind === ThisKeyword
  );
}

/** The function that is one operation: callbacks of `map` and the like belong to the function around them. */
function operationAround(node: ts.Node): FunctionWithBody | null {
  let fn = enclosingFunction(node);
  while (fn && isInlineCallback(fn)) fn = enclosingFunction(fn);
  return fn;
}

function problemOf(all: readonly DatabaseCall[], file: SourceFacts): readonly Problem[] {
  if (all.length < 2 && !all.some(loopAround)) return [];
  const writes = all.filter((call) => !mayBeInTransaction(call.node, file) && call.library !== "collection");
  const looped = writes.find((call) => isCreation(call) && loopAround(call));
  const pair = pairOf(writes);
  const first = pair?.[0] ?? looped;
  if (!first) return [];
  const habit = transactionsOf(file).length > 0 ? " Other writes in this file share one." : " Callers were not followed.";
  const nodes = (pair ?? writes).map((call) => call.node.expression);
  const second = pair?.[1];
  return [
    {
      node: (second ?? first).node.expression,
      alsoTouches: nodes,
      message: second
        ? `\`${nameOf(first)}\` and then \`${nameOf(second)}\` are committed one by one: an error between them leaves half.${habit}`
        : `\`${nameOf(first)}\` runs once per element, each committed on its own: an error on the way leaves part of them.${habit}`,
    },
  ];
}

function nameOf(call: DatabaseCall): string {
  return call.target && call.target !== call.verb ? `${call.target}.${call.verb}` : call.verb;
}

function isCreation(call: DatabaseCall): boolean {
  return (
    /^(?:create|insert|insertInto|insertOne|save)$/.test(call.verb) && !/notif|e?mail|log|event|metric|audit|message/i.test(call.target)
  );
}

/** Inside a loop that writes rows one after the other, and not one that pages or retries. */
function loopAround(call: DatabaseCall): boolean {
  for (let up: ts.Node | undefined = call.node.parent; up && !isFunction(up); up = up.parent)
    if (isForOfStatement(up) || isForStatement(up)) return !isSwallowed(call.node, up);
  return false;
}

/** Each element has its own try: one failure was meant to leave the others. */
function isSwallowed(node: ts.Node, loop: ts.Node): boolean {
  for (let up: ts.Node | undefined = node.parent; up && up !== loop; up = up.parent) if (isTryStatement(up) && up.catchClause) return true;
  return false;
}

/** The first two writes to different tables that run on the same path. */
function pairOf(writes: readonly DatabaseCall[]): readonly [DatabaseCall, DatabaseCall] | null {
  for (const [i, first] of writes.entries())
    for (const second of writes.slice(i + 1))
      if (
        first.target !== second.target &&
        first.target !== "" &&
        second.target !== "" &&
        first.library === second.library &&
        followsOn(first.node, second.node)
      )
        return [first, second];
  return null;
}
