import type { Requirement } from "../../../requirement.ts";

/** Errors are counted and tracked. */
export const errorMetrics: Requirement = {
  id: "error-metrics",
  section: "error-handling",
  label: "error metrics",
  title: "Errors are counted and tracked",
  question: "Where is each error counted, with which labels, and what rate is too much?",
  cues: [
    {
      pattern:
        /error[\s-](?:report|track|rates?|counts?|counter|metric|monitor|detection|aggregat|sampling|captur)|errors? (?:are |is )?(?:tracked|counted|reported|captured|sent|monitored)|track(?:s|ing)? (?:all )?errors|fehlerrate|taux d.erreur|tasa de error/u,
      weight: 4,
    },
    { pattern: /\b(?:sentry|rollbar|bugsnag|honeybadger|airbrake|raygun|crashlytics|glitchtip|app ?signal)\b/u, weight: 4 },
    { pattern: /errors?_total|_errors_|failures?_total|error counters?/u, weight: 4 },
    { pattern: /exception[\s-](?:track|report|captur|monitor)/u, weight: 3 },
    { pattern: /\b5xx[\s-](?:rate|count|spike|ratio)/u, weight: 2.5 },
    {
      pattern:
        /counter [a-z_.]{0,30}errors?|counts? (?:exceptions|errors|failures)|groups? exceptions|captures? (?:every|all|each)|errors? by (?:type|kind)|exceptions per/u,
      weight: 5,
    },
    { pattern: /(?:every|each|on) 5xx/u, weight: 2 },
    { pattern: /\b(?:no|0) (?:increase|spike|rise|jump)s? in (?:\w+ ){0,2}errors?\b|\berror (?:spike|budget burn)/u, weight: 5 },
  ],
  reference: "a Prometheus counter, and an alert above 5% errors",
  why: "A log line is read by one person; a counter shows the trend before customers call.",
  fix: "Count errors by route and kind, and report exceptions to a tracker.",
  goodExample:
    "prom-client counter http_errors_total{route, status} goes up on every 5xx answer; above 5% over 5 min the deploy is rolled back",
  badExample: "Track errors",
  source: "Google, Site Reliability Engineering, Monitoring Distributed Systems",
  alsoFits: ["observability"],
  hints: {
    numbers: { ask: "say which rate or status is counted", example: "5% of requests over 5 min" },
    tools: { ask: "name where it is counted (prom-client, Sentry, Micrometer)", example: "prom-client" },
    outcome: {
      ask: "say which counter goes up, and with which labels",
      example: "http_errors_total{route, status} goes up on every failure",
    },
  },
};
