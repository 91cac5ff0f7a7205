import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import { type Context, ROOT_CONTEXT, type Span, SpanStatusCode, trace, TraceFlags } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, RandomIdGenerator, TracerProvider } from "@opentelemetry/sdk-trace";
import packageJson from "../../package.json" with { type: "json" };
import type { Job } from "../model/job.ts";
import type { StageTimer } from "../model/inspector.ts";

/** Spans around what happens. Each gives back what the work gives, a promise too, and throws what it throws. */
export interface Traces {
  readonly delivery: <Value>(id: string, event: string, work: () => Value) => Value;
  readonly job: <Value>(job: Job, work: () => Value) => Value;
  /** Within a job: a child of its span. Elsewhere nothing is recorded. */
  readonly stages: StageTimer;
  /** Sends what is left and ends; gives up after five seconds. Never rejects. */
  readonly close: () => Promise<void>;
}

const EXPORT_TIMEOUT_MS = 5_000;

/** No span is made. */
const OFF: Traces = {
  delivery: (_id, _event, work) => work(),
  job: (_job, work) => work(),
  stages: { time: (_stage, work) => work() },
  close: async () => {},
};

/**
 * Traces over OTLP/HTTP to `endpoint`, as https://collector:4318; null: none. A delivery, its jobs in whatever process and
 * their stages are one trace, whose id follows from the delivery's: nothing has to be carried along. Spans name deliveries,
 * kinds of jobs and stages; no person, repository or commit. A collector that does not answer costs spans, nothing else.
 */
export function createTraces(endpoint: string | null): Traces {
  if (endpoint === null) return OFF;
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces`, timeoutMillis: EXPORT_TIMEOUT_MS });
  const ids = createIds();
  const provider = new TracerProvider({
    idGenerator: ids,
    resource: resourceFromAttributes({ "service.name": packageJson.name, "service.version": packageJson.version }),
    spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: EXPORT_TIMEOUT_MS })],
  });
  const tracer = provider.getTracer(packageJson.name, packageJson.version);
  const running = new AsyncLocalStorage<Context>();
  const begin = (name: string, deliveryId: string, attributes: Record<string, string>, parent: Context) =>
    tracer.startSpan(name, { attributes: { "delivery.id": deliveryId, ...attributes } }, parent);
  return {
    delivery(id, event, work) {
      const span = ids.as(idsOf(id), () => begin("delivery", id, { "delivery.event": event }, ROOT_CONTEXT));
      return endWith(span, work);
    },
    job(job, work) {
      const parent = trace.setSpanContext(ROOT_CONTEXT, { ...idsOf(job.deliveryId), traceFlags: TraceFlags.SAMPLED, isRemote: true });
      const span = begin(`job ${job.kind}`, job.deliveryId, { "job.kind": job.kind, "job.cause": job.cause }, parent);
      return running.run(trace.setSpan(ROOT_CONTEXT, span).setValue(DELIVERY, job.deliveryId), () => endWith(span, work));
    },
    stages: {
      time(stage, work) {
        const around = running.getStore();
        if (!around) return work();
        return endWith(begin(stage, String(around.getValue(DELIVERY)), {}, around), work);
      },
    },
    close: () => provider.shutdown().catch(() => undefined), // the process ends: nobody is left to tell
  };
}

const DELIVERY = Symbol("delivery id");

interface SpanIds {
  readonly traceId: string;
  readonly spanId: string;
}

/** The trace of a delivery and its first span, the same in every process. */
function idsOf(deliveryId: string): SpanIds {
  const hash = createHash("sha256").update(deliveryId).digest("hex");
  return { traceId: hash.slice(0, 32), spanId: hash.slice(32, 48) };
}

/** Random ids, but for the spans that are begun within `as`. */
function createIds() {
  const random = new RandomIdGenerator();
  let given: SpanIds | null = null;
  return {
    generateTraceId: () => given?.traceId ?? random.generateTraceId(),
    generateSpanId: () => given?.spanId ?? random.generateSpanId(),
    as(ids: SpanIds, start: () => Span): Span {
      given = ids;
      try {
        return start();
      } finally {
        given = null;
      }
    },
  };
}

function endWith<Value>(span: Span, work: () => Value): Value {
  const fail = (error: unknown) => {
    // The name alone: a message may hold what should not leave.
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : typeof error });
    span.end();
  };
  let value: Value;
  try {
    value = work();
  } catch (error) {
    fail(error);
    throw error;
  }
  if (value instanceof Promise) void value.then(() => span.end(), fail);
  else span.end();
  return value;
}
