import { appendFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type DatabaseOptions, openDatabase } from "../../src/database/open-database.ts";
import { createLogger } from "../../src/telemetry/logger.ts";
import { startPostgres } from "../../test/support/database/postgres-server.ts";
import type { LocalGitHub } from "../../test/support/github/local-github.ts";
import { startGitHub } from "../../test/support/github/start-github.ts";
import { type AppProcess, createAppProcess } from "./app-process.ts";
import { startBalancer } from "./balancer.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";
import { findViolations } from "./find-violations.ts";
import { findFreePort } from "./free-port.ts";
import { startHarm } from "./harm.ts";
import { createRandom } from "./random.ts";
import { createStorm, type Storm } from "./storm.ts";
import { type RunWatch, watchRuns } from "./watch-runs.ts";

/** How large a storm is, and on what. */
export interface ChaosOptions {
  readonly seed: number;
  readonly deliveries: number;
  readonly pulls: number;
  /** "postgresql": two processes take webhooks, two work. "embedded": one process does both. */
  readonly database: "postgresql" | "embedded";
  /** Mean time between two kills. */
  readonly killEveryMs: number;
  /** Longest time for all to come to rest after the storm. */
  readonly patienceMs: number;
  readonly resultPath: string;
}

/** Faults of GitHub's: the shares of the brief, and waits. */
const RATES = { serverErrors: 0.05, timeouts: 0.02, rateLimits: 0.01, latencyMs: [50, 800] } as const;
const DUPLICATES = 0.1;
const REORDERED = 0.2;
const ACTIONS_AT_ONCE = 12;
/** Jobs and missed deliveries, before people act again. */
const MOST_UNDER_WAY = 40;
const RECOVERY_INTERVAL_SECONDS = "10";

type Ending = () => Promise<unknown> | unknown;

/** One storm. Returns the sentences that say what is wrong afterwards; the result is a line of JSON in the result file too. */
export async function runChaos(options: ChaosOptions, say: (line: string) => void): Promise<readonly string[]> {
  const endings: Ending[] = [];
  const folder = await mkdtemp(join(tmpdir(), "chaos-"));
  endings.push(() => rm(folder, { recursive: true, force: true }));
  try {
    return await run(options, folder, endings, say);
  } finally {
    for (const end of endings.toReversed()) await end();
  }
}

async function run(options: ChaosOptions, folder: string, endings: Ending[], say: (line: string) => void): Promise<readonly string[]> {
  const random = createRandom(options.seed);
  const startedAt = Date.now();
  const github = await startGitHub({ limits: { deliveryTimeoutMs: 10_000 } });
  endings.push(() => github.close());
  const runs = watchRuns();
  const proxy = await startFaultProxy(github.url, RATES, random, runs.see);
  endings.push(() => proxy.close());
  const server = options.database === "postgresql" ? await startPostgres() : null;
  if (server) endings.push(() => server.stop());
  const target: DatabaseOptions = server ? { url: server.url } : { dataDir: join(folder, "data") };
  const processes = await createProcesses(github, proxy, target, join(folder, "app.log"));
  endings.push(() => Promise.all(processes.map((each) => each.kill())));
  for (const each of processes) await each.start();
  const takers = processes.filter(({ name }) => name !== "worker-1" && name !== "worker-2");
  const balancer = await startBalancer(takers.map(({ url }) => url));
  endings.push(() => balancer.close());
  github.setWebhookUrl(`${balancer.url}/api/github/webhooks`);

  const storm = await createStorm({ github, random, duplicates: DUPLICATES, reordered: REORDERED });
  github.installApp("acme");
  await storm.calibrate();
  proxy.spoil(true);
  const harm = startHarm(processes, server, options.killEveryMs, random);
  endings.push(() => harm.end());
  await storm.open(options.pulls);
  while (storm.deliveries() < options.deliveries) {
    await storm.act(ACTIONS_AT_ONCE);
    await keepPace(processes);
    harm.tell(storm.deliveries() / options.deliveries);
  }
  say(
    `seed ${options.seed}: ${storm.deliveries()} deliveries, ${harm.kills()} kills, ${Math.round((Date.now() - startedAt) / 1000)} s; waiting for rest`,
  );
  await harm.end();
  proxy.spoil(false);
  const restedAfterMs = await rest(github, storm, processes, options.patienceMs);
  const exits = await Promise.all(processes.map((each) => each.stop()));
  return report({ options, github, storm, proxy, runs, target, startedAt, restedAfterMs, kills: harm.kills(), exits, folder }, say);
}

async function createProcesses(
  github: LocalGitHub,
  proxy: FaultProxy,
  target: DatabaseOptions,
  logPath: string,
): Promise<readonly AppProcess[]> {
  const identity = {
    APP_ID: String(github.app.id),
    PRIVATE_KEY: github.app.privateKey,
    WEBHOOK_SECRET: github.app.webhookSecret,
    GITHUB_API_URL: proxy.url,
    RECOVERY_INTERVAL_SECONDS,
    LOG_LEVEL: "warn",
    REVIEW_CONCURRENCY: "8",
  };
  if ("dataDir" in target) return [createAppProcess("all", await findFreePort(), { ...identity, DATA_DIR: target.dataDir }, logPath)];
  const url = "url" in target ? target.url : "";
  const create = async (name: string, role: string) =>
    createAppProcess(name, await findFreePort(), { ...identity, DATABASE_URL: url, ROLE: role }, logPath);
  return [
    await create("web-1", "web"),
    await create("web-2", "web"),
    await create("worker-1", "worker"),
    await create("worker-2", "worker"),
  ];
}

/** Waits while much is under way, half a minute at most: otherwise people are done before the work begins, and the harm with them. */
async function keepPace(processes: readonly AppProcess[]): Promise<void> {
  const until = Date.now() + 30_000;
  while (Date.now() < until && ((await countJobs(processes)) ?? MOST_UNDER_WAY) >= MOST_UNDER_WAY) await delay(250);
}

/** Waits until nothing is under way for three looks in a row, at least two rounds of recovery. Returns after how long; null when it never was. */
async function rest(github: LocalGitHub, storm: Storm, processes: readonly AppProcess[], patienceMs: number): Promise<number | null> {
  const startedAt = Date.now();
  let quiet = 0;
  let requests = -1;
  while (Date.now() - startedAt < patienceMs) {
    await github.settled();
    const jobs = await countJobs(processes);
    const told = storm.deliveries();
    quiet = jobs === 0 && told === requests ? quiet + 1 : 0;
    requests = told;
    if (quiet >= 3) return Date.now() - startedAt;
    await delay(8_000);
  }
  return null;
}

/** Jobs that wait and run, and deliveries to be asked for again, by the metrics of any process that answers; null when none does. */
async function countJobs(processes: readonly AppProcess[]): Promise<number | null> {
  for (const { url } of processes) {
    const text = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(5_000) }).then(
      (answer) => answer.text(),
      () => "",
    );
    const counts = [...text.matchAll(/^backend_reliability_jobs\{state="(?:waiting|running)"\} (\d+)$/gm)].map(([, count]) =>
      Number(count),
    );
    if (counts.length === 2) return counts.reduce((sum, count) => sum + count, 0);
  }
  return null;
}

interface Ended {
  readonly options: ChaosOptions;
  readonly github: LocalGitHub;
  readonly storm: Storm;
  readonly proxy: FaultProxy;
  readonly runs: RunWatch;
  readonly target: DatabaseOptions;
  readonly startedAt: number;
  readonly restedAfterMs: number | null;
  readonly kills: number;
  readonly exits: readonly (number | null)[];
  readonly folder: string;
}

async function report(ended: Ended, say: (line: string) => void): Promise<readonly string[]> {
  const { options, github, storm, proxy, target, kills } = ended;
  const database = await openDatabase(target, createLogger("silent"));
  const findings = await findViolations(github, storm.pulls, database);
  await database.close();
  const violations = [
    ...findings.violations,
    ...ended.runs.doubled.map((place) => `a run was created twice: ${place}`),
    ...(ended.restedAfterMs === null ? [`work was still under way ${options.patienceMs / 1000} s after the storm`] : []),
    ...(ended.exits.some((code) => code !== 0) ? [`processes ended with ${ended.exits.join(", ")} when they were asked to stop`] : []),
  ];
  const { violations: _listed, ...counts } = findings;
  const line = {
    at: new Date().toISOString(),
    seed: options.seed,
    database: options.database,
    pulls: storm.pulls.length,
    deliveries: storm.deliveries(),
    kills,
    faults: proxy.counts,
    ...counts,
    seconds: Math.round((Date.now() - ended.startedAt) / 1000),
    restedAfterSeconds: ended.restedAfterMs === null ? null : Math.round(ended.restedAfterMs / 1000),
    violations: violations.slice(0, 50),
  };
  appendFileSync(options.resultPath, `${JSON.stringify(line)}\n`);
  say(`seed ${options.seed}: ${violations.length} violations; ${JSON.stringify({ ...line, violations: undefined })}`);
  for (const violation of violations.slice(0, 50)) say(`  ${violation}`);
  return violations;
}
