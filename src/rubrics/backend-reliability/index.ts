import type { Rubric } from "../rubric.ts";
import { circuitBreaker } from "./fault-tolerance/circuit-breaker/circuit-breaker.ts";
import { retryBackoff } from "./fault-tolerance/retry-backoff/retry-backoff.ts";
import { timeouts } from "./fault-tolerance/timeouts/timeouts.ts";
import { gracefulDegradation } from "./fault-tolerance/graceful-degradation/graceful-degradation.ts";
import { healthChecks } from "./fault-tolerance/health-checks/health-checks.ts";
import { errorHandling } from "./error-handling/error-handling/error-handling.ts";
import { correlationIds } from "./error-handling/correlation-ids/correlation-ids.ts";
import { structuredLogging } from "./error-handling/structured-logging/structured-logging.ts";
import { errorResponses } from "./error-handling/error-responses/error-responses.ts";
import { errorMetrics } from "./error-handling/error-metrics/error-metrics.ts";
import { inputValidation } from "./data-integrity/input-validation/input-validation.ts";
import { transactions } from "./data-integrity/transactions/transactions.ts";
import { idempotency } from "./data-integrity/idempotency/idempotency.ts";
import { dataRetention } from "./data-integrity/data-retention/data-retention.ts";
import { auditTrail } from "./data-integrity/audit-trail/audit-trail.ts";
import { authentication } from "./security/authentication/authentication.ts";
import { authorization } from "./security/authorization/authorization.ts";
import { inputSanitization } from "./security/input-sanitization/input-sanitization.ts";
import { encryption } from "./security/encryption/encryption.ts";
import { rateLimiting } from "./security/rate-limiting/rate-limiting.ts";
import { logLevels } from "./observability/log-levels/log-levels.ts";
import { keyMetrics } from "./observability/key-metrics/key-metrics.ts";
import { distributedTracing } from "./observability/distributed-tracing/distributed-tracing.ts";
import { dashboardsAlerts } from "./observability/dashboards-alerts/dashboards-alerts.ts";
import { runbook } from "./observability/runbook/runbook.ts";

/** The five sections and the 25 requirements that every backend plan is graded against, in reading order. */
export const backendReliability: Rubric = {
  id: "backend-reliability",
  title: "Backend Reliability",
  sections: [
    {
      id: "fault-tolerance",
      title: "Fault Tolerance",
      synonyms: [
        "resilience",
        "resiliency",
        "fault tolerance and resilience",
        "availability",
        "high availability",
        "failure handling",
        "robustness",
        "stability",
        "tolerância a falhas",
        "tolerancia a fallos",
        "tolérance aux pannes",
        "résilience",
        "fehlertoleranz",
        "ausfallsicherheit",
        "容错",
        "容错性",
        "韧性",
        "耐障害性",
        "odporność na błędy",
        "отказоустойчивость",
      ],
    },
    {
      id: "error-handling",
      title: "Error Handling",
      synonyms: [
        "errors",
        "error management",
        "errors and logging",
        "error handling and logging",
        "exception handling",
        "failure modes",
        "error responses",
        "logging and errors",
        "manejo de errores",
        "tratamento de erros",
        "gestion des erreurs",
        "fehlerbehandlung",
        "错误处理",
        "エラー処理",
        "エラーハンドリング",
        "obsługa błędów",
        "обработка ошибок",
      ],
    },
    {
      id: "data-integrity",
      title: "Data Integrity",
      synonyms: [
        "data",
        "data consistency",
        "data safety",
        "data quality",
        "data protection and integrity",
        "data management",
        "persistence",
        "database",
        "storage",
        "consistency",
        "data reliability",
        "integridad de datos",
        "integridad de los datos",
        "integridade de dados",
        "intégrité des données",
        "datenintegrität",
        "数据完整性",
        "数据一致性",
        "データ整合性",
        "データ完全性",
        "integralność danych",
        "целостность данных",
      ],
    },
    {
      id: "security",
      title: "Security",
      synonyms: [
        "security and privacy",
        "security and access",
        "access control",
        "auth",
        "appsec",
        "application security",
        "api security",
        "hardening",
        "seguridad",
        "segurança",
        "sécurité",
        "sicherheit",
        "安全",
        "安全性",
        "セキュリティ",
        "bezpieczeństwo",
        "безопасность",
      ],
    },
    {
      id: "observability",
      title: "Observability",
      synonyms: [
        "monitoring",
        "monitoring and alerting",
        "observability and monitoring",
        "metrics and alerts",
        "operations",
        "operability",
        "telemetry",
        "logging and monitoring",
        "instrumentation",
        "o11y",
        "observabilidad",
        "observabilidade",
        "observabilité",
        "beobachtbarkeit",
        "monitoreo",
        "可观测性",
        "可观察性",
        "监控",
        "オブザーバビリティ",
        "可観測性",
        "監視",
        "obserwowalność",
        "наблюдаемость",
      ],
    },
  ],
  requirements: [
    circuitBreaker,
    retryBackoff,
    timeouts,
    gracefulDegradation,
    healthChecks,
    errorHandling,
    correlationIds,
    structuredLogging,
    errorResponses,
    errorMetrics,
    inputValidation,
    transactions,
    idempotency,
    dataRetention,
    auditTrail,
    authentication,
    authorization,
    inputSanitization,
    encryption,
    rateLimiting,
    logLevels,
    keyMetrics,
    distributedTracing,
    dashboardsAlerts,
    runbook,
  ],
  neverAlone: [],
  elsewhere: [
    {
      pattern:
        /\b(?:load|stress|soak|performance|regression|mutation)[\s-]?test|\bbenchmark|\bprofiling\b|test (?:suite|plan|coverage)|capacity (?:per|planning|test)/u,
      weight: 4,
    },
    {
      pattern: /\bauto-?scal|\bhpa\b|\breplicas?\b|horizontal pod|availability zones?|\bscales? (?:on|out|up)\b|poddisruptionbudget/u,
      weight: 4,
    },
    {
      pattern:
        /\bvulnerabilit|dependenc(?:y|ies) (?:are |is )?(?:up to date|updated|scanned|pinned|audit)|(?:npm|yarn|pnpm|composer|pip|cargo|bundle)[\s-]audit|[\w-]+lock\.(?:json|ya?ml)|\w+\.lock\b|\bsbom\b|lock-?files?/u,
      weight: 5,
    },
    { pattern: /\bcors\b/u, weight: 5 },
    {
      pattern: /\b(?:concurrency|parallelism) limit|limit(?:s|ed)? concurren|concurrent (?:\w+ ){0,2}(?:limit|\(max)|connection[\s-]pool/u,
      weight: 2.5,
    },
    {
      pattern:
        /\bconfig(?:uration)? (?:is |are )?(?:typed|loading|loaded|centrali|modules?)|environment (?:checks?|variables? (?:on|at) startup)|api version/u,
      weight: 3,
    },
    {
      pattern:
        /\bmigrations? (?:is |are )?(?:tested|reviewed|dry|applied|rehears|run\b)|blue[\s/-]?green|canary|rolling (?:deploy|update)/u,
      weight: 2.5,
    },
    { pattern: /(?:choice|comparison|migration) guide|\bdocs? only\b|\breadme\b|hot reload/u, weight: 3 },
    {
      pattern: /\basgs?\b|auto[\s-]?scaling groups?|\bconcurrent users\b|\bfeature flags? for (?:a\/b|experiments?|gradual)|\ba\/b test/u,
      weight: 4,
    },
    { pattern: /\bdocker[\s-]compose\b|\bcontainer added\b|\bcompensation policy\b|\bbulkhead choice/u, weight: 2.5 },
    { pattern: /\b(?:welcome|marketing|newsletter|confirmation) (?:\+ \w+ )?(?:emails?|messages?)\b/u, weight: 3 },
  ],
};
