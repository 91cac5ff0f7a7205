import { appendFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { once } from "node:events";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import pg from "pg";
import { startPostgres } from "../test/support/database/postgres-server.ts";
import { startGitHub } from "../test/support/github/start-github.ts";
import { type AppProcess, createAppProcess } from "./support/app-process.ts";
import { findFreePort } from "./support/free-port.ts";
import { type LoadPull, openPulls, signDelivery } from "./support/load-world.ts";
import { readMetrics } from "./support/read-metrics.ts";
import { startReplay } from "./support/replay.ts";

// node bench/load.ts [--rates 10,50,100] [--seconds 30] [--reviews 2000] [--minutes 60] [--database postgresql|embedded]
//   [--results load-results.jsonl]
// Real processes (one takes webhooks and one works, on PostgreSQL; one for both on the embedded database), and on the same machine
// the stand-in for GitHub, whose answers are kept: a question that was asked before costs it nothing. First deliveries at fixed rates, of which one in six asks for a review: how long GitHub waits for its
// answer, and how long a fresh pull request waits for its check. Then reviews without pause: how many a second of processor time
// gives, and whether memory stays level.
const { values } = parseArgs({
  options: {
    rates: { type: "string", default: "10,50,100" },
    seconds: { type: "string", default: "30" },
    reviews: { type: "string", default: "2000" },
    minutes: { type: "string", default: "60" },
    database: { type: "string", default: "postgresql" },
    results: { type: "string", default: "load-results.jsonl" },
  },
});
const ORGANIZATIONS = 40;
const PULLS_OF_EACH = 4;
const PROBES_A_SECOND = 2;
const MIX = ["pull_request", "check_run", "push", "check_run", "issue_comment", "push"] as const;

const rates = values.rates.split(",").map(Number).filter(Boolean);
const seconds = Number(values.seconds);
const write = (line: Readonly<Record<string, unknown>>) => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
  appendFileSync(
    values.results,
    `${JSON.stringify({ at: new Date().toISOString(), database: values.database, cores: cpus().length, ...line })}\n`,
  );
};

const github = await startGitHub();
const replay = await startReplay(github.url);
const folder = await mkdtemp(join(tmpdir(), "load-"));
const server = values.database === "postgresql" ? await startPostgres() : null;
const { taker, worker } = await startProcesses();
try {
  const probes = rates.length * seconds * PROBES_A_SECOND;
  const pulls = await openPulls(github, ORGANIZATIONS, PULLS_OF_EACH + Math.ceil(probes / ORGANIZATIONS));
  const busy = pulls.filter(({ number }) => number <= PULLS_OF_EACH);
  const fresh = pulls.filter(({ number }) => number > PULLS_OF_EACH);
  for (const rate of rates) write(await measureRate(rate, busy, fresh.splice(0, seconds * PROBES_A_SECOND)));
  await measureReviews(busy);
  write({
    measure: "processes",
    webMb: mb((await readMetrics(taker.url)).residentBytes),
    workerMb: mb((await readMetrics(worker.url)).residentBytes),
  });
  if (server) write(await measureRows(server.url));
} finally {
  await Promise.all([taker.stop(), worker === taker ? null : worker.stop()]);
  await server?.stop();
  replay.close();
  await github.close();
  await rm(folder, { recursive: true, force: true });
}

async function startProcesses(): Promise<{ readonly taker: AppProcess; readonly worker: AppProcess }> {
  const variables = {
    APP_ID: String(github.app.id),
    PRIVATE_KEY: github.app.privateKey,
    WEBHOOK_SECRET: github.app.webhookSecret,
    GITHUB_API_URL: replay.url,
    LOG_LEVEL: "warn",
    REVIEW_CONCURRENCY: "8",
    ...(server ? { DATABASE_URL: server.url } : { DATA_DIR: join(folder, "data") }),
  };
  const create = async (role: string) =>
    createAppProcess(role, await findFreePort(), { ...variables, ROLE: role }, join(folder, "app.log"));
  const first = await create(server ? "web" : "all");
  const second = server ? await create("worker") : first;
  await first.start();
  if (second !== first) await second.start();
  return { taker: first, worker: second };
}

/** Sends deliveries at a fixed rate from a thread of their own, and probes with pull requests that nothing was sent of yet. */
async function measureRate(rate: number, busy: readonly LoadPull[], probes: readonly LoadPull[]) {
  const before = await readMetrics(worker.url);
  const startedAt = performance.now();
  const deliveries = Array.from({ length: rate * seconds }, (_, count) =>
    signDelivery(github.app.webhookSecret, busy[count % busy.length] ?? only(busy), MIX[count % MIX.length] ?? "push"),
  );
  const thread = new Worker(new URL("support/sender-thread.ts", import.meta.url), { workerData: { url: taker.url, rate, deliveries } });
  const sent = once(thread, "message");
  const waits: Promise<number>[] = [];
  for (const probe of probes) {
    waits.push(watchProbe(probe));
    await delay(1000 / PROBES_A_SECOND);
  }
  const [answers] = (await sent) as [readonly (number | null)[]]; // what the thread posts
  const checks = await Promise.all(waits);
  const after = await readMetrics(worker.url);
  return {
    measure: "deliveries",
    rate,
    seconds: Math.round((performance.now() - startedAt) / 1000),
    refused: answers.filter((ms) => ms === null).length,
    acknowledgedMs: spread(answers.filter((ms) => ms !== null)),
    checkMs: spread(checks),
    reviews: after.reviews - before.reviews,
    waitingAfterwards: after.waiting,
  };
}

function only<Item>([first]: readonly Item[]): Item {
  if (first === undefined) throw new Error("nothing to send of");
  return first;
}

async function send(pull: LoadPull): Promise<void> {
  const { body, headers } = signDelivery(github.app.webhookSecret, pull, "pull_request");
  await (await fetch(`${taker.url}/api/github/webhooks`, { method: "POST", body, headers: { ...headers } })).arrayBuffer();
}

/** Milliseconds from a delivery until its check stands, two minutes at most. */
async function watchProbe(pull: LoadPull): Promise<number> {
  const startedAt = performance.now();
  const stands = replay.runOn(pull.head);
  await send(pull);
  await Promise.race([stands, delay(120_000, undefined, { ref: false })]);
  return performance.now() - startedAt;
}

/** Keeps the workers busy until enough reviews are done, and looks at memory ten times on the way. */
async function measureReviews(busy: readonly LoadPull[]): Promise<void> {
  const wanted = Number(values.reviews);
  const until = Date.now() + Number(values.minutes) * 60_000;
  const before = await readMetrics(worker.url);
  const startedAt = performance.now();
  let done = 0;
  let shown = 0;
  while (done < wanted && Date.now() < until) {
    const now = await readMetrics(worker.url);
    done = now.reviews - before.reviews;
    if (done >= (shown * wanted) / 10) {
      write({ measure: "memory", reviews: done, residentMb: mb(now.residentBytes), heapMb: mb(now.heapBytes) });
      shown += 1;
    }
    if (now.waiting < busy.length / 2) for (const pull of busy) await send(pull);
    await delay(250);
  }
  const after = await readMetrics(worker.url);
  const cpuSeconds = after.cpuSeconds - before.cpuSeconds;
  const elapsed = (performance.now() - startedAt) / 1000;
  write({
    measure: "reviews",
    reviews: done,
    seconds: Math.round(elapsed),
    perSecond: Math.round((done / elapsed) * 10) / 10,
    perSecondOfProcessor: Math.round((done / cpuSeconds) * 10) / 10,
    residentMb: mb(after.residentBytes),
  });
}

/** Bytes of a stored review and of a delivery, indexes included. */
async function measureRows(url: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const sizeOf = async (table: string) => {
    const { rows } = await client.query<{ bytes: string }>(
      `select pg_total_relation_size('${table}') / greatest((select count(*) from ${table}), 1) as bytes`,
    );
    return Number(rows[0]?.bytes);
  };
  const line = {
    measure: "rows",
    reviewBytes: await sizeOf("review"),
    deliveryBytes: (await sizeOf("delivery")) + (await sizeOf("delivery_job")),
  };
  await client.end();
  return line;
}

function spread(numbers: readonly number[]) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), most: at(1) };
}

function mb(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
