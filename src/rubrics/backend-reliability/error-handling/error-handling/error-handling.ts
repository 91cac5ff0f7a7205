import type { Requirement } from "../../../requirement.ts";

/** Errors are caught where something can be done about them. */
export const errorHandling: Requirement = {
  id: "error-handling",
  section: "error-handling",
  label: "errors handled",
  title: "Errors are caught where something can be done about them",
  question: "Where does an unexpected error end up, and what does the process do then?",
  cues: [
    {
      pattern: /error propagation|propagates? errors?|intercept\w* .{0,20}(?:error|exception)|에러 처리|오류 처리|예외|xử lý lỗi|обработк/u,
      weight: 3.5,
    },
    {
      pattern:
        /error[\s-]?handl|handl(?:e|es|ed|ing) (?:[a-z]+ ){0,2}(?:errors?|exceptions?|failures?)|错误处理|gestion des erreurs|manejo de errores|tratamento de erros|obsług[aię] błęd|fehlerbehandlung|エラーハンドリング|penanganan error/u,
      weight: 4,
    },
    { pattern: /try[\s/-]?(?:and[\s-])?catch|try\/except/u, weight: 4 },
    { pattern: /\bcatch(?:es|ing|-all)?\b|\bcaught\b/u, weight: 2 },
    { pattern: /\bunhandled|\buncaught/u, weight: 4 },
    { pattern: /\bexceptions?\b/u, weight: 2 },
    {
      pattern:
        /error[\s-]boundar|exception[\s-](?:filter|handler|middleware|mapper)|error[\s-]middleware|controlleradvice|exceptionhandler|exception_handler/u,
      weight: 4,
    },
    { pattern: /\bpanics?\b|\brecover(?:s|ed|y)?\b/u, weight: 1.5 },
    { pattern: /\b(?:throws?|raises?|rethrow)\b/u, weight: 2.5 },
    { pattern: /\bswallow|empty catch|silent(?:ly)? fail|fail(?:s|ed)? silent/u, weight: 3 },
    { pattern: /\bcrash/u, weight: 2 },
    { pattern: /\berrors?\b|错误|erreurs?\b|błąd|błęd|fehler/u, weight: 1.6 },
    { pattern: /custom error|error (?:class|type|hierarch|taxonom)|typed errors?/u, weight: 3 },
    { pattern: /\b(?:into|to|as|with|renders?|answers?|returns?) 500\b/u, weight: 2.5 },
    { pattern: /\b(?:errors?|exceptions?|failures?) (?:are |is )?(?:handled|caught)/u, weight: 4 },
    { pattern: /\bfail(?:s|ing)?[\s-]?fast\b/u, weight: 2.5 },
    {
      pattern:
        /^handles? (?:malformed|missing|empty|no |unexpected|corrupt|partial)|\bfails? (?:with|→) clear|\bstartup failure\b|\bdocument not found\b|\berrors? (?:are |is )?(?:wrapped|classified|propagated|preserved)|\berrno\b|\beacces\b|\beaddrinuse/u,
      weight: 4,
    },
    { pattern: /\bcontinues? (?:operating|processing|running) after\b|\bno crashes? on\b|\boriginal error\b/u, weight: 3 },
  ],
  reference: "try/catch around what can fail, error middleware for the rest",
  why: "An error nobody catches takes the process down; one that is swallowed hides until the data is wrong.",
  fix: "Catch at the boundary, map known errors, crash and restart on unknown state.",
  goodExample:
    "Express error middleware turns every uncaught route error into 500 with {error, correlationId} and logs it once through pino",
  badExample: "Add error handling",
  source: "Node.js documentation, Errors; product description section 3",
  alsoFits: ["fault-tolerance"],
  hints: {
    numbers: { ask: "say which status, code or count applies", example: "500" },
    tools: { ask: "name what catches it (Express error middleware, @ControllerAdvice, Sentry)", example: "Express error middleware" },
    outcome: {
      ask: "say what the caller gets and what the process does",
      example: "the caller gets {error, correlationId} and the process goes on",
    },
  },
};
