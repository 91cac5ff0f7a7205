import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { StageTimer } from "../model/inspector.ts";

/** What is measured when it is asked for. Each may reject: the metric is then missing from that answer. */
export interface MeasuredNow {
  readonly depth: () => Promise<{ readonly waiting: number; readonly running: number; readonly dead: number }>;
  readonly oldestWaitingSeconds: () => Promise<number>;
  readonly activeAcceptances: () => Promise<number>;
  readonly missedDeliveries: () => Promise<number>;
  readonly githubState: () => "ok" | "away" | "key refused";
}

/** Counts what happens, for Prometheus. Labels hold no names of people, repositories or commits. */
export interface Metrics {
  readonly onDelivery: (event: string, outcome: "accepted" | "duplicate" | "ignored" | "failed") => void;
  /** Wraps the work of one job: counts its result and measures how long it took. */
  readonly measureJob: <Value>(kind: string, work: () => Promise<Value>) => Promise<Value>;
  readonly onVerdict: (verdict: string) => void;
  /** A rule that could not tell, by its id. */
  readonly onUndetermined: (rule: string) => void;
  readonly stages: StageTimer;
  readonly onMissedDelivery: (outcome: "asked-again" | "given-up") => void;
  /** GitHub's status, or why there was no answer. */
  readonly onGitHubOutcome: (outcome: number | string) => void;
  readonly onGitHubQuota: (resource: string, remaining: number) => void;
  /** The text of `/metrics` in Prometheus's exposition format, and its content type. */
  readonly render: () => Promise<{ readonly text: string; readonly contentType: string }>;
  /** Names the sources of what is measured when asked for. */
  readonly watch: (now: MeasuredNow) => void;
}

const PREFIX = "backend_reliability_";
/** Seconds: a review takes about one, a large one a minute. */
const DURATIONS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** Seconds: detection and grading take milliseconds, reading from GitHub takes seconds. */
const STAGE_DURATIONS = [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** A registry of its own, so that several apps in one process do not count together. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name: `${PREFIX}${name}`, help, labelNames: [...labelNames], registers });
  const deliveries = counter("deliveries_total", "Webhook deliveries by event and outcome", ["event", "outcome"]);
  const jobs = counter("jobs_total", "Tries of jobs by kind and result", ["kind", "result"]);
  const verdicts = counter("verdicts_total", "Verdicts by name", ["verdict"]);
  const missed = counter("missed_deliveries_total", "Deliveries that GitHub could not make, by what became of them", ["outcome"]);
  const requests = counter(
    "github_requests_total",
    "Requests to GitHub by status, or by why there was none (timeout, unreachable, not sent)",
    ["status"],
  );
  const durations = new Histogram({
    name: `${PREFIX}job_duration_seconds`,
    help: "How long the try of a job took, by kind",
    labelNames: ["kind"],
    buckets: DURATIONS,
    registers,
  });
  const stages = new Histogram({
    name: `${PREFIX}stage_duration_seconds`,
    help: "How long a stage of a review took, by stage",
    labelNames: ["stage"],
    buckets: STAGE_DURATIONS,
    registers,
  });
  const undetermined = counter("undetermined_rules_total", "Findings of rules that could not tell, by rule", ["rule"]);
  const quota = new Gauge({
    name: `${PREFIX}github_quota_remaining`,
    help: "Requests left of the last installation heard of, by resource (core, graphql)",
    labelNames: ["resource"],
    registers,
  });
  return {
    onDelivery: (event, outcome) => deliveries.inc({ event, outcome }),
    async measureJob(kind, work) {
      const end = durations.startTimer({ kind });
      try {
        const value = await work();
        jobs.inc({ kind, result: "done" });
        return value;
      } catch (error) {
        jobs.inc({ kind, result: "failed" });
        throw error;
      } finally {
        end();
      }
    },
    onUndetermined: (rule) => undetermined.inc({ rule }),
    stages: { time: (stage, work) => timeStage(stages.startTimer({ stage }), work) },
    onVerdict: (verdict) => verdicts.inc({ verdict }),
    onMissedDelivery: (outcome) => missed.inc({ outcome }),
    onGitHubOutcome: (outcome) => requests.inc({ status: String(outcome) }),
    onGitHubQuota: (resource, remaining) => quota.set({ resource }, remaining),
    render: async () => ({ text: await registry.metrics(), contentType: registry.contentType }),
    watch: (now) => watch(registry, now),
  };
}

function timeStage<Value>(end: () => void, work: () => Value): Value {
  let value: Value;
  try {
    value = work();
  } catch (error) {
    end();
    throw error;
  }
  if (value instanceof Promise)
    void value.then(
      () => end(),
      () => end(),
    );
  else end();
  return value;
}

function watch(registry: Registry, { depth, oldestWaitingSeconds, activeAcceptances, missedDeliveries, githubState }: MeasuredNow): void {
  const jobs = new Gauge({
    name: `${PREFIX}jobs`,
    help: "Jobs by state",
    labelNames: ["state"],
    registers: [],
    async collect() {
      const counts = await depth().catch(() => null);
      this.reset();
      if (counts) for (const state of ["waiting", "running", "dead"] as const) this.set({ state }, counts[state]);
    },
  });
  registry.registerMetric(jobs);
  const single = (name: string, help: string, read: () => Promise<number>) =>
    new Gauge({
      name: `${PREFIX}${name}`,
      help,
      registers: [registry],
      async collect() {
        this.set(await read().catch(() => Number.NaN));
      },
    });
  single("oldest_waiting_seconds", "Age of the oldest job that could have started", oldestWaitingSeconds);
  single("missed_deliveries_waiting", "Deliveries that failed and wait to be asked for again", missedDeliveries);
  single("github_breaker_open", "1 while GitHub is left alone because it fails, else 0", async () => Number(githubState() === "away"));
  single("github_key_refused", "1 while GitHub does not take the app's private key, else 0", async () =>
    Number(githubState() === "key refused"),
  );
  single("acceptances_active", "Accepted risks that are in force", activeAcceptances);
}
