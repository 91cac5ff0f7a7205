import { describe, expect, test } from "vitest";
import { inspectPullRequest } from "../../src/inspect/inspect-pull-request.ts";
import type { ChangedFile } from "../../src/model/changed-file.ts";
import { buildPullRequest } from "../support/build-pull-request.ts";

const operationsOf = (...files: readonly ChangedFile[]) =>
  inspectPullRequest(buildPullRequest(files), [], []).operations.map((o) => `${o.line} ${o.kind} ${o.name}`);
const added = (path: string, content: string): ChangedFile => ({ path, status: "added", content });

test("TypeScript: routes, calls, queries, writes, queues, schedules, servers and payments, each at its line", () => {
  const code = `import express from "express";
import Stripe from "stripe";
import cron from "node-cron";
import { Queue } from "bullmq";
const app = express();
const stripe = new Stripe("key");
const mails = new Queue("mails");
app.post("/refunds", async (req, res) => {
  const order = await prisma.order.findUnique({ where: { id: 1 } });
  await fetch("https://ledger.example.com/entries", { method: "POST" });
  await stripe.refunds.create({ charge: order.charge });
  await prisma.refund.create({ data: {} });
  await pool.query("UPDATE orders SET refunded = true WHERE id = $1", [1]);
  await mails.add("refunded", { id: 1 });
});
cron.schedule("0 3 * * *", purge);
app.listen(3000);
`;
  expect(operationsOf(added("src/refunds.ts", code))).toEqual([
    "8 route POST /refunds",
    "9 database-query prisma.order.findUnique",
    '10 outbound-call fetch("https://ledger.example.com/entries")',
    "11 payment stripe.refunds.create()",
    "12 database-write prisma.refund.create",
    "13 database-write update orders",
    '14 queue mails.add("refunded")',
    '16 schedule schedule "0 3 * * *"',
    "17 server HTTP server",
  ]);
});

test("statements on a pool that another file of the project makes; not those that only frame a transaction", () => {
  const code = `import { pool } from "../db.js";
import { run } from "../tasks.js";
export async function store(trackId, points) {
  const client = await pool.connect();
  await client.query("BEGIN");
  for (const p of points) await client.query(\`INSERT INTO points (track_id, lat) VALUES ($1, $2)\`, [trackId, p.lat]);
  await client.query("UPDATE tracks SET status = 'done' WHERE id = $1", [trackId]);
  await client.query("COMMIT");
  await pool.query("SELECT id FROM tracks WHERE id = $1", [trackId]);
  await run("update tracks");
}
`;
  expect(operationsOf(added("src/store.ts", code))).toEqual([
    "6 database-write insert into points",
    "7 database-write update tracks",
    "9 database-query select from tracks",
  ]);
});

test("only what the change wrote, and the same thing once a file", () => {
  const content = 'fetch("https://a.example.com");\nfetch("https://b.example.com");\nfetch("https://b.example.com");\n';
  const patch = '@@ -1 +1,3 @@\n fetch("https://a.example.com");\n+fetch("https://b.example.com");\n+fetch("https://b.example.com");';
  expect(operationsOf({ path: "src/a.ts", status: "modified", content, patch })).toEqual([
    '2 outbound-call fetch("https://b.example.com")',
  ]);
});

describe("other languages, by lines", () => {
  test.each([
    ["main.go", 'r.POST("/refunds", refund)', "1 route POST /refunds"],
    ["main.go", "resp, err := http.Get(ledgerURL)", "1 outbound-call http.Get(ledgerURL)"],
    ["app/api.py", '@router.post("/refunds")', "1 route POST /refunds"],
    ["app/tasks.py", "send_receipt.delay(order.id)", "1 queue send_receipt.delay"],
    ["app/ledger.py", "requests.post(LEDGER_URL, json=entry)", "1 outbound-call requests.post(LEDGER_URL)"],
    ["config/routes.rb", "  post '/refunds', to: 'refunds#create'", "1 route POST /refunds"],
    ["RefundController.java", '@PostMapping("/refunds")', "1 route POST /refunds"],
    ["Program.cs", 'app.MapPost("/refunds", Refund);', "1 route POST /refunds"],
    ["routes/api.php", "Route::post('/refunds', [RefundController::class, 'store']);", "1 route POST /refunds"],
    ["src/main.rs", '#[post("/refunds")]', "1 route POST /refunds"],
    ["migrations/1.sql", "CREATE TABLE IF NOT EXISTS refunds (id uuid PRIMARY KEY);", "1 migration table refunds"],
    ["db/migrate/1_create.rb", "    create_table :refunds do |t|", "1 migration table refunds"],
    ["repo.go", 'db.Exec("DELETE FROM refunds WHERE id = $1", id)', "1 database-write delete from refunds"],
  ])("%s: %s", (path, line, expected) => {
    expect(operationsOf(added(path, line))).toEqual([expected]);
  });
});

test("nothing from tests and components", () => {
  expect(
    operationsOf(added("src/a.test.ts", 'fetch("https://a.example.com")'), added("src/components/A.tsx", 'fetch("https://a.example.com")')),
  ).toEqual([]);
});
