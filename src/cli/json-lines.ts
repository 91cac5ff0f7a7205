import { readLines } from "./read-lines.ts";
import { oneLine } from "./one-line.ts";
import type { Progress } from "./progress.ts";
import { writeOut } from "./write-out.ts";

/** Largest line that is read: more than GitHub lets a pull request hold in patches, and room for its files' texts. */
const MAX_LINE_BYTES = 64 * 1_048_576;

/** The answer to one line: any record, or what is wrong with the line. */
export type Answer = object | { readonly error: string };

function idOf(value: unknown): { id?: string } {
  if (typeof value !== "object" || value === null || !("id" in value)) return {};
  return typeof value.id === "string" ? { id: value.id } : {};
}

async function answerLine(text: string, answer: (value: unknown) => Promise<Answer>): Promise<Answer> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { error: `expected a JSON object${text === "" ? ", found an empty line" : `: ${oneLine(String(error))}`}` };
  }
  try {
    const answered = await answer(value);
    return "error" in answered ? { ...idOf(value), ...answered } : answered;
  } catch (error) {
    // A fault on one line is told in its place, and the run goes on.
    return { ...idOf(value), error: `could not be judged: ${oneLine(String(error))}` };
  }
}

/**
 * Answers a stream of JSON lines, each by one line on stdout in the same order, holding one at a time.
 * A bad line gets `{"id"?, "error"}` in its place. Returns whether every line was answered.
 */
export async function answerLines(
  stream: AsyncIterable<Buffer>,
  answer: (value: unknown) => Promise<Answer>,
  progress: Progress,
): Promise<boolean> {
  let isEveryLineGood = true;
  for await (const line of readLines(stream, MAX_LINE_BYTES)) {
    const answered = "error" in line ? { error: line.error } : await answerLine(line.text, answer);
    const isBad = "error" in answered;
    if (isBad) isEveryLineGood = false;
    const record = isBad ? { ...answered, error: `line ${line.number}: ${String(answered.error)}` } : answered;
    await writeOut(`${JSON.stringify(record)}\n`);
    progress.count();
  }
  return isEveryLineGood;
}
