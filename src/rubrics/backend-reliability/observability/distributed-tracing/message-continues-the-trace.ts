import { ts } from "ts-morph";
import type { Rule } from "../../../rule.ts";
import { consumersOf, hasConsumers } from "../../../syntax/consumers.ts";
import { speaksOf } from "../../../syntax/input-checks.ts";
import { importsLike } from "../../../syntax/servers.ts";

const SPEAKS =
  /trace|tracer|span|propagat|telemetry|instrument|correlation|requestId|request_id|AsyncLocalStorage|runWithContext|withContext/i;
/** Systems that the OpenTelemetry packages instrument by themselves. */
const INSTRUMENTED: Readonly<Record<string, readonly string[]>> = {
  kafka: [
    "@opentelemetry/auto-instrumentations-node",
    "@opentelemetry/instrumentation-kafkajs",
    "dd-trace",
    "newrelic",
    "elastic-apm-node",
  ],
  amqp: ["@opentelemetry/auto-instrumentations-node", "@opentelemetry/instrumentation-amqplib", "dd-trace", "newrelic", "elastic-apm-node"],
  sqs: [
    "@opentelemetry/auto-instrumentations-node",
    "@opentelemetry/instrumentation-aws-sdk",
    "@opentelemetry/instrumentation-aws-lambda",
    "dd-trace",
    "elastic-apm-node",
  ],
  bullmq: [
    "bullmq-otel",
    "@appsignal/opentelemetry-instrumentation-bullmq",
    "@jenniferplusplus/opentelemetry-instrumentation-bullmq",
    "dd-trace",
  ],
  pubsub: ["dd-trace", "@google-cloud/pubsub"],
};

/** A consumer without trace context in a codebase that traces. */
export const messageContinuesTheTrace: Rule = {
  id: "message-continues-the-trace",
  requirement: "distributed-tracing",
  severity: "advisory",
  title: "A consumer continues the trace of the message",
  why: "The trace of the request ends where it wrote to the queue; what the consumer did with it cannot be found from the request.",
  fix: "Carry `traceparent` in the message and open the consumer's span from it (`propagation.extract`), or install the instrumentation of the queue.",
  source: "https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/",
  needsWholeFile: true,
  examples: {
    bad: `import { Worker } from "bullmq";
export const worker = new Worker("receipts", async (job) => render(job.data.orderId));
`,
    good: `import { Worker } from "bullmq";
import { withSpanOf } from "./telemetry/span-of-job.ts";
export const worker = new Worker("receipts", async (job) => withSpanOf(job, () => render(job.data.orderId)));
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: hasConsumers,
    look: (_node, file) => {
      const known = file.repository.dependencies;
      if (!known.has("@opentelemetry/api") && !known.has("@opentelemetry/sdk-node")) return [];
      const consumer = consumersOf(file)[0];
      if (!consumer || (INSTRUMENTED[consumer.system] ?? []).some((name) => known.has(name))) return [];
      if (importsLike(file, SPEAKS) || speaksOf(file.sourceFile, SPEAKS)) return [];
      return [
        {
          node: consumer.anchor,
          message:
            "This consumer opens no span and reads no trace context, though `@opentelemetry/*` is in the manifests. Called functions were not followed.",
        },
      ];
    },
  },
};
