import { ts } from "ts-morph";
import {
  isCallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isStringLiteralLike,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { databaseCallOf } from "../../../syntax/database-calls.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { unwrap } from "../../../syntax/functions.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { TRANSACTION_NAMES, transactionAround, type Transaction } from "../../../syntax/transactions.ts";

/** A statement inside a transaction's callback that goes through the outer client: it is committed whatever becomes of the transaction. */
export const transactionUsesItsHandle: Rule = {
  id: "transaction-uses-its-handle",
  requirement: "transactions",
  severity: "blocking",
  title: "Statements inside a transaction go through its handle",
  why: "The outer client takes another connection: its write stays when the transaction rolls back, and it can wait for a lock that the transaction itself holds.",
  fix: "Use the callback's parameter (`tx`, `trx`, `manager`) for every statement inside, and hand it to the functions that are called there.",
  source: "https://www.prisma.io/docs/orm/prisma-client/queries/transactions#interactive-transactions",
  examples: {
    bad: `export async function transfer(from, to, amount) {
  await prisma.$transaction(async (tx) => {
    await tx.account.update({ where: { id: from }, data: { balance: { decrement: amount } } });
    await prisma.account.update({ where: { id: to }, data: { balance: { increment: amount } } });
  });
}
`,
    good: `export async function transfer(from, to, amount) {
  await prisma.$transaction(async (tx) => {
    await tx.account.update({ where: { id: from }, data: { balance: { decrement: amount } } });
    await tx.account.update({ where: { id: to }, data: { balance: { increment: amount } } });
  });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    words: TRANSACTION_NAMES,
    look: (node, file) => {
      if (!isCallExpression(node)) return [];
      const transaction = transactionAround(node, file);
      if (!transaction || node === transaction.call) return [];
      const outside = ofRoot(node, transaction, file) ?? ofHandedRoot(node, transaction, file);
      if (outside) return [outside];
      const call = databaseCallOf(node, file);
      if (!call) return [];
      const bypass = bypassOf(call.handle, transaction, file);
      if (bypass === "no" || carriesOption(call.node) || usesTransacting(call.whole)) return [];
      const problem: Problem = {
        node: call.node.expression,
        alsoTouches: [transaction.call.expression],
        message: `\`${textOf(call.handle, file)}\` is the client outside: this ${call.kind} is not part of the transaction${transaction.handle ? ` that \`${transaction.handle}\` stands for` : ""}.`,
      };
      return [call.kind === "read" || bypass === "maybe" ? { ...problem, severity: "advisory" } : problem];
    },
  },
};

/** `knex("orders").insert(...)` inside `knex.transaction(...)`, whatever the client is called. */
function ofRoot(node: ts.CallExpression, transaction: Transaction, file: SourceFacts): Problem | null {
  const table = node.arguments[0];
  if (transaction.handle === null || !table || !isIdentifier(node.expression) || node.expression.text !== transaction.outer) return null;
  if (!isStringLiteralLike(table) || databaseCallOf(outermostCall(node), file) || usesTransacting(outermostCall(node))) return null;
  return {
    node: node.expression,
    alsoTouches: [transaction.call.expression],
    severity: "advisory",
    message: `\`${transaction.outer}(...)\` is the client outside: this statement is not part of the transaction that \`${transaction.handle}\` stands for.`,
  };
}

function outermostCall(node: ts.CallExpression): ts.CallExpression {
  let top = node;
  while (isPropertyAccessExpression(top.parent) && isCallExpression(top.parent.parent)) top = top.parent.parent;
  return top;
}

/** `tasks.close(this.db, id)` inside `this.db.transaction(...)`: the function is handed the client outside. */
function ofHandedRoot(node: ts.CallExpression, transaction: Transaction, file: SourceFacts): Problem | null {
  const { handle, outer } = transaction;
  const root = node.arguments.find((a) => outer !== "" && textOf(a, file) === outer && (isIdentifier(a) || isPropertyAccessExpression(a)));
  if (handle === null || !root || shadowed(unwrap(root), transaction) || isLocalStore(file)) return null;
  if (node.arguments.some((a) => isIdentifier(a) && a.text === handle)) return null;
  return {
    node: root,
    alsoTouches: [node.expression, transaction.call.expression],
    severity: "advisory",
    message: `\`${textOf(root, file)}\` is the client outside: what \`${textOf(node.expression, file)}\` does with it is not part of the transaction that \`${handle}\` stands for.`,
  };
}

function textOf(node: ts.Node, file: SourceFacts): string {
  return node.getText(file.sourceFile).replace(/\s+/g, " ").slice(0, 40);
}

/** Surely when the statement goes through the very expression that the transaction was opened on; maybe when its client was declared outside the callback. */
function bypassOf(handle: ts.Expression, transaction: Transaction, file: SourceFacts): "surely" | "maybe" | "no" {
  const root = unwrap(handle);
  const text = textOf(handle, file);
  if (transaction.handle === null) return "no";
  if (text === transaction.outer && (isIdentifier(root) || isPropertyAccessExpression(root)))
    return shadowed(root, transaction) || isLocalStore(file) ? "no" : "surely";
  return "no";
}

/** Clients that find the running transaction by themselves: sequelize with CLS, typeorm-transactional, AsyncLocalStorage wrappers. */
function isLocalStore(file: SourceFacts): boolean {
  const known = file.repository.dependencies;
  return ["typeorm-transactional", "typeorm-transactional-cls-hooked", "cls-hooked", "@nestjs-cls/transactional"].some((name) =>
    known.has(name),
  );
}

/** The callback's own parameter or a variable inside it carries the same name. */
function shadowed(root: ts.Node, transaction: Transaction): boolean {
  let e = root;
  while (isPropertyAccessExpression(e)) e = unwrap(e.expression);
  if (!isIdentifier(e)) return false;
  const declaration = declarationOf(e);
  return declaration !== null && declaration.pos >= transaction.callback.pos && declaration.end <= transaction.callback.end;
}

/** `{ transaction: t }`, `{ session }`. */
function carriesOption(call: ts.CallExpression): boolean {
  return call.arguments.some((a) =>
    ["present", "unknown"].includes(
      isObjectLiteralExpression(unwrap(a)) ? propertyOf(a, "transaction", "session", "tx", "trx").state : "absent",
    ),
  );
}

/** Knex's `.transacting(trx)` and Objection's `query(trx)` further along the chain. */
function usesTransacting(whole: ts.CallExpression): boolean {
  return /\.(?:transacting|connection|session)\(/.test(whole.getText());
}
