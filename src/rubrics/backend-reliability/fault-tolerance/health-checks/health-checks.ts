import type { Requirement } from "../../../requirement.ts";

/** Health checks that tell the state of dependencies. */
export const healthChecks: Requirement = {
  id: "health-checks",
  section: "fault-tolerance",
  label: "health checks",
  title: "Health checks that tell the state of dependencies",
  question: "Which endpoint says whether the service can work, and what does it answer when a dependency is down?",
  cues: [
    { pattern: /periodseconds|failurethreshold: ?\d|initialdelayseconds|kubernetes probes?/u, weight: 5 },
    { pattern: /^health:|\b503\b.{0,60}\/(?:ready|readyz|health|healthz|live|livez)\b/u, weight: 5 },
    {
      pattern:
        /\bhealthy\b.{0,30}\b(?:db|database|redis|dependenc)|(?:checks?|pings?|verif\w+) (?:the )?(?:db|database|postgres\w*|redis|mongo\w*|mysql|connectivity|dependenc\w+)|dependency (?:status|checks?)|status (?:page|endpoint)/u,
      weight: 3,
    },
    {
      pattern:
        /\bselect 1\b|\bping (?:command|check)?|\bredis:? ping|health (?:failures?|state|is)|헬스|상태 확인|sức khỏe|проверк[аи] здоров/u,
      weight: 3.5,
    },
    { pattern: /\b(?:auto(?:matic)?[\s-]|→ (?:automatic )?)\w{0,8} ?restart\b|self-?heal|watchdog/u, weight: 2 },
    {
      pattern: /health[\s_-]?(?:checks?|probes?|endpoints?|status|monitor)|healthcheck|健康检查|ヘルスチェック|vérification de santé/u,
      weight: 5,
    },
    { pattern: /\/(?:health|healthz|livez?|liveness|readyz?|ready|readiness|ping|up)\b/u, weight: 5 },
    {
      pattern: /\b(?:liveness|readiness)\b|\b(?:liveness|readiness|startup)[\s-]?(?:probe|check|gate)|livenessprobe|readinessprobe/u,
      weight: 4,
    },
    { pattern: /\bprobes?\b/u, weight: 2 },
    { pattern: /\bheartbeats?\b/u, weight: 2.5 },
    { pattern: /\b(?:terminus|actuator)\b/u, weight: 1.5 },
    { pattern: /\bunhealthy\b|\bhealthy\b/u, weight: 1.5 },
    {
      pattern:
        /\bpg_isready|\bping\b ?(?:→|->|=)|\b(?:is|are|redis|database|postgres\w*|db|api|timescaledb|kafka) (?:reachable|reachability|connectivity)\b|\bstatus of (?:each|every|all) dependenc/u,
      weight: 4,
    },
    {
      pattern:
        /\benable actuator|\bactuator \(?health|\bper-(?:backend|dependency|service) (?:connectivity|status|health)|\breadiness\b.{0,30}(?:fail|503|gate)/u,
      weight: 5,
    },
    { pattern: /\b(?:restarts?|detects?|killed?)\b.{0,30}\b(?:within \d|backoff window|heal)/u, weight: 3 },
  ],
  reference: "`/health` with the status of each dependency",
  why: "A process that runs but cannot reach its database keeps receiving traffic until a probe says so.",
  fix: "Answer liveness without dependencies and readiness with them, and let the orchestrator act on it.",
  goodExample:
    "Kubernetes readiness probe on `/health` every 10s: 503 with {postgres, redis} when either ping fails, and the pod leaves the Service",
  badExample: "Add health check endpoint",
  source: "Kubernetes documentation, Liveness, Readiness and Startup Probes",
  alsoFits: ["observability"],
  hints: {
    numbers: { ask: "say how often it is asked and which status it answers", example: "every 10s, 503 when unhealthy" },
    tools: { ask: "name who asks and what is checked (Kubernetes probe, PostgreSQL, Redis)", example: "Kubernetes readiness probe" },
    outcome: { ask: "say what it answers when a dependency is down", example: "returns 503 with the name of the failed dependency" },
  },
};
