import { z } from "zod";

// The shapes of the command-line contract, written from it and not from the code. New fields may be added; none is renamed.
const verdict = z.enum(["passed", "blocked", "not-applicable", "risk-accepted", "observed", "undetermined"]);
const line = z.int().positive();

const evidence = z.object({ signal: z.string(), weight: z.number(), path: z.string().optional(), line: line.optional() });
const touch = z.object({ touched: z.boolean(), score: z.number(), evidence: z.array(evidence) });
const box = z.object({ id: z.string(), earned: z.boolean().nullable(), mustEarn: z.boolean(), detail: z.string() });

const grade = z.object({
  points: z.int(),
  outOf: z.int(),
  passing: z.int(),
  passed: z.boolean(),
  boxes: z.array(box),
});

const quality = z.enum(["numbers", "tools", "outcome"]);

export const item = z.object({
  id: z.string().optional(),
  line,
  section: z.string().nullable(),
  text: z.string(),
  requirement: z.string().nullable(),
  done: z.boolean(),
  counted: z.boolean(),
  whyNot: z.string().optional(),
  numbers: z.array(z.string()),
  tools: z.array(z.string()),
  outcome: z.string().nullable(),
  specific: z.boolean(),
  missing: z.array(quality),
  unsure: z.array(quality),
  advice: z.string().optional(),
  promise: z.object({ state: z.enum(["kept", "contradicted", "unproven"]), path: z.string().optional(), line: line.optional() }).optional(),
});

const finding = z.object({
  rule: z.string(),
  requirement: z.string(),
  severity: z.enum(["blocking", "advisory", "undetermined"]),
  path: z.string(),
  line,
  endLine: line,
  message: z.string(),
  fix: z.string(),
  fingerprint: z.string().min(1),
});

const notRead = z.array(z.object({ path: z.string(), reason: z.string() }));

export const review = z.object({
  schemaVersion: z.literal(1),
  id: z.string().optional(),
  verdict,
  why: z
    .string()
    .min(1)
    .regex(/^[^\n]*$/),
  backend: touch,
  payments: touch.extend({ grade: grade.optional() }),
  grade: grade.nullable(),
  items: z.array(item),
  draw: z.array(z.string()).max(3),
  findings: z.array(finding),
  notRead,
  redFlags: z.array(z.object({ id: z.string(), where: z.enum(["title", "body", "comment"]), quote: z.string(), blocks: z.boolean() })),
  shortfalls: z.array(
    z.object({ id: z.string(), fingerprint: z.string().min(1), acceptedBy: z.string().optional(), signersNeeded: z.int().positive() }),
  ),
  policyOrigin: z.string(),
  nextSteps: z.array(z.string()),
});

export const plan = z.object({ items: z.array(item), points: grade });
export const inspection = z.object({ findings: z.array(finding), notRead });
