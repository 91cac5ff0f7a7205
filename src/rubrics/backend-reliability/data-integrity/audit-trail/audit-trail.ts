import type { Requirement } from "../../../requirement.ts";

/** An audit trail of who changed what. */
export const auditTrail: Requirement = {
  id: "audit-trail",
  section: "data-integrity",
  label: "audit trail",
  title: "An audit trail of who changed what",
  question: "Which changes are recorded, with which fields, and who can alter the record?",
  cues: [
    { pattern: /\bwho (?:changed|did) what\b/u, weight: 5 },
    {
      pattern:
        /\b(?:logs?|records?|writes?|stores?)\b.{0,60}\b(?:user identity|user id|who\b|actor|admin(?:istrative)? (?:\w+ ){0,2}(?:actions?|operations?|writes?)|privileged|old and new|before and after)/u,
      weight: 4.5,
    },
    { pattern: /감사 ?로그|kiểm toán|auditoría|auditoria|аудит/u, weight: 5 },
    {
      pattern:
        /\baudit(?:ing)?[\s_-]?(?:logs?|logging|trails?|events?|tables?|records?|entr|rows?|history|stream)|auditlog|_audit\b|audit_|\baudited\b|审计|journal d.audit|監査/u,
      weight: 6.5,
    },
    { pattern: /\bwho\b.{0,24}\bwhat\b.{0,24}\bwhen\b/u, weight: 4 },
    { pattern: /old(?:\/| and | & |_)new|before(?:\/| and )after/u, weight: 3 },
    { pattern: /append[\s-]?only|tamper|hash[\s-]?chain|immutable (?:log|record|history|event)/u, weight: 3.5 },
    { pattern: /change (?:history|log)|activity log|event sourc|\benvers\b|pgaudit|cloudtrail|paper_?trail/u, weight: 3 },
    { pattern: /\bactor\b|\bperformed by\b/u, weight: 1.5 },
    { pattern: /\blogs? (?:are |is )?(?:immutable|append-?only|tamper|read-?only|integrity)|\blog integrity/u, weight: 6 },
    {
      pattern:
        /\bactor\b.{0,30}(?:timestamp|action|details)|(?:create|update|delete|access|modification|mutation|admin action)s?\b.{0,24}\blogged\b|\ball (?:data )?(?:access|modifications?|changes?|deletions?)\b.{0,16}\blogged/u,
      weight: 5,
    },
    { pattern: /\bcadena de hash|\bhash chain|\bevery (?:read|write|access|change|read and write)\b/u, weight: 3 },
  ],
  reference: "who, what, when, old and new value",
  why: "Without a record nobody can say who changed a price, nor prove that nobody did.",
  fix: "Write one row per change in the same transaction, append only.",
  goodExample:
    "PostgreSQL trigger writes who, what, when, old and new value to audit_log on every change; rows are append-only and kept 7 years",
  badExample: "Add audit logging",
  source: "NIST SP 800-92; OWASP Logging Cheat Sheet",
  alsoFits: ["security", "observability"],
  hints: {
    numbers: { ask: "say how long or how much is kept", example: "kept 7 years" },
    tools: { ask: "name what writes it (PostgreSQL trigger, Hibernate Envers, pgAudit)", example: "PostgreSQL trigger" },
    outcome: { ask: "list the fields that are recorded", example: "every change writes who, what, when, old and new value" },
  },
};
