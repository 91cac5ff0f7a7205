import type { Requirement } from "../../../requirement.ts";

/** A timeout on all input and output. */
export const timeouts: Requirement = {
  id: "timeouts",
  section: "fault-tolerance",
  label: "timeouts",
  title: "A timeout on all input and output",
  question: "How long does each call, query and job wait, and what happens when the time is up?",
  cues: [
    { pattern: /타임아웃|tempo limite|таймаут|hết thời gian|tiempo límite|zeitlimit/u, weight: 4 },
    {
      pattern:
        /time-?outs?\b|\btimed? ?-?out\b|_timeout|timeout_|timeoutms|withtimeout|超时|délai d.attente|tiempo de espera|タイムアウト/u,
      weight: 4,
    },
    { pattern: /\bdeadlines?\b/u, weight: 3 },
    { pattern: /statement_timeout|lock_timeout|abortsignal|abortcontroller|max_execution_time/u, weight: 2.5 },
    { pattern: /\b(?:connect|read|write|idle|socket|query|request)[\s_-]time-?out/u, weight: 1.5 },
    { pattern: /\bhangs?\b|\bhung\b/u, weight: 1.5 },
    {
      pattern:
        /\b(?:abort|cancel|kill|give|gives|gave)[a-z]{0,6} (?:up )?(?:after|at|when)\b(?! \d+ (?:failures|attempts|tries|retries|errors))/u,
      weight: 3,
    },
    { pattern: /timeout \d|timeout \dms/u, weight: 1 },
    { pattern: /\b(?:504|408)\b/u, weight: 2 },
    { pattern: /max_execution_time|timeoutlayer|acquire_timeout/u, weight: 3 },
    { pattern: /\bbusy_timeout/u, weight: 1.5 },
  ],
  reference: "15s for calls to other APIs, 5s for the database",
  why: "Without a limit a hung peer keeps the connection, the worker and finally the whole service.",
  fix: "Set a limit on every call and query, and answer or fall back when it is reached.",
  goodExample: "undici fetch to the ledger is aborted after 15s and answers 504; Knex queries are cancelled after 5s",
  badExample: "Set timeouts",
  source: "Marc Brooker, Timeouts, retries and backoff with jitter, Amazon Builders Library",
  alsoFits: ["error-handling"],
  hints: {
    numbers: { ask: "say how long it waits", example: "15s timeout" },
    tools: { ask: "name what enforces it (AbortSignal, axios, statement_timeout, context.WithTimeout)", example: "AbortSignal" },
    outcome: { ask: "say what happens when the time is up", example: "on timeout the caller gets 504" },
  },
  hintsFor: [
    {
      when: /\b(?:jobs?|queues?|workers?|consumers?|bullmq|kafka|dead[\s-]?letter|cron)\b/u,
      hints: {
        numbers: { ask: "say how long it waits", example: "15s timeout" },
        tools: { ask: "name what enforces it (AbortSignal, statement_timeout, context.WithTimeout)", example: "AbortSignal" },
        outcome: {
          ask: "say what becomes of the job when the time is up",
          example: "on timeout the job fails and is retried at the next run",
        },
      },
    },
  ],
};
