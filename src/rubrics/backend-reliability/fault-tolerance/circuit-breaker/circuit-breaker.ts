import type { Requirement } from "../../../requirement.ts";

/** Circuit breaker around every external call. */
export const circuitBreaker: Requirement = {
  id: "circuit-breaker",
  section: "fault-tolerance",
  label: "circuit breaker",
  title: "Circuit breaker around every external call",
  question: "After how many failures does each external call stop being tried, for how long, and what does the caller get meanwhile?",
  cues: [
    { pattern: /circuit[\s-]?breakers? (?:\w+ )?(?:falls?|opens?|trips?|returns?|serves?|rejects?|closes)/u, weight: 4 },
    { pattern: /(?:recovery|reset)[\s_-]?timeout|서킷/u, weight: 5 },
    {
      pattern: /circuit[\s_-]?break|circuitbreaker|熔断|disjoncteur|cortacircuito|disyuntor|schutzschalter|サーキットブレーカ/u,
      weight: 4,
    },
    { pattern: /\bbreakers?\b/u, weight: 3 },
    { pattern: /\bhalf[\s-]?open/u, weight: 5 },
    {
      pattern: /\b(?:opossum|gobreaker|hystrix|pybreaker|cockatiel|resilience4j|sony\/gobreaker|circuitbox|stoplight|failsafe)\b/u,
      weight: 3.5,
    },
    { pattern: /\b(?:opens?|trips?|tripped) (?:after|at|when|on|if)\b/u, weight: 2 },
    { pattern: /\b(?:open|closed) (?:state|circuit)\b/u, weight: 1.5 },
    { pattern: /failure_?\s?threshold|consecutive (?:fail|error|timeout)/u, weight: 2 },
    { pattern: /\bcircuit\b/u, weight: 3 },
    { pattern: /\b(?:ganesha|stoplight|fuse)\b/u, weight: 1.5 },
    { pattern: /circuit (?:opens|closes|trips|is open|stays)/u, weight: 3 },
    { pattern: /\bwhen open\b|\bauto-?resets?\b/u, weight: 2.5 },
    { pattern: /(?<![\w-])cb(?![\w-])/u, weight: 3 },
    { pattern: /\bresilience4j (?:integration|circuit)|\bhystrix/u, weight: 2 },
  ],
  reference: "Opossum: open after 5 failures in 10s, half-open after 30s",
  why: "One slow dependency holds every worker that waits for it, and the outage spreads to callers that never needed it.",
  fix: "Wrap the call in a breaker, choose the failure threshold and the reset time, and decide what is returned while it is open.",
  goodExample:
    "Opossum breaker on the ledger client: opens after 5 failures in 10s, half-opens after 30s; while open, callers get the cached balance",
  badExample: "Add circuit breaker",
  source: "Michael T. Nygard, Release It!, Circuit Breaker; product description section 3",
  alsoFits: ["error-handling"],
  hints: {
    numbers: {
      ask: "say after how many failures it opens and when it tries again",
      example: "opens after 5 failures in 10s and half-opens after 30s",
    },
    tools: { ask: "name what breaks the circuit (Opossum, resilience4j, Polly, gobreaker)", example: "Opossum" },
    outcome: { ask: "say what callers get while it is open", example: "while open, callers get 503 with Retry-After" },
  },
};
