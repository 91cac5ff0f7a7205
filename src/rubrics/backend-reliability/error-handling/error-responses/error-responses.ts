import type { Requirement } from "../../../requirement.ts";

/** Error responses with a fixed shape and the right status. */
export const errorResponses: Requirement = {
  id: "error-responses",
  section: "error-handling",
  label: "error responses",
  title: "Error responses with a fixed shape and the right status",
  question: "Which status and body does each class of failure answer, and what is never sent?",
  cues: [
    { pattern: /\b[45]\d\d\b[^;]{0,40}\b[45]\d\d\b[^;]{0,40}\b[45]\d\d\b/u, weight: 5 },
    {
      pattern:
        /\b(?:every|each|all|any) (?:failures?|errors?) (?:is|are|returns?|has|have|becomes?)\b|\bclients? (?:see|get|receive)s?\b|fehlerantwort|réponses? d.erreur/u,
      weight: 4,
    },
    {
      pattern:
        /error[\s-](?:responses?|envelopes?|bod(?:y|ies)|formats?|payloads?|codes?|messages?|shapes?|pages?|schemas?|structures?|contract)/u,
      weight: 4,
    },
    { pattern: /stack[\s-]?traces?|stacktrace|err\.stack|internal (?:details|error|structure)/u, weight: 3.5 },
    { pattern: /problem[\s-]?details|problem\+json|rfc ?(?:7807|9457)|problemdetail/u, weight: 5 },
    { pattern: /\b(?:404|405|406|409|410|411|412|413|415|500|501|502|503|504)\b/u, weight: 1.5 },
    { pattern: /\b[45]xx\b/u, weight: 1.2 },
    { pattern: /\breturn(?:s|ed|ing)? (?:http |a |an |status )?[45]\d\d\b|→ ?[45]\d\d|responds? with [45]/u, weight: 1.5 },
    { pattern: /user[\s-]?friendly|human-readable/u, weight: 2 },
    { pattern: /status codes?/u, weight: 2.5 },
    { pattern: /\bnot[\s-]?found\b|\bconflict\b/u, weight: 1 },
    { pattern: /\b[45]\d\d\b.{0,30}\b[45]\d\d\b/u, weight: 3 },
    { pattern: /backtrace|tracebacks?|exception text|error text|internals are/u, weight: 3.5 },
    { pattern: /\berrors? (?:return|returns|use|uses|follow|follows|have|has)\b/u, weight: 3.5 },
    { pattern: /\breturn(?:s|ed)? (?:http )?5\d\d\b|\bhttp 5\d\d\b|\b\d{3}, not \d{3}\b|\bshould return 4\d\d/u, weight: 3 },
    {
      pattern:
        /\bapi responses? (?:exclude|never|do not|don.t|omit)|\bleak(?:s|ed|ing)? (?:\w+ ){0,2}(?:internal|details|stack|schema|structure)|\bstack trace in responses?|\berror (?:messages?|responses?) (?:do not|don.t|never|are)/u,
      weight: 4,
    },
  ],
  reference: "400, 401, 403, 404, 422, 500; never a stack trace",
  why: "Clients can only react to what they can tell apart, and a stack trace tells an attacker what to try next.",
  fix: "Map each class of failure to a status and one body shape, without internals.",
  goodExample:
    "Express error handler maps domain errors to 400, 404 and 409 with {error, code, correlationId}; no stack trace leaves the process",
  badExample: "Return proper error responses",
  source: "RFC 9457 Problem Details for HTTP APIs",
  alsoFits: ["security"],
  hints: {
    numbers: { ask: "say which status codes", example: "400, 404, 409 and 500" },
    tools: { ask: "name what renders them (RFC 9457 problem details, Express error handler)", example: "RFC 9457 problem details" },
    outcome: {
      ask: "say what the body holds and what it never holds",
      example: "the body is {error, code, correlationId} and never a stack trace",
    },
  },
};
