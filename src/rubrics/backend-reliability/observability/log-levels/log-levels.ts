import type { Requirement } from "../../../requirement.ts";

/** Log levels that mean something. */
export const logLevels: Requirement = {
  id: "log-levels",
  section: "observability",
  label: "log levels",
  title: "Log levels that mean something",
  question: "Which events are logged at which level, and which level runs in production?",
  cues: [
    { pattern: /log[\s_-]?levels?|loglevel|nivel(?:es)? de log|日志级别|niveaux? de log|ログレベル|logging levels?/u, weight: 6.5 },
    {
      pattern:
        /\b(?:debug|info|warn|warning|error|fatal|trace)\b(?:[\s,/|;→]|and|or|&){1,5}\b(?:debug|info|warn|warning|error|fatal|critical)\b/u,
      weight: 4,
    },
    {
      pattern:
        /\b(?:at|as) (?:debug|info|warn|warning|error|fatal)\b|\b(?:debug|info|warn|error)[\s-]level|level[=:] ?(?:debug|info|warn|error)/u,
      weight: 3.5,
    },
    { pattern: /verbos/u, weight: 2.5 },
    {
      pattern: /\b(?:info|information|debug)\b.{0,70}\b(?:warn|warning|error)\b|\bwarn(?:ing)?\b.{0,60}\b(?:error|critical)\b/u,
      weight: 6,
    },
    {
      pattern:
        /\blogger level|\b(?:debug|trace|info|warn|error)!|\brust_log\b|\blog_level\b(?!.{0,12}json)|\b(?:info|warn|debug|error) in (?:prod|production|dev)\b|\b(?:warn|info|debug|error) level\b|\b(?:error|info|warn|debug)-level\b/u,
      weight: 5.5,
    },
    { pattern: /\b(?:logger|logs?) .{0,40}\bfrom \x60?(?:debug|info|trace)\x60? to \x60?(?:debug|info|warn|trace)/u, weight: 6 },
    { pattern: /\bappropriate severity\b|\bp\d ?= ?(?:error|warn|info)/u, weight: 5 },
  ],
  reference: "INFO, WARN, ERROR",
  why: "When everything is an error, the one that matters is not seen.",
  fix: "Say what each level means, run INFO in production, change it without a deploy.",
  goodExample: "winston logs INFO per request, WARN from the second retry, ERROR on 5xx; a LOG_LEVEL change is live within 30s",
  badExample: "Use log levels",
  source: "RFC 5424 section 6.2.1",
  alsoFits: ["error-handling"],
  hints: {
    numbers: { ask: "say which number turns one level into the next", example: "WARN from the second retry, ERROR on 5xx after 3" },
    tools: { ask: "name the logger (pino, winston, zap, Serilog)", example: "winston" },
    outcome: { ask: "say which event is logged at which level", example: "INFO per request, WARN per retry, ERROR per failed request" },
  },
};
