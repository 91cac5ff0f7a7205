import type { Requirement } from "../../../requirement.ts";

/** Structured logs that carry the correlation id and no secrets. */
export const structuredLogging: Requirement = {
  id: "structured-logging",
  section: "error-handling",
  label: "logging",
  title: "Structured logs that carry the correlation id and no secrets",
  question: "Which fields does a log line carry, and what is kept out of it?",
  cues: [
    {
      pattern:
        /(?:secrets?|pii|passwords?|tokens?|api keys?|card numbers?|emails?)\b.{0,40}\b(?:log|logs|logged|logging|redact\w*|mask\w*)\b|\blog(?:s|ged|ger|ging)?\b.{0,50}\b(?:pii|secrets?|passwords?|api keys?|card numbers?|redact\w*)/u,
      weight: 4.5,
    },
    { pattern: /\b(?:output|emit|print|write)s? json\b|json format|pretty-?print/u, weight: 3.5 },
    {
      pattern:
        /(?:secrets?|pii|passwords?|tokens?|sensitive ?\w*|personal data)\b.{0,40}\b(?:in|to|from) (?:the )?logs?\b|(?:secrets?|pii|passwords?|sensitive ?\w*)\b.{0,24}\blogged\b|logger.{0,30}sensitive|로그|로깅|nhật ký|логи(?!н)/u,
      weight: 4,
    },
    {
      pattern:
        /structured[\s-]?(?:json[\s-]?)?log|json[\s-](?:structured[\s-])?log|logs?[\s-](?:are |in |as )?(?:valid )?json|log structur|结构化日志|logging (?:estructurado|structur)/u,
      weight: 5,
    },
    { pattern: /\blog(?:s|ging|ged|ger|gers)?\b(?![\s-]?in\b)|日志|ログ|journalis/u, weight: 2 },
    { pattern: /\bredact|\bmask(?:ed|ing|s)?\b|\bscrub/u, weight: 3.5 },
    {
      pattern:
        /\b(?:pino|winston|serilog|structlog|zerolog|logback|log4j2?|slog|loguru|bunyan|nlog|lograge|monolog|zap|logrus|logstash|fluentd|fluent bit|loki|log4net|tracing-subscriber)\b/u,
      weight: 3,
    },
    { pattern: /log (?:rotation|aggregat|shipping|sink|format|files?|lines?|entr|output|fields?)|rolling file|rotating file/u, weight: 3 },
    {
      pattern:
        /(?:never|not|no|without) (?:be )?(?:log(?:ged|s)?|secrets?|pii|passwords?|sensitive|personal)|(?:in|from|of) (?:the |all |any )?logs?\b|filter_parameters/u,
      weight: 3,
    },
    { pattern: /\bjson (?:lines?|encoder|formatter)|one json|compact json|loggerjson|powertools logger/u, weight: 4 },
    { pattern: /\b(?:elk|splunk|fluentd|fluentbit|graylog|papertrail|log ?stash|logflare|logtail|better ?stack)\b/u, weight: 4 },
    {
      pattern:
        /\b(?:log |context |event )enrichment|\bcontext enrich|\benriched? with\b|\b(?:events?|lines?|entries|messages) (?:are |is )?tagged with|\btyped fields\b|^fields:|\badd fields\b/u,
      weight: 3.5,
    },
    {
      pattern:
        /\btimestamp\b.{0,40}(?:,|and).{0,30}(?:level|message|request|context|service|user)|\blogger\.\w|\blogger\b.{0,20}\bexports?\b/u,
      weight: 4,
    },
    { pattern: /json (?:output|輸出|출력|出力|ausgabe)|log_json|\blog(?:s|ged)? to (?:stdout|stderr|console|file)/u, weight: 3.5 },
  ],
  reference: "pino or winston with correlation ID",
  why: "Free text cannot be searched in an incident, and a logged secret has to be rotated.",
  fix: "Log JSON with fixed fields, redact secrets, and send it where it can be searched.",
  goodExample: "pino JSON logs: UUID v4 correlationId, level, timestamp, service, message in every line; password and token are redacted",
  badExample: "Add logging",
  source: "The Twelve-Factor App, Logs; OWASP Logging Cheat Sheet",
  alsoFits: ["observability", "security"],
  hints: {
    numbers: { ask: "say how large a line may be, or how long lines are kept", example: "at most 16 KB a line, kept 30 days" },
    tools: { ask: "name the logger (pino, winston, structlog, zap, Serilog)", example: "pino" },
    outcome: {
      ask: "list the fields of a line, or what never appears in it",
      example: "every line has {correlationId, level, timestamp, service, message}",
    },
  },
};
