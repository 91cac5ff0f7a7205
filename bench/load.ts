import { appendFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { startPostgres } from "../test/support/database/postgres-server.ts";
import { startGitHub } from "../test/support/github/start-github.ts";
import { type AppProcess, createAppProcess } from "./support/app-process.ts";
import { findFreePort } from "./support/free-port.ts";
import { type LoadPull, openPulls, signDelivery } from "./support/load-world.ts";
import { readMetrics } from "./support/read-metrics.ts";

// node bench/load.ts [--rates 10,50,100] [--seconds 30] [--reviews 2000] [--minutes 60] [--database postgresql|embedded]
//   [--results load-results.jsonl]
// Real processes (one takes webhooks and one works, on PostgreSQL; one for both on the embedded database) against the stand-in for
// GitHub on the same machine. First deliveries at fixed rates, of which one in six asks for a review: how long GitHub waits for its
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
  await github.close();
  await rm(folder, { recursive: true, force: true });
}

async function startProcesses(): Promise<{ readonly taker: AppProcess; readonly worker: AppProcess }> {
  const variables = {
    APP_ID: String(github.app.id),
    PRIVATE_KEY: github.app.privateKey,
    WEBHOOK_SECRET: github.app.webhookSecret,
    GITHUB_API_URL: github.url,
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

/** Sends deliveries at a fixed rate, whatever the answers take, and probes with pull requests that nothing was sent of yet. */
async function measureRate(rate: number, busy: readonly LoadPull[], probes: readonly LoadPull[]) {
  const answers: number[] = [];
  const waits: number[] = [];
  const sends: Promise<void>[] = [];
  let refused = 0;
  const before = await readMetrics(worker.url);
  const startedAt = performance.now();
  const total = rate * seconds;
  for (let count = 0; count < total; count++) {
    const pause = startedAt + (count * 1000) / rate - performance.now();
    if (pause > 1) await delay(pause);
    const pull = busy[count % busy.length];
    if (pull) sends.push(send(pull, MIX[count % MIX.length] ?? "push").then((ms) => void (ms === null ? refused++ : answers.push(ms))));
    const probe = probes[Math.floor((count * probes.length) / total)];
    if (probe && Math.floor(((count + 1) * probes.length) / total) > Math.floor((count * probes.length) / total))
      sends.push(watchProbe(probe).then((ms) => void waits.push(ms)));
  }
  await Promise.all(sends);
  const after = await readMetrics(worker.url);
  return {
    measure: "deliveries",
    rate,
    seconds: Math.round((performance.now() - startedAt) / 1000),
    refused,
    acknowledgedMs: spread(answers),
    checkMs: spread(waits),
    reviews: after.reviews - before.reviews,
    waitingAfterwards: after.waiting,
  };
}

/** Milliseconds until the answer; null when it is not 202. */
async function send(pull: LoadPull, event: (typeof MIX)[number]): Promise<number | null> {
  const startedAt = performance.now();
  const { body, headers } = signDelivery(github.app.webhookSecret, pull, event);
  const answer = await fetch(`${taker.url}/api/github/webhooks`, { method: "POST", body, headers });
  await answer.arrayBuffer();
  return answer.status === 202 ? performance.now() - startedAt : null;
}

/** Milliseconds from a delivery until its check stands, two minutes at most. */
async function watchProbe(pull: LoadPull): Promise<number> {
  const startedAt = performance.now();
  await send(pull, "pull_request");
  while (performance.now() - startedAt < 120_000) {
    if (github.checkRuns(pull.repo, pull.head).some(({ status }) => status === "completed")) break;
    await delay(10);
  }
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
    if (now.waiting < busy.length / 2) for (const pull of busy) await send(pull, "pull_request");
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
