import { ts } from "ts-morph";
import { describe, expect, test } from "vitest";
import { mayBeInTransaction, transactionsOf } from "../../../src/rubrics/syntax/transactions.ts";
import { buildSourceFacts } from "../../support/build-source-facts.ts";

/** Whether the call `work()` in the text may run inside a transaction. */
function isWorkInside(text: string): boolean {
  const file = buildSourceFacts(text);
  const work = file.nodes(ts.SyntaxKind.CallExpression).find((node) => node.getText(file.sourceFile) === "work()");
  if (!work) throw new Error("the text calls no work()");
  return mayBeInTransaction(work, file);
}

describe("work is, or may be, inside a transaction", () => {
  test.each([
    ["a callback of one", "prisma.$transaction(async (tx) => { await work(); });"],
    ["Kysely's execute", "db.transaction().execute(async (trx) => { await work(); });"],
    ["postgres.js", "sql.begin(async (sql) => { await work(); });"],
    ["a named callback", "async function move(trx) { await work(); }\nknex.transaction(move);"],
    ["a list that is handed over", "async function f() { await prisma.$transaction([work()]); }"],
    ["a wrapper by its name", "runInsideTransaction(() => { for (const x of y) work(); });"],
    ["a handle that was passed in", "async function f(id, trx) { await work(); }"],
    ["a handle among options", "async function f({ id, tx }) { await work(); }"],
    ["a handle by its type", "async function f(client: PoolClient) { await work(); }"],
    ["a decorator", "class A { @Transactional() async f() { await work(); } }"],
    ["BEGIN in SQL", 'async function f() { await client.query("BEGIN"); await work(); }'],
    ["a query runner", "async function f() { await runner.startTransaction(); await work(); }"],
    ["a transaction opened by hand", "async function f() { const trx = await knex.transaction(); await work(); }"],
  ])("%s", (_name, text) => {
    expect(isWorkInside(text)).toBe(true);
  });
});

describe("work is outside", () => {
  test.each([
    ["a plain function", "async function f(id) { await work(); }"],
    ["after the callback", "async function f() { await prisma.$transaction(async (tx) => {}); await work(); }"],
    ["another execute", "commands.execute(async () => { await work(); });"],
    ["another begin", "animation.begin(async () => { await work(); });"],
    ["a query that begins nothing", 'async function f() { await client.query("SELECT 1"); await work(); }'],
  ])("%s", (_name, text) => {
    expect(isWorkInside(text)).toBe(false);
  });
});

test("knows the handle and what the transaction was opened on", () => {
  const file = buildSourceFacts("this.db.transaction(async (trx) => {}); transaction(async () => {}); prisma.$transaction([a, b]);");
  expect(transactionsOf(file).map(({ handle, outer }) => ({ handle, outer }))).toEqual([
    { handle: "trx", outer: "this.db" },
    { handle: null, outer: "" },
  ]);
});
