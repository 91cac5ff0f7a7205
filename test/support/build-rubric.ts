import { BACKEND_SECTIONS, type RequirementId, type SectionId } from "../../src/model/requirement-id.ts";
import type { Requirement } from "../../src/rubrics/requirement.ts";
import type { Rubric } from "../../src/rubrics/rubric.ts";

const TITLES: Readonly<Record<(typeof BACKEND_SECTIONS)[number], string>> = {
  "fault-tolerance": "Fault Tolerance",
  "error-handling": "Error Handling",
  "data-integrity": "Data Integrity",
  security: "Security",
  observability: "Observability",
};

const LABELS: readonly (readonly [RequirementId, SectionId, string])[] = [
  ["circuit-breaker", "fault-tolerance", "circuit breaker"],
  ["retry-backoff", "fault-tolerance", "retries"],
  ["timeouts", "fault-tolerance", "timeouts"],
  ["graceful-degradation", "fault-tolerance", "degradation"],
  ["health-checks", "fault-tolerance", "health checks"],
  ["error-handling", "error-handling", "errors handled"],
  ["correlation-ids", "error-handling", "correlation ids"],
  ["structured-logging", "error-handling", "logging"],
  ["error-responses", "error-handling", "error responses"],
  ["error-metrics", "error-handling", "error metrics"],
  ["input-validation", "data-integrity", "validation"],
  ["transactions", "data-integrity", "transactions"],
  ["idempotency", "data-integrity", "idempotency"],
  ["data-retention", "data-integrity", "retention"],
  ["audit-trail", "data-integrity", "audit trail"],
  ["authentication", "security", "authentication"],
  ["authorization", "security", "authorization"],
  ["input-sanitization", "security", "sanitization"],
  ["encryption", "security", "encryption"],
  ["rate-limiting", "security", "rate limits"],
  ["log-levels", "observability", "log levels"],
  ["key-metrics", "observability", "metrics"],
  ["distributed-tracing", "observability", "tracing"],
  ["dashboards-alerts", "observability", "dashboards"],
  ["runbook", "observability", "runbook"],
];

/** A rubric with the shape of backend reliability and words of its own, so that no catalogue edit breaks a rendering test. */
export function buildRubric(): Rubric {
  return {
    id: "backend-reliability",
    title: "Backend Reliability",
    sections: BACKEND_SECTIONS.map((id) => ({ id, title: TITLES[id], synonyms: [] })),
    requirements: LABELS.map(([id, section, label]) => buildRequirement(id, section, label)),
    neverAlone: [],
  };
}

/** A requirement that asks for its own label. */
export function buildRequirement(id: RequirementId, section: SectionId, label: string): Requirement {
  return {
    id,
    section,
    label,
    title: label,
    question: `What does this change do about ${label}?`,
    cues: [],
    reference: "",
    why: "",
    fix: "",
    goodExample: "",
    badExample: "",
    source: "",
  };
}
