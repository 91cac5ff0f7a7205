import type { Requirement } from "../../../requirement.ts";

/** A runbook for the person who is woken. */
export const runbook: Requirement = {
  id: "runbook",
  section: "observability",
  label: "runbook",
  title: "A runbook for the person who is woken",
  question: "What does the person on call look at first, how do they roll back, and whom do they call?",
  cues: [
    { pattern: /\brun-?books?\b|\bplaybooks?\b|运维手册/u, weight: 9 },
    { pattern: /\bsops?\b/u, weight: 5 },
    { pattern: /\bon-?call\b|值班/u, weight: 3.5 },
    { pattern: /\bescalat/u, weight: 4 },
    { pattern: /\bincidents?\b/u, weight: 3.5 },
    { pattern: /post-?mortems?|blameless|\brca\b|root cause/u, weight: 5 },
    {
      pattern:
        /\bdrills?\b|game[\s-]?days?|tabletop|chaos (?:tests?|drills?|experiments?|days?|monkey|engineering)|런북|당직|장애 대응|дежурн/u,
      weight: 3.5,
    },
    { pattern: /how to roll ?back|roll-?back (?:plan|procedure|steps|script|command|instruction)|roll back via/u, weight: 3 },
    { pattern: /\broll-?back\b/u, weight: 1.5 },
    { pattern: /\binvestigat|troubleshoot|\bprocedures?\b/u, weight: 2.5 },
    {
      pattern: /\bon-?call (?:rotation|owner|team)|\bescalation (?:path|chain|policy)|\bincident response|\brecovery (?:procedure|script)/u,
      weight: 3,
    },
  ],
  reference: "investigation, rollback, escalation",
  why: "At three in the morning nobody reads the code.",
  fix: "Write the checks, the rollback and the escalation, and rehearse them.",
  goodExample:
    "The PagerDuty alert links the refunds runbook: it lists 3 queries to run, the rollback with Argo Rollouts takes under 5 min, then it names who is called",
  badExample: "Write runbook",
  source: "Google, Site Reliability Engineering, Being On-Call",
  alsoFits: ["fault-tolerance"],
  hints: {
    numbers: { ask: "say how long each step may take", example: "rollback in under 5 min" },
    tools: { ask: "name what is used (PagerDuty, Argo Rollouts, kubectl)", example: "PagerDuty" },
    outcome: {
      ask: "say which steps it holds and what the last one leads to",
      example: "it lists the queries to run, the rollback and whom to escalate to",
    },
  },
};
