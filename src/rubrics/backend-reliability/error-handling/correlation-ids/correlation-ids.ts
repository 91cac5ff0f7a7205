import type { Requirement } from "../../../requirement.ts";

/** A correlation id on everything a request causes. */
export const correlationIds: Requirement = {
  id: "correlation-ids",
  section: "error-handling",
  label: "correlation ids",
  title: "A correlation id on everything a request causes",
  question: "Which id joins the log lines of one request across services, and where does it come from?",
  cues: [
    { pattern: /\bgenreqid\b|\breqid\b/u, weight: 6 },
    { pattern: /correlation(?! with)/u, weight: 5 },
    { pattern: /request[\s_-]?ids?\b|requestid|x-request-id|x-correlation/u, weight: 7 },
    { pattern: /\btrace[\s_-]?ids?\b|traceid/u, weight: 3.5 },
    { pattern: /asynclocalstorage|\bmdc\b|contextvar|context propagation/u, weight: 2 },
    { pattern: /\bpropagat/u, weight: 1.5 },
    { pattern: /transaction id|event[\s_-]id in/u, weight: 1 },
    { pattern: /\bids? (?:is|are)? ?(?:in|on) (?:every|each|all)/u, weight: 2 },
    { pattern: /x-request-id|x-correlation-id|requestid/u, weight: 2 },
    {
      pattern: /\buuid (?:for|per|to|on) (?:each|every) (?:request|call|message)|\bgenerate .{0,16}\bfor each request|\brequest_id\b/u,
      weight: 4,
    },
  ],
  reference: "UUID v4 on ingress, propagated to all logs and services",
  why: "Without one id the logs of a failure are a thousand lines that cannot be joined.",
  fix: "Take the id from the header or make one, put it into every log line and outbound call.",
  goodExample: "pino-http takes X-Request-Id or generates a UUID v4; the id is in every log line, error body and outbound header",
  badExample: "Add correlation IDs",
  source: "W3C Trace Context; product description section 3",
  alsoFits: ["observability"],
  hints: {
    numbers: { ask: "say which format fixes the id", example: "UUID v4" },
    tools: { ask: "name what carries it (X-Request-Id header, AsyncLocalStorage, MDC)", example: "X-Request-Id header" },
    outcome: { ask: "say where the id then appears", example: "every log line and outbound call carries the id" },
  },
};
