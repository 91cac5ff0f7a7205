import { ts } from "ts-morph";
import { isIdentifier, isStringLiteralLike } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { lostSafeguards } from "../../../syntax/lost-safeguards.ts";

/** Holds writes together, or settles which of two at the same moment wins. */
const HOLDS =
  /^(?:\$?transaction|\$tx|withTransaction|runInTransaction|inTransaction|transactional|Transactional|Transaction|transacting|startTransaction|beginTransaction|transactionManager|queryRunner|trx|tx|forUpdate|forShare|lock(?:Row|For\w*)?|acquireLock|withLock|advisoryLock|mutex|runExclusive|redlock|onConflict\w*|onDuplicateKey\w*|upsert|findOrCreate|skipDuplicates|orIgnore|isolationLevel|increment|decrement|\$inc|\$setOnInsert|atomic\w*|setnx|P2002|UniqueConstraintError|UniqueViolation\w*)$/i;
const SQL = /\b(?:FOR UPDATE|ON CONFLICT|ON DUPLICATE KEY|BEGIN|pg_(?:try_)?advisory)\b/;

const isWord = (node: ts.Node): boolean =>
  isIdentifier(node) ? HOLDS.test(node.text) : isStringLiteralLike(node) && (SQL.test(node.text) || /^(?:P2002|23505)$/.test(node.text));

/** A change that takes the transaction, the lock or the conflict clause from writes that are still made. */
export const transactionIsKept: Rule = {
  id: "transaction-is-kept",
  requirement: "transactions",
  severity: "advisory",
  title: "What held writes together still does",
  why: "The writes are still made, one by one: what fails between them, or comes at the same moment, leaves half of the work.",
  fix: "Put the transaction, the lock or the conflict clause back, or say in the pull request what holds the writes together now.",
  source: "CWE-362, CWE-662; https://www.postgresql.org/docs/current/tutorial-transactions.html",
  needsWholeFile: true,
  comparesWithBase: true,
  examples: {
    bad: `import { db } from "./db.ts";
export async function pay(order, amount) {
  await db.transaction(async (trx) => { // removed
    await trx("payments").insert({ order, amount }); // removed
    await trx("orders").where({ id: order }).update({ paid: true }); // removed
  }); // removed
  await db("payments").insert({ order, amount }); // added
  await db("orders").where({ id: order }).update({ paid: true }); // added
  return order;
}
`,
    good: `import { db } from "./db.ts";
export async function pay(order, amount) {
  await db.transaction(async (trx) => { // removed
  await db.transaction(async (tx) => { // added
    await trx("payments").insert({ order, amount }); // removed
    await tx("payments").insert({ order, amount }); // added
  });
  return order;
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) =>
      lostSafeguards(file, isWord).map(({ name, at }) => ({
        node: at,
        message: `The change takes \`${name}\` away here: what held these writes together no longer does. Another that holds them from outside was not followed.`,
      })),
  },
};
