import type { Requirement } from "../../../requirement.ts";

/** Retries with backoff, bounded, and a place for what still fails. */
export const retryBackoff: Requirement = {
  id: "retry-backoff",
  section: "fault-tolerance",
  label: "retries",
  title: "Retries with backoff, bounded, and a place for what still fails",
  question: "How many times is a failed call tried again, how far apart, and what happens after the last attempt?",
  cues: [
    { pattern: /autoretry|(?<!\bafter )\b\d+ (?:tries|essais|versuche)\b|\btries at \d|max_?deliver|maxdelivery/u, weight: 4 },
    {
      pattern:
        /\bre-?sends?\b|\bre-?play (?:ui|button|failed|endpoint|tool|of failed)|\bresubmit|재시도|thử lại|nova tentativa|повторн|coba lagi/u,
      weight: 4,
    },
    {
      pattern: /\bretr(?:y|ies|ied|ying)\b|retryable|\bretry[a-z_]|max_?retries|重试|réessa|\breintent|wiederhol|ponawi|リトライ/u,
      weight: 4,
    },
    { pattern: /back-?off/u, weight: 3 },
    { pattern: /\bdlqs?\b|dead[\s-]?letter|\bdlx\b/u, weight: 4.5 },
    { pattern: /\bre-?deliver|\bre-?queue|\bre-?driv/u, weight: 3 },
    { pattern: /\battempts?\b/u, weight: 1.5 },
    { pattern: /max_?attempts|maxreceivecount/u, weight: 2.5 },
    { pattern: /\bjitter/u, weight: 2 },
    { pattern: /\b(?:tenacity|p-retry|async-retry|polly|spring retry|retry-axios|axios-retry|backon)\b/u, weight: 2 },
    { pattern: /\bpoison|\bnack\b/u, weight: 2 },
    { pattern: /\bdead[\s_-]?(?:set|message)|failed_jobs|\.dlt\b|\bthe dlt\b/u, weight: 2 },
    {
      pattern:
        /[a-z0-9]-retry\b|\bspring-retry|\bretries (?:with|up to|\d)|\bretried (?:automatically|with|up)|\bxautoclaim|\brecovered? by (?:the )?sweeper|\bdlt\b|\bmoves? to (?:the )?(?:dlq|dead)|\b(?:all|parse) failures stored/u,
      weight: 3,
    },
    {
      pattern: /\bre-?queues?\b|\b(?:aborted|retried|given up) after \d+ (?:failures|attempts|tries|deaths)|\bretried after\b/u,
      weight: 3.5,
    },
  ],
  reference: "3 retries after 100, 200 and 400 ms",
  why: "A retry without a bound or a pause multiplies load on the service that is already failing.",
  fix: "Bound the attempts, grow the pause between them, and say what happens after the last one.",
  goodExample: "p-retry on the ledger client: 3 retries after 100/200/400 ms on 502 and 503, then the job goes to the dead-letter queue",
  badExample: "Add retry logic",
  source: "Marc Brooker, Timeouts, retries and backoff with jitter, Amazon Builders Library",
  alsoFits: ["error-handling"],
  hints: {
    numbers: { ask: "say how many attempts and how far apart", example: "3 attempts at 100/200/400 ms" },
    tools: { ask: "name what retries (p-retry, tenacity, Polly, Spring Retry)", example: "p-retry" },
    outcome: { ask: "say what happens after the last attempt", example: "after the last attempt returns 502" },
  },
  hintsFor: [
    {
      when: /\b(?:jobs?|queues?|workers?|consumers?|bullmq|kafka|dead[\s-]?letter|cron)\b/u,
      hints: {
        numbers: { ask: "say how many attempts and how far apart", example: "5 attempts, 10 s apart" },
        tools: { ask: "name what tries it again (BullMQ, pg-boss, Celery, SQS redrive policy)", example: "BullMQ" },
        outcome: {
          ask: "say what becomes of the job after the last attempt",
          example: "after the last attempt it goes to the dead-letter queue",
        },
      },
    },
  ],
};
