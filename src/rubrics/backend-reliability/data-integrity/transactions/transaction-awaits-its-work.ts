import { ts } from "ts-morph";
import {
  isAwaitExpression,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isPropertyAccessExpression,
  isReturnStatement,
  isTryStatement,
  isVariableStatement,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { databaseCallOf } from "../../../syntax/database-calls.ts";
import { contains, enclosingFunction, functionOf, isAsync, isFunction, unwrap } from "../../../syntax/functions.ts";
import { calleeName } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { TRANSACTION_NAMES, transactionAround } from "../../../syntax/transactions.ts";

const ENDS = ["rollback", "rollbackTransaction", "commit", "commitTransaction", "abortTransaction", "endSession", "release"];

/** Work that still runs when the transaction has already ended. */
export const transactionAwaitsItsWork: Rule = {
  id: "transaction-awaits-its-work",
  requirement: "transactions",
  severity: "blocking",
  title: "A transaction ends after its work, not before",
  why: "A statement that nobody awaits runs after COMMIT or ROLLBACK: it fails on a closed transaction, or is kept although the rest was undone.",
  fix: "Await every statement inside (a `for...of` loop or `Promise.all` instead of `forEach`), and `return await` inside `try` when `finally` ends the transaction.",
  source: "https://knexjs.org/guide/transactions.html",
  examples: {
    bad: `export async function close(order) {
  await prisma.$transaction(async (tx) => {
    await tx.order.update({ where: { id: order.id }, data: { state: "closed" } });
    tx.orderEvent.create({ data: { orderId: order.id, kind: "closed" } });
  });
}
`,
    good: `export async function close(order) {
  await prisma.$transaction(async (tx) => {
    await tx.order.update({ where: { id: order.id }, data: { state: "closed" } });
    await tx.orderEvent.create({ data: { orderId: order.id, kind: "closed" } });
  });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.ReturnStatement],
    words: [...TRANSACTION_NAMES, ...ENDS],
    look: (node, file) => {
      if (isReturnStatement(node)) return ofReturn(node);
      return isCallExpression(node) ? [...ofStatement(node, file), ...ofLoop(node, file)] : [];
    },
  },
};

/** A statement inside the callback that is called and forgotten. */
function ofStatement(node: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const call = databaseCallOf(node, file);
  const transaction = call ? transactionAround(node, file) : null;
  if (!call || !transaction || call.node === transaction.call) return [];
  if (!isExpressionStatement(call.whole.parent) || call.library === "sql") return [];
  if (call.library === "repository" && call.verb === "create") return [];
  if (call.library === "repository" && isUnitOfWork(call.handle)) return [];
  if (hasCallback(call.whole) || !isAsyncAround(call.whole)) return [];
  return [
    {
      node: call.node.expression,
      message: `\`${call.verb}\` inside the transaction is not awaited: the transaction may end before it runs.`,
    },
  ];
}

/** MikroORM's entity manager collects changes and writes them at flush. */
function isUnitOfWork(handle: ts.Expression): boolean {
  return /^(?:em|.*\.em)$/.test(handle.getText());
}

function hasCallback(whole: ts.CallExpression): boolean {
  return whole.arguments.some((a) => isFunction(unwrap(a)));
}

function isAsyncAround(node: ts.Node): boolean {
  const around = enclosingFunction(node);
  return around !== null && isAsync(around);
}

/** `forEach(async ...)` inside the callback, with database work in it. */
function ofLoop(node: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  if (calleeName(node) !== "forEach" || !transactionAround(node, file)) return [];
  const callback = functionOf(node.arguments[0]);
  if (!callback?.body || !isAsync(callback)) return [];
  const works = contains(callback.body, (n) => isCallExpression(n) && databaseCallOf(n, file) !== null);
  return works
    ? [
        {
          node: node.expression,
          message: "`forEach` does not wait for its async callback: the transaction may end before its statements run.",
        },
      ]
    : [];
}

/** `try { return work(trx) } finally { await trx.rollback() }`: the finally runs while the work does. */
function ofReturn(node: ts.ReturnStatement): readonly Problem[] {
  const returned = node.expression;
  if (!returned || !isCallExpression(returned)) return [];
  const block = tryAround(node);
  const end = block?.finallyBlock ? endIn(block.finallyBlock) : null;
  const around = enclosingFunction(node);
  if (!end || !around || !isAsync(around)) return [];
  const handle = end.handle;
  const reaches =
    returned.arguments.some((a) => contains(a, (n) => isIdentifier(n) && n.text === handle)) || comesFrom(block, handle, returned);
  if (!reaches) return [];
  return [
    {
      node: returned,
      alsoTouches: [end.node],
      message: `The promise is returned without \`await\`, so \`${handle}.${end.name}()\` runs before the work is done.`,
    },
  ];
}

function tryAround(node: ts.Node): ts.TryStatement | null {
  for (let up: ts.Node = node; up.parent && !isFunction(up.parent); up = up.parent)
    if (isTryStatement(up.parent) && up.parent.tryBlock === up) return up.parent;
  return null;
}

function endIn(block: ts.Block): { readonly node: ts.Node; readonly name: string; readonly handle: string } | null {
  for (const statement of block.statements) {
    const e = isExpressionStatement(statement) ? unwrap(statement.expression) : null;
    if (!e || !isCallExpression(e) || !isPropertyAccessExpression(e.expression)) continue;
    const receiver = e.expression.expression;
    if (ENDS.includes(e.expression.name.text) && isIdentifier(receiver))
      return { node: e, name: e.expression.name.text, handle: receiver.text };
  }
  return null;
}

/** An argument that a statement of the same try made from the handle: `const service = build(trx); return fn(service)`. */
function comesFrom(block: ts.TryStatement | null, handle: string, returned: ts.CallExpression): boolean {
  const made = new Set<string>([handle]);
  for (const statement of block?.tryBlock.statements ?? [])
    if (isVariableStatement(statement))
      for (const declaration of statement.declarationList.declarations)
        if (
          isIdentifier(declaration.name) &&
          declaration.initializer &&
          contains(declaration.initializer, (n) => isIdentifier(n) && made.has(n.text)) &&
          !isAwaitExpression(declaration.initializer)
        )
          made.add(declaration.name.text);
  return contains(returned, (n) => isIdentifier(n) && made.has(n.text));
}
