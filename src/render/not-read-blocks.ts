import type { NotRead } from "../model/changed-file.ts";
import type { Review } from "../model/review.ts";
import { type Block, type Line, place, prose } from "./document.ts";
import { excerpt } from "./neutralise.ts";

/** Files named in the summary; the rest is counted there and named in the details. */
const NAMED = 5;

/** Longest reason in characters: the summary's paragraphs are never shortened later. */
const LONGEST_REASON = 120;

/** What was not read and what was not inspected, a line each. */
export function notReadBlocks(notRead: readonly NotRead[]): readonly Block[] {
  const unread = notRead.filter((file) => file.undetermined);
  const uninspected = notRead.filter((file) => !file.undetermined);
  return [
    ...(unread.length > 0 ? [paragraph("Not read, so no verdict about it: ", unread)] : []),
    ...(uninspected.length > 0 ? [paragraph("Not inspected: ", uninspected)] : []),
  ];
}

/** The files that the summary only counts. */
export function notReadDetails(notRead: readonly NotRead[]): readonly Block[] {
  if (notRead.length <= NAMED) return [];
  return [
    {
      kind: "details",
      summary: `All ${notRead.length} files that were not read or not inspected`,
      blocks: [{ kind: "list", ordered: false, noun: "files", rows: notRead.map((file) => ({ line: fileLine(file) })) }],
    },
  ];
}

/** Mistakes in the policy file, each with its place: the last good policy or the default is in force meanwhile. */
export function policyBlocks(review: Pick<Review, "policyProblems">): readonly Block[] {
  if (review.policyProblems.length === 0) return [];
  return [
    { kind: "heading", line: [prose("The policy file has mistakes; the last good one or the default is in force")] },
    {
      kind: "list",
      ordered: false,
      noun: "mistakes",
      rows: review.policyProblems.map((problem) => ({
        line: [place(problem.path, problem.line), prose(` column ${problem.column}: ${problem.message}`)],
      })),
    },
  ];
}

function paragraph(label: string, files: readonly NotRead[]): Block {
  const named = files.slice(0, NAMED).flatMap((file, index): Line => (index === 0 ? fileLine(file) : [prose(", "), fileLine(file)].flat()));
  const more = files.length - NAMED;
  return { kind: "paragraph", line: [prose(label), ...named, prose(more > 0 ? ` and ${more} more.` : ".")] };
}

function fileLine(file: NotRead): Line {
  return [place(file.path), prose(` (${excerpt(file.reason, LONGEST_REASON)})`)];
}
