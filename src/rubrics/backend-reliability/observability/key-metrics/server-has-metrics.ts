import { ts } from "ts-morph";
import type { Rule } from "../../../rule.ts";
import { speaksOf } from "../../../syntax/input-checks.ts";
import { importsLike, serverStartsOf, startsServing } from "../../../syntax/servers.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const METRIC_PACKAGES = [
  "prom-client",
  "express-prom-bundle",
  "fastify-metrics",
  "@willsoto/nestjs-prometheus",
  "@hono/prometheus",
  "hot-shots",
  "dd-trace",
  "newrelic",
  "@opentelemetry/sdk-metrics",
  "@opentelemetry/sdk-node",
  "appmetrics-prometheus",
  "elastic-apm-node",
];
const SPEAKS = /metric|prom(?:etheus|client|Bundle)|telemetry|instrument|tracer|tracing|newrelic|datadog|statsd|apm|histogram/i;

/** A server or consumer that starts without metrics in a codebase whose manifests have them. */
export const serverHasMetrics: Rule = {
  id: "server-has-metrics",
  requirement: "key-metrics",
  severity: "advisory",
  title: "A process that takes work reports its metrics",
  why: "A server without latency, traffic and error counts is slow for hours before somebody complains.",
  fix: "Wire it like the other processes of this codebase: rate, errors and duration per route or queue, exposed or exported at start.",
  source: "https://sre.google/sre-book/monitoring-distributed-systems/#xref_monitoring_golden-signals",
  needsWholeFile: true,
  examples: {
    bad: `import express from "express";
const app = express();
app.get("/orders", listOrders);
app.listen(3000);
`,
    good: `import express from "express";
import { metricsMiddleware } from "./metrics.ts";
const app = express();
app.use(metricsMiddleware);
app.get("/orders", listOrders);
app.listen(3000);
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: startsServing,
    look: (_node, file) => {
      const start = serverStartsOf(file)[0];
      const known = METRIC_PACKAGES.find((name) => file.repository.dependencies.has(name));
      if (!start || !known || importsLike(file, SPEAKS) || speaksOf(file.sourceFile, SPEAKS) || importsSpeak(file)) return [];
      return [
        {
          node: start.node.expression,
          alsoTouches: [start.node],
          message: `${start.kind === "http" ? "This server" : "This consumer"} reports no metrics, though \`${known}\` is in the manifests. A preload (\`--import\`) was not looked for.`,
        },
      ];
    },
  },
};

/** An imported local file speaks of metrics, or cannot be seen. */
function importsSpeak(file: SourceFacts): boolean {
  for (const imported of file.imports.values()) {
    if (!/^(?:\.|~|#|@\/)/.test(imported.from)) continue;
    const other = file.repository.exportOf(file.path, imported.from, imported.name)?.file;
    if (!other ? /app|server|module|bootstrap|setup/i.test(imported.from) : importsLike(other, SPEAKS)) return true;
  }
  return false;
}
