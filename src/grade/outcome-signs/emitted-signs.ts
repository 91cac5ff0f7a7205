import type { OutcomeSign } from "./outcome-sign.ts";

/** Fields, metrics, log lines and panels that are emitted. */
export const EMITTED_SIGNS: readonly OutcomeSign[] = [
  {
    pattern:
      /^(?:generate|create|attach|emit|log|return|send|include|set|store|issue|assign|write|keep)s? .{2,60}\b(?:for|on|in|to|with|per) (?:each|every)\b/u,
    weight: 1.6,
  },
  {
    pattern:
      /^(?:audit-?log|log|write|stream|ship|dump|mirror|copy|replicate|append|record)s? .{2,60}\bto (?:stderr|stdout|\x60|the |an? |s3|every)/u,
    weight: 1.6,
  },
  { pattern: /\binclud(?:e|es|ing) [\p{L}\p{N}_\s-]{2,30},[^,]{2,40},/u, weight: 1.6 },
  {
    pattern: /\((?:[a-z][a-z0-9]*(?:_[a-z0-9]+)?, ){0,6}[a-z][a-z0-9]*_[a-z0-9_]+, [a-z][a-z0-9_]*(?:, [a-z][a-z0-9_]*){0,7}\)/u,
    weight: 1.4,
    unless: /\b(?:settings?|options?|configur\p{L}*|params?|parameters?|variables?)\b/u,
  },
  {
    pattern: /\b(?:captur|track|report|log|record|count)ing (?:all|every|each|client|server|unhandled|uncaught) /u,
    weight: 1.5,
    unless: /^(?:add|set up|implement|configure|enable)\b/u,
  },
  { pattern: /\b(?:structured|formatted|emitted|rendered|written|output) as (?:json|ndjson|key)/u, weight: 1.6 },
  { pattern: /\b(?:redact|mask)\p{L}{0,3}\b.{0,12}[:=]\s?\S/u, weight: 1.6 },
  { pattern: /^(?:route|deliver|send|move|publish|forward|redirect|emit|push|drop) .{3,80}\b(?:to|into) \p{L}/u, weight: 1.6 },
  {
    pattern: /\b(?:log|record|report|capture|count|audit) (?:all|every|each) \p{L}/u,
    weight: 1.6,
    unless: /^(?:make sure|plan|consider)\b/u,
  },
  { pattern: /\b(?:info|debug)\b (?:for|on|:) .{3,80}\bwarn(?:ing)?s? (?:for|on|:)/u, weight: 1.8 },
  { pattern: /\ball [\p{L}\s]{2,30} (?:logged|audited|traced|recorded)\b/u, weight: 1.6, unless: /\bproperly\b|^(?:add|implement)\b/u },
  { pattern: /\{\s?[\w"'$.…?:]{1,40}\s?(?:,|:)[^{}]{1,300}/u, weight: 1.8 },
  {
    pattern:
      /\b(?:metrics?|counters?|gauges?|histograms?|panels?|dashboards?|fields?|labels?|attributes|columns?|payload|body|tracks?|includ(?:es?|ing)|contain(?:s|ing)?|shows?|show|expos(?:es?|ing)|emits?|captur(?:es?|ing)|records?)\b.{0,16}?[:(]\s?(?:[^,()|]{1,60}(?:,|\s\/\s|\||\sand\s)){1,12}[^,()|]{1,60}/u,
    weight: 1.7,
    unless: /\b(?:configured|set up|tested|health checks?)\b/u,
  },
  {
    pattern:
      /\b(?:panels?|dashboards?|alerts?|metrics?|logs?|spans?|rows?|lines?|entr(?:y|ies)|events?)\b.{0,20}\b(?:show(?:s|ing)?|includ(?:es?|ing)|contain(?:s|ing)?|carry|carries|has|have|list(?:s|ing)?)\s(?!been|proper|appropriate)\p{L}/u,
    weight: 1.5,
  },
  { pattern: /\bpanel:? \p{L}{3,}|\bpanels? (?:for|per|by) /u, weight: 1.6 },
  { pattern: /\bwho\b.{0,20}\bwhat\b.{0,20}\bwhen\b|\bold(?:\/| and | & )new\b/u, weight: 1.8 },
  { pattern: /\b(?:p50|p90|p95)\b.{0,4}(?:[,/]|and).{0,4}\bp9\d/u, weight: 1.5 },
  {
    pattern:
      /\b(?:latency|throughput|error rates?|saturation|volume|requests?|errors?|duration)\b\s?(?:,|\/|\+|&|and)\s?(?:the )?(?:\p{L}{3,12}\s)?(?:latency|throughput|error rates?|saturation|volume|requests?|errors?|duration|traffic)\b/u,
    weight: 1.2,
    unless: /\b(?:configured|alarms? on|alerts? on|tracked)\b/u,
  },
  {
    pattern:
      /\b(?:spans?|metrics?|counters?|gauges?|events?|labels?|fields|panels?)\b[^,.;:]{0,24}(?::|\s[—–-])\s[^,;]{2,60}(?:,[^,;]{2,60}){1,12}/u,
    weight: 1.7,
    unless: /\b(?:configured|set up|tested|health checks?)\b/u,
  },
  {
    pattern: /(?:\x60[^\x60]{2,60}\x60,? (?:and )?){2,12}(?:spans?|metrics?|counters?|gauges?|headers?|fields|events?)\b/u,
    weight: 1.6,
    unless: /^(?:add|implement|set up|configure)\b/u,
  },
  {
    pattern:
      /\b(?:logs|log (?:lines|entries|records)|records|entries|spans) with (?:an? |the )?(?:[\p{L}\p{N}_-]+ ){0,2}(?:ids?|names?|timestamps?|codes?|levels?|labels?|fields?|durations?|status)\b.{0,8}(?:,|\band\b)/u,
    weight: 1.6,
    unless: /^(?:add|implement|set up|configure)\b/u,
  },
  {
    pattern:
      /\b(?:logs?|lines?|events?|entries|records?|spans?|rows?|bod(?:y|ies)|responses?|errors?)\b[^,;:.]{0,40}\bwith (?:the )?(?:fields? )?(?:\x60[^\x60]{2,40}\x60|[\p{L}\p{N}_]{2,24})(?:, (?:\x60[^\x60]{2,40}\x60|[\p{L}\p{N}_]{2,24})){2,12}/u,
    weight: 1.6,
    unless: /^(?:add|implement|set up|configure)\b/u,
  },
];
