import { namePaymentVerdict } from "../judge/name-payment-verdict.ts";
import type { CheckRun, Conclusion } from "../model/check-run.ts";
import { PAYMENT_REQUIREMENTS, type RequirementId } from "../model/requirement-id.ts";
import type { Review } from "../model/review.ts";
import { paymentOperations } from "../rubrics/payment-operations/index.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { RECHECK } from "./actions.ts";
import { acceptedTitle } from "./check-title.ts";
import { type Block, prose, strong } from "./document.ts";
import { paymentEvidenceBlocks } from "./evidence-blocks.ts";
import { findingBlocks } from "./finding-blocks.ts";
import { gridBlocks } from "./grid-block.ts";
import { itemBlocks } from "./item-blocks.ts";
import { LIMITS } from "./limits.ts";
import { excerpt } from "./neutralise.ts";
import { pointBlocks } from "./points-table.ts";
import { sentence, sharedHeadBlocks, stepBlocks } from "./review-document.ts";
import { acceptanceBlocks, halfSignedBlocks, signingBlocks } from "./signing-blocks.ts";
import { writeMarkdown } from "./write-markdown.ts";

/** The second run, never required by itself: "Backend reliability" fails while it is not passed. */
export const PAYMENT_CHECK_RUN_NAME = "Payment operations";

const isPayment = (id: RequirementId) => (PAYMENT_REQUIREMENTS as readonly RequirementId[]).includes(id);

/**
 * The check run "Payment operations", or null where payments are not touched. Its annotations are empty:
 * the findings stand on their lines in the first run already.
 */
export function renderPaymentCheckRun(review: Review, rubric: Rubric = paymentOperations): CheckRun | null {
  const described = describePayments(review, rubric);
  if (!described) return null;
  return {
    name: PAYMENT_CHECK_RUN_NAME,
    conclusion: described.conclusion,
    title: described.title,
    summary: writeMarkdown(described.summary, LIMITS.checkTextBytes),
    text: writeMarkdown(described.details, LIMITS.checkTextBytes),
    annotations: [],
    actions: [RECHECK],
  };
}

/** What stands in place of an earlier "Payment operations" on this head once payments are no longer touched; none is created for it. */
export function renderPaymentsUntouched(): CheckRun {
  const why = "Payments are not touched any more: what stood here was said of an earlier description or of another pull request.";
  return {
    name: PAYMENT_CHECK_RUN_NAME,
    conclusion: "neutral",
    title: "Payments are not touched - no payment plan needed",
    summary: writeMarkdown([{ kind: "paragraph", line: [prose(why)] }], LIMITS.checkTextBytes),
    text: "",
    annotations: [],
    actions: [RECHECK],
    onlyInPlaceOfAnother: true,
  };
}

/** The payment rubric's part of a review as blocks, for every dress. */
interface PaymentDocument {
  readonly conclusion: Conclusion;
  readonly title: string;
  readonly summary: readonly Block[];
  readonly details: readonly Block[];
}

/** What the payment run says, in blocks; null where payments are not touched. */
export function describePayments(review: Review, rubric: Rubric): PaymentDocument | null {
  const { payments } = review;
  if (!payments.touched) return null;
  const outcome = outcomeOf(review);
  const findings = review.findings.filter((finding) => isPayment(finding.requirement));
  return {
    conclusion: outcome.conclusion,
    title: excerpt(outcome.title, LIMITS.checkTitle),
    summary: [
      { kind: "paragraph", line: [strong(`${outcome.word}.`), prose(` ${outcome.why}`)] },
      ...sharedHeadBlocks(review),
      ...(outcome.conclusion === "neutral" ? acceptanceBlocks(review) : []),
      ...stepBlocks(review, payments.nextSteps ?? []),
      ...(payments.grade ? pointBlocks(payments.grade) : []),
      ...gridBlocks(rubric, payments.grid ?? []),
      ...(outcome.conclusion === "failure" ? halfSignedBlocks(review) : []),
      ...signingBlocks(review),
    ],
    details: [
      ...findingBlocks(findings, review),
      ...itemBlocks(payments.items ?? [], rubric, payments.draw ?? []),
      ...paymentEvidenceBlocks(review),
    ],
  };
}

interface Outcome {
  readonly conclusion: Conclusion;
  readonly title: string;
  readonly word: string;
  readonly why: string;
}

function outcomeOf(review: Review): Outcome {
  const { grade } = review.payments;
  const score = grade ? `${grade.points}/${grade.outOf}` : "";
  switch (namePaymentVerdict(review)) {
    case "not-applicable":
      return { conclusion: "success", title: "No payment plan needed", word: "No plan needed", why: sentence(review.why) };
    case "passed":
      return {
        conclusion: "success",
        title: `${score} - passed`,
        word: "Passed",
        why: "The payment plan comes first, and it earned its grade.",
      };
    case "risk-accepted":
      return {
        conclusion: "neutral",
        title: acceptedTitle(review.acceptance),
        word: "Risk accepted",
        why: "What the payment plan lacks was signed for.",
      };
    case "observed":
      return {
        conclusion: "neutral",
        title: `Observed, nothing blocked${score ? ` - ${score}` : ""}`,
        word: "Observed",
        why: "The payment plan is not passed; observe mode blocks nothing.",
      };
    case "blocked":
      return {
        conclusion: "failure",
        title: `${score} - the payment plan comes first`,
        word: "Blocked",
        why: `Payments are touched: the payment plan needs ${grade?.passing} of ${grade?.outOf} points before general reliability counts.`,
      };
    case "undetermined":
    case null:
      return grade
        ? {
            conclusion: "action_required",
            title: `Could not tell - ${score}, a part could not be judged`,
            word: "Could not tell",
            why: "Nothing stands against the payment plan, and a part of the change could not be judged.",
          }
        : {
            conclusion: "action_required",
            title: "Could not tell - the payment plan was not judged",
            word: "Could not tell",
            why: "This pull request touches payments, and its payment plan was not judged.",
          };
  }
}
