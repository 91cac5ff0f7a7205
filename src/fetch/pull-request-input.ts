import { z } from "zod";
import { parseInstant } from "./parse-instant.ts";

// Every `error` completes the sentence "expected ...".
const text = z.string({ error: "a string" });
const name = text.min(1, { error: "a string that is not empty" });
const count = z.int({ error: "a whole number" }).nonnegative({ error: "a whole number from 0" });
const instant = text.transform((value, context) => {
  const at = parseInstant(value);
  if (at === null) context.addIssue({ code: "custom", message: "an instant such as 2026-01-31T12:00:00Z" });
  return at ?? z.NEVER;
});

const STATUSES = ["added", "modified", "removed", "renamed", "copied", "changed"] as const;

function listOf<T extends z.ZodType>(entry: T) {
  return z.array(entry, { error: "a list" });
}

function record<T extends z.ZodRawShape>(shape: T) {
  return z.object(shape, { error: "an object" });
}

const file = record({
  path: name,
  previousPath: text.nullish(),
  status: z.enum(STATUSES, { error: `one of ${STATUSES.join(", ")}` }),
  additions: count.nullish(),
  deletions: count.nullish(),
  patch: text.nullish(),
  content: text.nullish(),
});

const acceptance = record({
  acceptedBy: name,
  fingerprints: listOf(text),
  retrofitOn: z.iso.date({ error: "a date such as 2026-01-31" }),
  engineerWeeks: z.number({ error: "a number" }).positive({ error: "a number above 0" }),
  mitigation: text,
  signedAt: instant,
  headSha: text.nullish(),
  url: text.nullish(),
});

/**
 * A pull request as callers write it in JSON (contract: "Pull request (input)"). Unknown keys are
 * ignored; where a key may be left out, null means the same. Instants come out in UTC.
 */
export const pullRequestInput = record({
  id: text.nullish(),
  repo: text.nullish(),
  number: count.nullish(),
  title: text,
  body: z.string({ error: "a string or null" }).nullable(),
  author: text.nullish(),
  draft: z.boolean({ error: "true or false" }).nullish(),
  labels: listOf(text).nullish(),
  headSha: text.nullish(),
  base: text.nullish(),
  files: listOf(file),
  comments: listOf(record({ author: text, body: text, at: instant })).nullish(),
  acceptances: listOf(acceptance).nullish(),
  policy: z.record(z.string(), z.unknown(), { error: "an object" }).nullish(),
  now: instant.nullish(),
});

/** A pull request input of the right shape. */
export type PullRequestInput = z.output<typeof pullRequestInput>;
