import type { Operation } from "../model/operation.ts";
import type { RequirementId } from "../model/requirement-id.ts";

const BOUND = "values are bound as parameters by __ , never joined into the SQL; a hostile quote reads or changes __ rows";

/**
 * What a plan has to say about each kind of operation: requirement, and the sentence with its blanks. It reads on after one
 * operation or several, and after a job as well as after a route. Filled truthfully, it has what the grader asks for: a
 * number, a tool and an outcome. Each blank is `__` with a space on both sides, so that Markdown shows it as it is.
 */
export const SKELETON_PHRASES: Readonly<Record<Operation["kind"], readonly (readonly [RequirementId, string])[]>> = {
  "outbound-call": [
    ["timeouts", "waits at most __ s, enforced by __ , then __"],
    ["retry-backoff", "tried __ times, __ ms apart, with __ , then __"],
    ["circuit-breaker", "opens after __ failures in __ s, with __ , closes after __ s; meanwhile __"],
    ["graceful-degradation", "when it is down, __ is served from __ for at most __"],
    ["distributed-tracing", "carries trace and span ids in header __ with __ ; __ % of traces are kept"],
  ],
  "database-query": [
    ["timeouts", "is cancelled after __ s by __ , then __"],
    ["input-sanitization", BOUND],
  ],
  "database-write": [
    ["transactions", "runs in one transaction of __ together with __ ; on failure or after __ s it __"],
    ["timeouts", "is cancelled after __ s by __ , then __"],
    ["input-sanitization", BOUND],
    ["audit-trail", "records who, what, when, old and new in __ , kept __ days"],
    ["data-retention", "rows are purged after __ days by __"],
    ["encryption", "fields __ are encrypted with __ , the key is rotated every __ days; a dump holds only __"],
  ],
  route: [
    ["input-validation", "checks __ (at most __ ) with __ , else answers __ with {error, fields}"],
    ["authentication", "asks for __ , checked by __ , else answers __"],
    ["authorization", "allows roles __ , checked by __ , else answers __"],
    ["error-responses", "answers __ when __ , never with a stack trace, through __"],
    ["rate-limiting", "at most __ requests per minute from one __ , counted by __ , then answers __"],
    ["key-metrics", "latency P50, P95 and P99 below __ ms, measured by __"],
    ["idempotency", "a repeated request within __ hours is recognised by __ and answered with __"],
    ["correlation-ids", "gives every request a UUID v4 in header __ , passed on by __ to __ services"],
  ],
  queue: [
    ["idempotency", "a message that arrives twice within __ hours is recognised by __ and __"],
    ["retry-backoff", "redelivered __ times, __ s apart, by __ , then goes to __"],
    ["key-metrics", "backlog above __ messages or older than __ s is shown by __"],
    ["correlation-ids", "carries the id of its request in field __ , which __ writes to the log for __ days"],
  ],
  schedule: [
    ["dashboards-alerts", "alerts __ through __ when it has not finished for __ min"],
    ["idempotency", "two runs at once within __ min are kept apart by __ ; the second __"],
    ["error-handling", "a failed run is reported by __ and tried again after __ min"],
  ],
  server: [
    ["health-checks", "answers __ within __ s with the state of __ , checked by __"],
    ["error-handling", "an unexpected error is caught by __ , logged, and alerts after __ ; the process then __"],
  ],
  payment: [
    ["idempotency", "charged once within __ hours by key __ , kept in __ ; a repeat answers __"],
    ["audit-trail", "records who, what, when, old and new in __ , kept __ days"],
    ["charge-idempotency", "charged once within __ hours by key __ , kept in __ ; a repeat answers __"],
    ["unknown-outcome", "when the provider does not answer within __ s, __ asks again after __ s and sets __"],
    ["server-side-price", "amount computed by __ from __ , at most __ ; a total that differs gets __"],
    ["payment-states", "moves from state __ to __ only, guarded by __ ; anything else gets __ within __ s"],
    ["payment-alerts", "alerts __ through __ when more than __ % fail in __ min"],
    ["kill-switch", "stopped within __ s by __ ; customers then see __"],
    ["reconciliation", "compared with the provider every __ h by __ ; a difference above __ alerts __"],
    ["payment-audit", "records who, what, when, old and new in __ , kept __ years"],
  ],
  migration: [
    ["runbook", "rolled back with __ within __ min, data checked by __"],
    ["data-retention", "rows are purged after __ days by __"],
  ],
};
