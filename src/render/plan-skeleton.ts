import type { Operation } from "../model/operation.ts";
import type { RequirementId } from "../model/requirement-id.ts";
import type { Review } from "../model/review.ts";
import type { Requirement } from "../rubrics/requirement.ts";
import { paymentOperations } from "../rubrics/payment-operations/index.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { requirementLabel } from "./labels.ts";
import { byteLength, fitPieces, LIMITS, type Piece } from "./limits.ts";
import { codeSpan, excerpt, plainMarkdown } from "./neutralise.ts";
import { SKELETON_PHRASES } from "./skeleton-phrases.ts";

/** Operations that an item names with their places; the others it counts. */
const MOST_NAMED = 4;

/**
 * A plan to fill in, made from the diff: every call, query, route and queue that was found is named with
 * its place under what it asks for, and numbers are left blank. What the diff gives no ground for asks its question.
 * Every item has a blank `__`, so that the skeleton pasted unchanged is no plan. Where payments are touched
 * the payment rubric's sections come first.
 */
export function renderPlanSkeleton(review: Review, rubric: Rubric, paymentRubric: Rubric = paymentOperations): string {
  const rubrics = review.payments.touched ? [paymentRubric, rubric] : [rubric];
  const placed = new Set<Operation>();
  const pieces = rubrics.flatMap((each) => sectionPieces(each, review.operations, placed));
  return fitPieces(pieces, LIMITS.commentBytes - 1_000).trimEnd() + "\n";
}

/** `placed` are the operations of which an item above tells the place; those of this rubric are added. */
function sectionPieces(rubric: Rubric, operations: readonly Operation[], placed: Set<Operation>): readonly Piece[] {
  return rubric.sections.flatMap((section): readonly Piece[] => [
    { kind: "fixed", text: `## ${plainMarkdown(section.title)}\n\n` },
    ...rubric.requirements
      .filter((requirement) => requirement.section === section.id)
      .map((requirement): Piece => ({
        kind: "rows",
        rows: itemsOf(requirement, operations, rubric, placed),
        note: (lost) => `- [ ] ${requirement.label}: ${lost} more places in the diff, __\n`,
      })),
    { kind: "fixed", text: "\n" },
  ]);
}

/** The skeleton as an answer to the button: with one sentence of use, in a fence that can be copied whole. */
export function renderPlanSkeletonComment(review: Review, rubric: Rubric): string {
  const plan = renderPlanSkeleton(review, rubric);
  const longestRun = (plan.match(/`{3,}/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 2);
  const fence = "`".repeat(longestRun + 1);
  const intro =
    "A plan made from your diff. Copy it into the description, fill every `__`, and drop a line only when something better stands in its place.";
  const comment = `${intro}\n\n${fence}markdown\n${plan}${fence}\n`;
  return byteLength(comment) <= LIMITS.commentBytes ? comment : `${intro}\n\n${plan}`;
}

const READS_PAYMENTS = /\.(?:retrieve|get|list|search|find|all|verify|construct|validate|unmarshal|generateSignature)\w*(?:\(|$)/i;

/** One item for each sentence: what is said of all operations alike would only repeat itself, and repetitions do not count. */
function itemsOf(requirement: Requirement, operations: readonly Operation[], rubric: Rubric, placed: Set<Operation>): readonly string[] {
  const label = plainMarkdown(requirementLabel(rubric, requirement.id));
  const grounds = new Map<string, Operation[]>();
  for (const operation of operations) {
    for (const [id, phrase] of SKELETON_PHRASES[operation.kind]) {
      if (id !== requirement.id || !appliesTo(operation, id)) continue;
      const known = grounds.get(phrase);
      if (known) known.push(operation);
      else grounds.set(phrase, [operation]);
    }
  }
  if (grounds.size === 0) return [`- [ ] ${label}: ${plainMarkdown(requirement.question)} __\n`];
  return [...grounds].map(([phrase, alike]) => `- [ ] ${label}: ${namedAll(alike, placed)} - ${phrase}\n`);
}

/** A read needs no idempotency key, and moves no money. */
function appliesTo(operation: Operation, requirement: RequirementId): boolean {
  if (operation.kind === "payment" && requirement !== "payment-audit" && READS_PAYMENTS.test(operation.name)) return false;
  return requirement !== "idempotency" || operation.kind !== "route" || !/^(?:GET|HEAD|OPTIONS)\b/i.test(operation.name);
}

/**
 * Names operations with their places where an item speaks of them first, and by the first of them later: repeated in every item,
 * places would make up most of the plan, and what is judged of an item would end before its sentence.
 */
function namedAll(operations: readonly Operation[], placed: Set<Operation>): string {
  const fresh = operations.filter((operation) => !placed.has(operation));
  for (const operation of fresh) placed.add(operation);
  const shown = fresh.length === 0 ? operations.slice(0, 1) : fresh.slice(0, MOST_NAMED);
  const alone = shown.length === 1;
  const names = shown.map(({ name, path, line }) => {
    const own = codeSpan(excerpt(name, alone ? 120 : 60));
    return fresh.length === 0 ? own : `${own} (${codeSpan(`${excerpt(path, alone ? 200 : 100)}:${line}`)})`;
  });
  const more = operations.length - shown.length;
  return `${names.join(", ")}${more === 0 ? "" : ` and ${more} more`}${operations.length === 1 ? "" : ", each"}`;
}
