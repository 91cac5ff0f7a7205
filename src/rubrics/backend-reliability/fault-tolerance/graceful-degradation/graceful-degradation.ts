import type { Requirement } from "../../../requirement.ts";

/** Graceful degradation when a part fails or stops. */
export const gracefulDegradation: Requirement = {
  id: "graceful-degradation",
  section: "fault-tolerance",
  label: "degradation",
  title: "Graceful degradation when a part fails or stops",
  question: "Which answer do callers get while a dependency is down, and how does the process stop without losing work?",
  cues: [
    { pattern: /\bfällt \w+(?: \w+)? aus\b|\bausgefallen|\bhors service|\b(?:is |are )?gone\?|\bhas no primary/u, weight: 3.5 },
    { pattern: /(?:shut-?down|drain(?:ing)?|termination|grace)[\s_-]?(?:time-?outs?|periods?|deadlines?|windows?)/u, weight: 6 },
    {
      pattern:
        /\bin-?flight\b|existing connections|current (?:requests?|jobs?|tasks?)|stops? listening|zero[\s-]downtime|warm standby|secondary (?:provider|region)|read-only mode|maintenance mode|partial (?:results?|response|data)|cache fallback|serves? (?:stale|cached|from cache)/u,
      weight: 3,
    },
    { pattern: /stop(?:s|ped)? accepting|exits? cleanly|back-?pressure|종료/u, weight: 3.5 },
    { pattern: /\b(?:down|unreachable|unavailable|offline)\b\s?(?:→|->|=>)/u, weight: 4 },
    { pattern: /graceful(?:ly)?[\s-](?:degrad|shut|stop|terminat|restart)/u, weight: 5 },
    { pattern: /\bdegrad(?:e|es|ed|ation|ado|ación)/u, weight: 2.5 },
    { pattern: /fall-?backs?\b|falls? back|降级|repli\b/u, weight: 4 },
    { pattern: /shut(?:s|ting)?[\s-]?down|\bshutdown/u, weight: 3 },
    { pattern: /\bsigterm|\bsigint|\bsigquit|优雅/u, weight: 3.5 },
    { pattern: /\bdrain(?:s|ed|ing)?\b/u, weight: 3 },
    { pattern: /\bfail(?:s|ing|ed)?[\s-]?(?:open|closed|over|soft)\b/u, weight: 3.5 },
    { pattern: /load[\s-]?shed|\bshed(?:s|ding)?\b|back-?pressure|bulkhead/u, weight: 3 },
    { pattern: /\bstale\b|cached (?:data|response|result|answer|copy|value)/u, weight: 1.5 },
    { pattern: /kill[\s-]?switch|feature[\s-]?flags?\b(?! for (?:a\/b|experiments?|gradual))|launchdarkly|circuit is open/u, weight: 2 },
    { pattern: /prestop|terminationgraceperiod/u, weight: 3 },
    { pattern: /\bunavailab|\bis down\b|\bdown\b|\bunreachable|\boffline/u, weight: 1.5 },
    { pattern: /\boutages?\b/u, weight: 2.5 },
    { pattern: /\bcontinues?\b|keeps? (?:working|serving|running)/u, weight: 1 },
    {
      pattern: /\b(?:if|when|while|once) [^,;:]{2,40} (?:is|are|was|becomes?) (?:down|unreachable|unavailable|offline)|\bdown:/u,
      weight: 4,
    },
    { pattern: /\blast known\b|\bin-process copy|spill/u, weight: 2 },
    {
      pattern:
        /\b(?:server|process|app|service|worker|connections?|sockets?|clients?|pool|database|db|mongodb|redis|engine|broker) (?:connections? )?(?:is |are )?(?:closes?|closed|disconnect(?:s|ed)?) (?:\w+ )?(?:cleanly|gracefully|connections?|after|before|on)/u,
      weight: 4.5,
    },
    {
      pattern: /\b(?:disconnects?|closes|forces exit|exits?) .{0,40}\b(?:after the|on shutdown|draining|cleanly|before exit)/u,
      weight: 3.5,
    },
    {
      pattern:
        /\b(?:wait|waits|waiting|allow) (?:up to \S+ )?(?:for )?(?:the )?(?:in-?flight|active|running|pending|current|open|outstanding) (?:requests?|jobs?|tasks?|connections?|work)/u,
      weight: 5,
    },
    {
      pattern:
        /\bsentinel\b|\bfail-?overs?\b|\bhigh availability\b|\bfor ha\b|\bstandby\b|\bengine shutdown|before exit|перед (?:exit|выход)/u,
      weight: 3,
    },
    {
      pattern:
        /\bpool exhaust|\bwhen (?:all|every) (?:worker|thread|connection)s? .{0,20}\bbusy|\bqueues? (?:messages|requests|work) when/u,
      weight: 4,
    },
  ],
  reference: "cached data, and what is not critical switched off",
  why: "A feature nobody needs to pay an order should not be able to stop the order.",
  fix: "Serve stale or partial data, switch off what is not critical, and drain before the process ends.",
  goodExample: "When Redis is down, prices come from the in-process copy (max 10 min old) and a WARN is logged; checkout goes on",
  badExample: "Degrade gracefully",
  source: "Google, Site Reliability Engineering, Addressing Cascading Failures",
  alsoFits: ["error-handling"],
  hints: {
    numbers: { ask: "say how stale, how many or how long", example: "at most 10 min old" },
    tools: { ask: "name what provides the fallback (Redis, LaunchDarkly, SIGTERM handling)", example: "Redis" },
    outcome: { ask: "say what callers get while it is down", example: "while it is down, callers get the last cached answer" },
  },
  hintsFor: [
    {
      when: /\b(?:shut-?down|shutting down|sigterm|sigint|drain|draining|terminat\w+|closes?|closed|disconnects?|exits?|cleanup)\b/u,
      hints: {
        numbers: { ask: "say how long running work may take", example: "running work gets at most 25s" },
        tools: { ask: "name what starts or ends it (SIGTERM, server.close, terminationGracePeriodSeconds)", example: "SIGTERM" },
        outcome: {
          ask: "say what happens to running and to new requests",
          example: "new requests get 503, running ones finish, then the process exits with code 0",
        },
      },
    },
  ],
};
