/** The five sections of a backend reliability plan, in reading order. */
export const BACKEND_SECTIONS = ["fault-tolerance", "error-handling", "data-integrity", "security", "observability"] as const;

/** The five sections of a payment operations plan, in reading order. */
export const PAYMENT_SECTIONS = ["exactly-once", "money", "ledger", "cardholder-security", "payment-operations"] as const;

export type SectionId = (typeof BACKEND_SECTIONS)[number] | (typeof PAYMENT_SECTIONS)[number];

/** The 25 requirements of backend reliability, in reading order, five a section. */
export const BACKEND_REQUIREMENTS = [
  "circuit-breaker",
  "retry-backoff",
  "timeouts",
  "graceful-degradation",
  "health-checks",
  "error-handling",
  "correlation-ids",
  "structured-logging",
  "error-responses",
  "error-metrics",
  "input-validation",
  "transactions",
  "idempotency",
  "data-retention",
  "audit-trail",
  "authentication",
  "authorization",
  "input-sanitization",
  "encryption",
  "rate-limiting",
  "log-levels",
  "key-metrics",
  "distributed-tracing",
  "dashboards-alerts",
  "runbook",
] as const;

/** The requirements of payment operations, in reading order. */
export const PAYMENT_REQUIREMENTS = [
  "charge-idempotency",
  "unknown-outcome",
  "payment-event-dedupe",
  "event-ordering",
  "minor-units",
  "currency",
  "server-side-price",
  "rounding",
  "ledger-entries",
  "payment-states",
  "reconciliation",
  "refund-bounds",
  "disputes",
  "card-data",
  "webhook-signature",
  "payment-keys",
  "strong-authentication",
  "payment-alerts",
  "kill-switch",
  "payment-audit",
  "payment-runbook",
] as const;

export type BackendRequirementId = (typeof BACKEND_REQUIREMENTS)[number];
export type PaymentRequirementId = (typeof PAYMENT_REQUIREMENTS)[number];
export type RequirementId = BackendRequirementId | PaymentRequirementId;
export type RubricId = "backend-reliability" | "payment-operations";
