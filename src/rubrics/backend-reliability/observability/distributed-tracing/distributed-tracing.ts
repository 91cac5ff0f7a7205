import type { Requirement } from "../../../requirement.ts";

/** Traces across services. */
export const distributedTracing: Requirement = {
  id: "distributed-tracing",
  section: "observability",
  label: "tracing",
  title: "Traces across services",
  question: "Which spans show where the time of a request went?",
  cues: [
    { pattern: /추적|truy vết|трассиров|\btrace correlation|span attributes?/u, weight: 3.5 },
    { pattern: /distributed[\s-]?trac|\btracing\b(?!-subscriber)|链路追踪|traçage|rastreo distribuido|分散トレ/u, weight: 5 },
    { pattern: /(?<!stack )(?<!stack-)\btraces?\b(?![\s_-]?ids?\b)/u, weight: 3 },
    { pattern: /\bspans?\b/u, weight: 3.5 },
    { pattern: /\b(?:opentelemetry|otel|otlp)\b|otel_/u, weight: 2.5 },
    { pattern: /traceparent|tracestate|w3c trace|trace[\s-]context/u, weight: 4 },
    { pattern: /\b(?:jaeger|zipkin|tempo|x-ray|xray|honeycomb|lightstep|brave|sleuth)\b/u, weight: 4 },
    { pattern: /\btrace(?:[\s_-]?id|\/span)/u, weight: 2 },
    {
      pattern:
        /\bsampl(?:ing|er|e) (?:polic(?:y|ies)|rates?|ratio|strategy|decision)|\btail[\s-]sampl|\bhead[\s-]sampl|采样|サンプリング|샘플링|\bend-to-end path\b/u,
      weight: 4,
    },
    {
      pattern:
        /\b(?:langfuse|langsmith|hyperdx|signoz|uptrace|elastic apm|skywalking|pinpoint)\b.{0,30}|\btraces? (?:appear|visible|show|exported|per)/u,
      weight: 3,
    },
  ],
  reference: "OpenTelemetry trace and span IDs",
  why: "In a chain of five services only a trace shows which one was slow.",
  fix: "Instrument inbound, outbound and database calls, propagate the context, sample.",
  goodExample:
    "OpenTelemetry: each HTTP, Knex and Redis call is a span, every outbound request carries traceparent; 10% of traces and all errors are kept",
  badExample: "Add tracing",
  source: "W3C Trace Context; OpenTelemetry specification",
  alsoFits: ["error-handling"],
  hints: {
    numbers: { ask: "say how much is sampled", example: "10% sampled, 100% of errors" },
    tools: { ask: "name what traces (OpenTelemetry, Jaeger, X-Ray)", example: "OpenTelemetry" },
    outcome: { ask: "say which spans exist or where the id shows", example: "every outbound call carries traceparent and shows as a span" },
  },
};
