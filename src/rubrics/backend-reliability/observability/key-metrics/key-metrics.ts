import type { Requirement } from "../../../requirement.ts";

/** Latency, throughput, errors and saturation are measured. */
export const keyMetrics: Requirement = {
  id: "key-metrics",
  section: "observability",
  label: "metrics",
  title: "Latency, throughput, errors and saturation are measured",
  question: "Which numbers tell that the service works, and which value is too bad?",
  cues: [
    { pattern: /\bslo\b|\bslos\b/u, weight: 2 },
    {
      pattern: /(?:request|processing|response|query|job) (?:processing )?duration|\bdurations?\b|지표|메트릭|métrica|chỉ số|метрик/u,
      weight: 2.5,
    },
    { pattern: /\bmetrics?\b|指标|métri|metryk|メトリクス|metriken/u, weight: 4 },
    { pattern: /\bp\d\d(?:\.?\d)?\b|percentil/u, weight: 3 },
    { pattern: /\blatenc(?:y|ies|ia)|response times?|延迟/u, weight: 2.5 },
    { pattern: /\bthroughput|\brps\b|\bqps\b|\btps\b|requests? per second|req\/s/u, weight: 2.5 },
    { pattern: /\b(?:slos?|slis?|slas?)\b|error budget|service level/u, weight: 3 },
    { pattern: /\bhistograms?\b|\bgauges?\b|\bcounters?\b/u, weight: 3 },
    { pattern: /\b(?:prometheus|statsd|micrometer|prom-client|datadog|new relic|telegraf|influxdb|cloudwatch)\b/u, weight: 1.5 },
    { pattern: /saturation|(?:queue|pool|consumer)[\s-](?:depth|size|length|usage|utili|lag)|\bcpu\b|\bmemory usage/u, weight: 2 },
    { pattern: /\bavailability|\buptime|(?:success|hit|failure|conversion|delivery) rate/u, weight: 2.5 },
    { pattern: /\bapm\b|\bmonitor(?:ing|ed|s)?\b|监控|\bmonitoreo|\bmonitorow|supervision|\btelemetry/u, weight: 2 },
    { pattern: /_total\b|_seconds\b|_count\b|_ms\b/u, weight: 1.5 },
    {
      pattern:
        /\b(?:memory|memoria|disk|disco|cpu|heap|ram|connection pool|ディスク|메모리|디스크|内存|磁盘)\b.{0,16}(?:usage|use|uso|used|사용|使用|[<>≤≥])/u,
      weight: 3.5,
    },
    {
      pattern:
        /(?:메모리|디스크|内存|磁盘|メモリ).{0,8}(?:사용|使用|[<>])|延[遲迟]|지연|\bfreshness\b.{0,12}[<>≤]|응답 ?시간|응답속도|\d ?(?:req|requests?|ops|params|messages|events)\/s/u,
      weight: 3.5,
    },
    {
      pattern:
        /_(?:total|seconds|bytes|count|ratio)\x60? (?:increments?|is|counter|gauge|histogram)|\btoken usage\b|\brestart count|\bwithin slo\b|\bsli\b/u,
      weight: 3.5,
    },
    {
      pattern:
        /\b(?:load|loads|respond|responds|execute|executes|completes?|finish(?:es)?|search|query|page|page load|render|processed|answers?)\b.{0,24}(?:[<≤]|under|within|in under|\(<) ?\d[\d.]* ?(?:ms|s|sec|seconds?)\b/u,
      weight: 2.2,
    },
    { pattern: /\bper-run\b|\btrack(?:s|ed)? .{0,20}\b(?:duration|latency|usage|throughput)/u, weight: 3 },
    { pattern: /\b(?:cache )?hit (?:rate|ratio)\b|\bfalse (?:positive|negative) rate|\bprecision [<>≥]|\bqueue depths?\b/u, weight: 4 },
    { pattern: /\bscrape\b|\bcan handle \d/u, weight: 3.5 },
  ],
  reference: "latency P50/P95/P99, throughput, error rate",
  why: "What is not measured gets worse without anybody deciding so.",
  fix: "Measure latency percentiles, traffic, errors and saturation per route, and set a target.",
  goodExample: "prom-client histogram per route: p50/p95/p99, requests and errors on /metrics; target p95 below 200 ms",
  badExample: "Add metrics",
  source: "Google, Site Reliability Engineering, The Four Golden Signals",
  hints: {
    numbers: { ask: "say which percentile and which target", example: "p95 below 200 ms" },
    tools: { ask: "name what measures (prom-client, Micrometer, Datadog)", example: "prom-client" },
    outcome: {
      ask: "list the metrics, or the target that passes or fails",
      example: "/metrics exposes latency, throughput and error rate per route",
    },
  },
};
