import { SKELETON_PHRASES } from "../../src/render/skeleton-phrases.ts";

/** What an author of a Node service may write into the blanks of each phrase, by kind and requirement; "; " never stands in one. */
const FILLINGS: Readonly<Record<string, readonly string[]>> = {
  "outbound-call timeouts": ["5", "AbortSignal.timeout", "the caller gets 504"],
  "outbound-call retry-backoff": ["3", "200", "p-retry", "the caller gets 502"],
  "outbound-call circuit-breaker": ["5", "30", "opossum", "60", "callers get 503"],
  "outbound-call graceful-degradation": ["the last forecast", "Redis", "10 min"],
  "outbound-call distributed-tracing": ["traceparent", "OpenTelemetry", "10"],
  "database-query timeouts": ["5", "statement_timeout", "the caller gets 503"],
  "database-query input-sanitization": ["node-postgres", "0"],
  "database-write transactions": ["node-postgres", "the row in tracks", "5", "rolls back"],
  "database-write timeouts": ["4", "statement_timeout", "the job is tried again"],
  "database-write input-sanitization": ["node-postgres", "0"],
  "database-write audit-trail": ["a Postgres table", "365"],
  "database-write data-retention": ["90", "a pg-boss job"],
  "database-write encryption": ["email and name", "AES-256-GCM", "90", "ciphertext"],
  "route input-validation": ["lat and lon", "90 degrees", "Zod", "400"],
  "route authentication": ["a bearer token", "jose", "401"],
  "route authorization": ["ranger and admin", "CASL", "403"],
  "route error-responses": ["404", "the trail is unknown", "the Express error middleware"],
  "route rate-limiting": ["60", "IP address", "express-rate-limit", "429"],
  "route key-metrics": ["300", "prom-client"],
  "route idempotency": ["24", "Idempotency-Key", "the first response"],
  "route correlation-ids": ["X-Request-Id", "pino-http", "2"],
  "queue idempotency": ["24", "the BullMQ job id", "is dropped"],
  "queue retry-backoff": ["5", "10", "BullMQ", "the failed set"],
  "queue key-metrics": ["1000", "60", "a Grafana panel"],
  "queue correlation-ids": ["requestId", "pino", "30"],
  "schedule dashboards-alerts": ["the on-call", "PagerDuty", "15"],
  "schedule idempotency": ["10", "a Postgres advisory lock", "ends at once"],
  "schedule error-handling": ["Sentry", "15"],
  "server health-checks": ["200", "1", "Postgres", "Kubernetes"],
  "server error-handling": ["process.on('uncaughtException')", "1 failure", "exits with code 1"],
  "payment idempotency": ["24", "order id", "Redis", "the first answer"],
  "payment audit-trail": ["a Postgres table", "365"],
  "payment charge-idempotency": ["24", "the Stripe Idempotency-Key of the order", "Postgres", "the first intent"],
  "payment unknown-outcome": ["10", "a BullMQ job", "30", "the intent's real state"],
  "payment server-side-price": ["Prisma", "the catalogue", "100 items", "409"],
  "payment payment-states": ["authorized", "captured", "a Knex update of the expected state", "409", "1"],
  "payment payment-alerts": ["the on-call", "PagerDuty", "5", "10"],
  "payment kill-switch": ["60", "a LaunchDarkly flag", "a page that says payments are paused"],
  "payment reconciliation": ["24", "a pg-boss job", "0 cents", "PagerDuty"],
  "payment payment-audit": ["a Postgres table", "10"],
  "migration runbook": ["`npm run migrate:down`", "10", "psql counts"],
  "migration data-retention": ["90", "a pg-boss job"],
};

/** The fillings of a phrase; empty when there are none for it. */
export function fillingsOf(kind: string, requirement: string): readonly string[] {
  return FILLINGS[`${kind} ${requirement}`] ?? [];
}

/** A text with its blanks filled in their order; a blank that is left over stays. */
function fill(text: string, fillings: readonly string[]): string {
  let next = 0;
  return text.replaceAll(/(?<=^| )__(?= |$| ;)/g, (blank) => fillings[next++] ?? blank).replaceAll(/ (?=[,;])/g, "");
}

/** A line of a skeleton filled in: by the phrase that it ends in, or with `answer` where it asks a question. */
export function fillLine(line: string, answer: string): string {
  for (const [kind, phrases] of Object.entries(SKELETON_PHRASES))
    for (const [id, phrase] of phrases)
      if (line.endsWith(` - ${phrase}`)) return line.slice(0, -phrase.length) + fill(phrase, fillingsOf(kind, id));
  return line.replace(/__$/, answer);
}
