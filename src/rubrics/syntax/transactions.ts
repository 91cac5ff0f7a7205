import type { ts } from "ts-morph";
import { isCallExpression, isIdentifier, isObjectBindingPattern } from "./guards.ts";
import { lastName } from "./database-calls.ts";
import { decoratorName, decorators } from "./decorators.ts";
import { contains, functionOf, isFunction, nameText, type FunctionWithBody } from "./functions.ts";
import { textParts } from "./literals.ts";
import { callsLike } from "./named-calls.ts";
import { calleeName, receiverOf } from "./origin.ts";
import { perFile } from "./per-file.ts";
import type { SourceFacts } from "./source-facts.ts";

/** A call that runs a callback inside a transaction: `prisma.$transaction(async (tx) => ...)`. */
export interface Transaction {
  readonly call: ts.CallExpression;
  readonly callback: FunctionWithBody;
  /** Name of the callback's first parameter: what statements must go through; null when it takes none or takes it apart. */
  readonly handle: string | null;
  /** Text of what the transaction was opened on: "prisma", "this.dataSource"; "" for a plain call. */
  readonly outer: string;
}

/** Names of calls that run a callback in a transaction, for `words`; `execute` and `begin` only on the right receiver. */
export const TRANSACTION_NAMES: readonly string[] = [
  "$transaction",
  "$tx",
  "transaction",
  "withTransaction",
  "runInTransaction",
  "inTransaction",
  "runTransaction",
  "transactional",
  "runInTransactionScope",
  "execute",
  "begin",
];
const OPENS = /^(?:startTransaction|beginTransaction|begin)$/;
const HANDLE =
  /^_?(?:tx|trx|t|transaction|trxManager|transactionManager|manager|entityManager|em|queryRunner|session|dbTx|unitOfWork|uow)$/;

const openingCalls = callsLike(TRANSACTION_NAMES);

/** Every transaction that the file opens with a callback, in source order. */
export const transactionsOf = perFile((file): readonly Transaction[] => {
  return openingCalls(file).flatMap((node): Transaction[] => {
    const name = calleeName(node);
    const receiver = receiverOf(node);
    if (!isRunner(name, receiver)) return [];
    const argument = node.arguments.find((a) => isFunction(a)) ?? node.arguments.find((a) => functionOf(a) !== null);
    const callback = functionOf(argument);
    if (!callback) return [];
    const first = callback.parameters[0]?.name;
    return [
      {
        call: node,
        callback,
        handle: first && isIdentifier(first) ? first.text : null,
        outer: receiver ? receiver.getText(file.sourceFile) : "",
      },
    ];
  });
});

/** `knex.transaction(f)`, and Kysely's `db.transaction().execute(f)`. */
function isRunner(name: string, receiver: ts.Expression | null): boolean {
  if (name !== "execute" && name !== "begin") return true;
  return (
    receiver !== null &&
    ((name === "execute" && isCallExpression(receiver) && calleeName(receiver) === "transaction") ||
      (name === "begin" && lastName(receiver) === "sql"))
  );
}

/** The innermost transaction callback around a node; null when none is in sight. */
export function transactionAround(node: ts.Node, file: SourceFacts): Transaction | null {
  const all = transactionsOf(file);
  if (all.length === 0) return null;
  const around = all.filter((t) => t.callback.pos <= node.pos && node.end <= t.callback.end);
  return around.at(-1) ?? null;
}

/**
 * true when a transaction surely or probably holds the node: a callback of one, a function that was handed the
 * transaction, a decorator that says so, or a function that opens one by hand.
 */
export function mayBeInTransaction(node: ts.Node, file: SourceFacts): boolean {
  if (transactionAround(node, file)) return true;
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) {
    if (isCallExpression(up) && /transaction/i.test(calleeName(up))) return true;
    if (!isFunction(up)) continue;
    if (decorators(up).some((d) => /transaction/i.test(decoratorName(d)))) return true;
    if (up.parameters.some(carriesTransaction)) return true;
    if (up.body && contains(up.body, opensByHand)) return true;
  }
  return false;
}

function carriesTransaction(parameter: ts.ParameterDeclaration): boolean {
  if (/Transaction|EntityManager|QueryRunner|ClientSession|PoolClient/.test(parameter.type?.getText() ?? "")) return true;
  if (isIdentifier(parameter.name)) return HANDLE.test(parameter.name.text);
  return (
    isObjectBindingPattern(parameter.name) &&
    parameter.name.elements.some((e) => HANDLE.test(nameText(e.propertyName ?? (isIdentifier(e.name) ? e.name : undefined))))
  );
}

/** `queryRunner.startTransaction()`, `await knex.transaction()`, `client.query("BEGIN")`. */
function opensByHand(node: ts.Node): boolean {
  if (!isCallExpression(node)) return false;
  const name = calleeName(node);
  if (OPENS.test(name) && receiverOf(node) !== null) return true;
  if (/^(?:\$?transaction|transactionProvider)$/.test(name)) return !node.arguments.some((a) => functionOf(a) !== null);
  return name === "query" && /^\s*(?:begin|start transaction)\b/i.test(textParts(node.arguments[0])[0] ?? "");
}
