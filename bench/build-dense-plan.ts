const SECTIONS = ["Fault Tolerance", "Error Handling", "Data Integrity", "Security", "Observability"] as const;
const SUBJECTS =
  "orders refunds invoices carts exports sessions coupons devices shipments payouts tickets uploads searches webhooks ledgers reports".split(
    " ",
  );
const CLAUSES: readonly ((noun: string, n: number) => string)[] = [
  (noun, n) =>
    `Opossum around the ${noun} client opens after ${n} failures in ${n + 7}s; callers get the cached ${noun} list until it half-opens after ${n * 3}s`,
  (noun, n) =>
    `axios gives up on ${noun} after ${n * 100} ms, the request then answers 504 with {code, correlationId} and Prometheus counts ${noun}_timeouts_total`,
  (noun, n) =>
    `p-retry repeats ${noun} reads ${n} times at ${n * 50}/${n * 100}/${n * 200} ms; the last failure moves the message to the ${noun} queue in SQS`,
  (noun, n) =>
    `pino writes one JSON line per ${noun} failure with UUID v4 requestId, route and status; ${n * 5} KB is the most a line holds`,
  (noun, n) => `Zod rejects ${noun} bodies above ${n * 16} KB with 413 and more than ${n} lines with 400 and {field, reason}`,
  (noun, n) =>
    `Knex writes ${noun} and their outbox row in one transaction; statement_timeout ${n * 250} ms rolls both back and answers 503`,
  (noun, n) => `Redis keeps the Idempotency-Key of ${noun} for ${n} h: a repeat gets the stored 201 and no second row in PostgreSQL`,
  (noun, n) => `JWT (RS256) for ${noun} expires after ${n} min; an expired one gets 401, a foreign tenant 403, both logged by pino`,
  (noun, n) => `express-rate-limit allows ${n * 10} ${noun} per minute and IP; the next gets 429 with Retry-After ${n * 2}`,
  (noun, n) => `Grafana alert: p99 of ${noun} above ${n * 40} ms for ${n} min pages the on-call in PagerDuty with the runbook's link`,
];

/** A plan of about `characters` in which no two items are alike: each states numbers, tools and an outcome. For measuring time. */
export function buildDensePlan(characters: number): string {
  const perSection = Math.ceil(characters / SECTIONS.length);
  const parts: string[] = [];
  let seed = 0;
  for (const section of SECTIONS) {
    parts.push(`## ${section}\n`);
    for (let length = 0; length < perSection; seed += 1) {
      const noun = `${SUBJECTS[seed % SUBJECTS.length] ?? ""} of region ${String.fromCharCode(97 + (seed % 26))}${String.fromCharCode(97 + (Math.floor(seed / 26) % 26))}`;
      const line = `- [ ] ${CLAUSES[seed % CLAUSES.length]?.(noun, 2 + (seed % 97)) ?? ""}\n`;
      parts.push(line);
      length += line.length;
    }
  }
  return parts.join("").slice(0, characters);
}
