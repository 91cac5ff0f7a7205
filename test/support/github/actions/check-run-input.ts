import { z } from "zod";
import { Refusal } from "../refusal.ts";

const LONGEST_TEXT = 65_535;
const MOST_ANNOTATIONS = 50;

const annotation = z
  .object({
    path: z.string().min(1),
    start_line: z.number().int(),
    end_line: z.number().int(),
    start_column: z.number().int().optional(),
    end_column: z.number().int().optional(),
    annotation_level: z.enum(["notice", "warning", "failure"]),
    message: z.string().min(1).max(65_536),
    title: z.string().max(255).optional(),
    raw_details: z.string().max(65_536).optional(),
  })
  .refine((one) => one.end_line >= one.start_line, "end_line must not be before start_line")
  .refine(
    (one) => (one.start_column === undefined && one.end_column === undefined) || one.start_line === one.end_line,
    "columns are allowed on a single line only",
  );

const output = z.object({
  title: z.string().min(1).max(255).nullish(),
  summary: z.string().max(LONGEST_TEXT, "summary exceeds a maximum of 65535 characters").nullish(),
  text: z.string().max(LONGEST_TEXT, "text exceeds a maximum of 65535 characters").nullish(),
  annotations: z.array(annotation).optional(),
  images: z.array(z.unknown()).optional(),
});

const action = z.object({
  label: z.string().min(1).max(20),
  description: z.string().min(1).max(40),
  identifier: z.string().min(1).max(20),
});

const instant = z.iso.datetime({ offset: true });

const update = z.object({
  name: z.string().min(1).max(255).optional(),
  details_url: z.url({ protocol: /^https?$/ }).optional(),
  external_id: z.string().optional(),
  status: z.enum(["queued", "in_progress", "completed"]).optional(),
  conclusion: z.enum(["success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required"]).optional(),
  started_at: instant.optional(),
  completed_at: instant.optional(),
  output: output.optional(),
  actions: z.array(action).max(3).optional(),
});

const creation = update.extend({ name: z.string().min(1).max(255), head_sha: z.string().min(1) });

export type CheckRunUpdate = z.infer<typeof update>;
export type CheckRunCreation = z.infer<typeof creation>;

/** The body of `POST /check-runs`. Throws 422 with what GitHub would object to (docs, "REST API endpoints for check runs"). */
export const parseCheckRunCreation = (body: unknown): CheckRunCreation => complete(parse(creation, body));

/** The body of `PATCH /check-runs/{id}`, likewise. */
export const parseCheckRunUpdate = (body: unknown): CheckRunUpdate => complete(parse(update, body));

function parse<Shape extends z.ZodType>(shape: Shape, body: unknown): z.infer<Shape> {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Refusal(422, `Invalid request.\n\n${faults.join("\n")}`, faults);
}

function complete<Input extends CheckRunUpdate>(input: Input): Input {
  if (input.status === "completed" && input.conclusion === undefined) {
    throw new Refusal(422, "Invalid request.\n\nMissing conclusion for a completed check run.");
  }
  const sent = input.output;
  const count = sent?.annotations?.length ?? 0;
  if (count > MOST_ANNOTATIONS) {
    throw new Refusal(422, `Invalid request.\n\nNo more than ${MOST_ANNOTATIONS} items are allowed; ${count} were supplied.`);
  }
  if (sent !== undefined && typeof sent.summary !== "string") throw new Refusal(422, 'Invalid request.\n\n"summary" wasn\'t supplied.');
  return input;
}
