import { describe, expect, test } from "vitest";
import { databaseCallsOf } from "../../../src/rubrics/syntax/database-calls.ts";
import { buildSourceFacts } from "../../support/build-source-facts.ts";

/** What a line does: "write orders create prisma"; "" when it is no database call. */
function readLine(code: string, imports = ""): string {
  const calls = databaseCallsOf(buildSourceFacts(`${imports}\nasync function run() { ${code}; }`));
  return calls.map((call) => [call.kind, call.target, call.verb, call.library].join(" ")).join("; ");
}

const MONGOOSE = 'import { model } from "mongoose"; const Order = model("Order");';
const MODELS = 'import { Order } from "./models/order.ts";';
const PRISMA = 'import { PrismaClient } from "@prisma/client"; const client = new PrismaClient();';

describe("reads a call as a statement", () => {
  test.each([
    ["await prisma.order.create({ data })", "", "write order create prisma"],
    ["await this.prisma.order.findMany()", "", "read order findMany prisma"],
    ["await tx.order.update({ where, data })", "", "write order update prisma"],
    ["await client.order.delete({ where })", PRISMA, "write order delete prisma"],
    ["await db.order.findMany()", "", "read order findMany prisma"],
    ['await pool.query("INSERT INTO orders (id) VALUES ($1)", [id])', "", "write orders query sql"],
    ["await client.query(`update orders set state = $1 where id = ${id}`)", "", "write orders query sql"],
    ['await pool.query("SELECT id FROM orders")', "", "read orders query sql"],
    ["await db.insert(orders).values(row)", "", "write orders insert builder"],
    ["await db.select().from(orders)", "", "read  select builder"],
    ['await anything.insertInto("orders").values(row).execute()', "", "write orders insertInto builder"],
    ['await knex("orders").where({ id }).update({ state })', "", "write orders update builder"],
    ['await this.knex("orders").where({ id }).del()', "", "write orders del builder"],
    ["await this.orderRepository.save(order)", "", "write orderRepository save repository"],
    ['await db.collection("orders").insertOne(row)', "", "write orders insertOne collection"],
    ["await ordersCollection.updateMany(filter, change)", "", "write ordersCollection updateMany collection"],
    ["await Order.create(row)", MONGOOSE, "write Order create model"],
    ["await Order.create(row)", MODELS, "write Order create model"],
    ["await Order.findByIdAndUpdate(id, row)", "", "write Order findByIdAndUpdate model"],
    ["await this.orderModel.create(row)", "", "write orderModel create model"],
    ["await this.OrderModel.create(row)", "", "write OrderModel create model"],
    ["await OrderModel.create(row)", "", "write OrderModel create model"],
  ])("%s", (code, imports, expected) => {
    expect(readLine(code, imports)).toBe(expected);
  });
});

describe("leaves a call that only sounds like one", () => {
  test.each([
    ["SendMailCommand.create({ to })", 'import { SendMailCommand } from "./models/send-mail-command.ts";'],
    ["Order.create(row)", 'import { Order } from "./order-calculator.ts";'],
    ["Object.create(null)", ""],
    ["cache.delete(key)", ""],
    ["map.set(key, value)", ""],
    ["create(row)", ""],
    ["search.query(text)", ""],
    ['pool.query("BEGIN")', ""],
    ["db.where(filter)", ""],
    ["db.orders.update(id, row)", ""],
    ["db.orders.delete()", ""],
    ["i18n.t.first({ key })", ""],
    ['render("orders").update(row)', ""],
  ])("%s", (code, imports) => {
    expect(readLine(code, imports)).toBe("");
  });

  test("a repository's create only builds the entity where TypeORM is used", () => {
    expect(readLine("this.orderRepository.create(row)", 'import { Repository } from "typeorm";')).toBe("");
    expect(readLine("this.orderRepository.create(row)")).toBe("write orderRepository create repository");
  });
});
