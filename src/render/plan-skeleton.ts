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

/** Operations that get an item of their own under every requirement; above it they are gathered. */
const MOST_SINGLE = 3;

/**
 * A plan to fill in, made from the diff: every call, query, route and queue that was found is a named
 * item with its place, and numbers are left blank. What the diff gives no ground for asks its question.
 * Every item has a blank `__`, so that the skeleton pasted unchanged is no plan. Where payments are touched
 * the payment rubric's sections come first.
 */
export function renderPlanSkeleton(review: Review, rubric: Rubric, paymentRubric: Rubric = paymentOperations): string {
  const rubrics = review.payments.touched ? [paymentRubric, rubric] : [rubric];
  const pieces = rubrics.flatMap((each) => sectionPieces(each, review.operations));
  return fitPieces(pieces, LIMITS.commentBytes - 1_000).trimEnd() + "\n";
}

function sectionPieces(rubric: Rubric, operations: readonly Operation[]): readonly Piece[] {
  return rubric.sections.flatMap((section): readonly Piece[] => [
    { kind: "fixed", text: `## ${plainMarkdown(section.title)}\n\n` },
    ...rubric.requirements
      .filter((requirement) => requirement.section === section.id)
      .map((requirement): Piece => ({
        kind: "rows",
        rows: itemsOf(requirement, operations, rubric),
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

function itemsOf(requirement: Requirement, operations: readonly Operation[], rubric: Rubric): readonly string[] {
  const label = requirementLabel(rubric, requirement.id);
  const known = new Set(rubric.requirements.map((each) => each.id));
  const grounds = operations.flatMap((operation) =>
    SKELETON_PHRASES[operation.kind]
      .filter(([id]) => known.has(id) && appliesTo(operation, id))
      .map(([id, phrase], index) => ({ id, phrase, first: index === 0, operation }))
      .filter((ground) => ground.id === requirement.id),
  );
  if (grounds.length === 0) return [`- [ ] ${plainMarkdown(label)}: ${plainMarkdown(requirement.question)} __\n`];
  const single = grounds.filter((ground, index) => ground.first || index < MOST_SINGLE);
  const gathered = grounds.filter((ground) => !single.includes(ground));
  const items = single.map(({ operation, phrase }) => `- [ ] ${plainMarkdown(label)}: ${named(operation)} - ${phrase}\n`);
  const [example] = gathered;
  if (!example) return items;
  return [...items, `- [ ] ${plainMarkdown(label)}: ${gathered.length} more, from ${named(example.operation)} on - ${example.phrase}\n`];
}

/** A read needs no idempotency key, and moves no money. */
function appliesTo(operation: Operation, requirement: RequirementId): boolean {
  if (operation.kind === "payment" && requirement !== "payment-audit" && READS_PAYMENTS.test(operation.name)) return false;
  return requirement !== "idempotency" || operation.kind !== "route" || !/^(?:GET|HEAD|OPTIONS)\b/i.test(operation.name);
}

function named(operation: Operation): string {
  return `${codeSpan(excerpt(operation.name, 120))} (${codeSpan(`${excerpt(operation.path, 200)}:${operation.line}`)})`;
}
